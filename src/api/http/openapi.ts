import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readYamlOnce } from './read-once.ts';

/** The parts of openapi.yaml the server acts on. */
export interface Operation {
  operationId: string;
  method: string;
  /** As written: `/credentials/{credentialId}`. */
  path: string;
  /** Answers nobody without an API key. */
  secured: boolean;
  /** Answers a platform whose learner allowed this; no API key and no session opens it. */
  scope?: string;
  /** Media types of the request body; empty when the operation takes none. */
  consumes: readonly string[];
  bodyRequired: boolean;
}

export interface OpenApi {
  /** The file, as published. */
  text: string;
  document: OpenApiDocument;
  operations: ReadonlyMap<string, Operation>;
}

export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string; description?: string };
  tags?: { name: string; description?: string }[];
  paths: Record<string, Record<string, unknown>>;
  components: Record<string, Record<string, unknown>>;
}

/** As it is written there. */
export interface RawOperation {
  operationId: string;
  security?: Record<string, string[]>[];
  parameters?: object[];
  requestBody?: { required?: boolean; content: Record<string, { schema?: object }> };
}

export const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const FILE = join(import.meta.dirname, '..', '..', '..', 'openapi.yaml');

/** Reads the API description, which is the source of every route. @throws Error when an operationId occurs twice */
export function loadOpenApi(file: string = FILE): OpenApi {
  const text = readFileSync(file, 'utf8');
  const document = readYamlOnce(text) as OpenApiDocument;
  const operations = new Map<string, Operation>();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const raw = item[method] as RawOperation | undefined;
      if (!raw) continue;
      if (operations.has(raw.operationId)) throw new Error(`openapi.yaml: ${raw.operationId} occurs twice`);
      operations.set(raw.operationId, {
        operationId: raw.operationId,
        method: method.toUpperCase(),
        path,
        // Nothing is open by omission: an operation without `security` would be secured.
        secured: raw.security?.length !== 0,
        ...scopeOf(raw),
        consumes: Object.keys(raw.requestBody?.content ?? {}),
        bodyRequired: raw.requestBody?.required === true,
      });
    }
  }
  return { text, document, operations };
}

function scopeOf({ operationId, security = [] }: RawOperation): Pick<Operation, 'scope'> {
  const scopes = security.flatMap(({ OAuth2ACG = [] }) => OAuth2ACG);
  if (scopes.length > 1) throw new Error(`openapi.yaml: ${operationId} has several scopes`);
  return scopes[0] === undefined ? {} : { scope: scopes[0] };
}

/** Methods that the address answers, whatever its parameters; empty for an address that is nobody's. */
export function methodsAt(operations: Iterable<Operation>, pathname: string): Operation[] {
  return [...operations].filter(({ path }) => {
    const [want, have] = [path.split('/'), pathname.split('/')];
    return want.length === have.length && want.every((part, at) => part === have[at] || isParameter(part, have[at]!));
  });
}

function isParameter(part: string, value: string): boolean {
  return part.startsWith('{') && value !== '';
}
