import { Readable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { FastifyInstance } from 'fastify';
import { loadOpenApi, type OpenApi } from '#api';

interface Media {
  schema?: object;
}
interface ResponseObject {
  $ref?: string;
  content?: Record<string, Media>;
}

/** What was answered, and where an answer is not what openapi.yaml says. */
export interface ResponseLog {
  /** One line a violation; a test that ends with any has failed. */
  violations: string[];
  /** `operationId status`. */
  seen: Set<string>;
}

/**
 * Holds every answer of `app` against openapi.yaml (SC-5). Give it to the server before its routes are made:
 * `onServer: (app) => { log = validateResponses(app); }`.
 */
export function validateResponses(app: FastifyInstance, api: OpenApi = loadOpenApi()): ResponseLog {
  const log: ResponseLog = { violations: [], seen: new Set() };
  const ajv = new Ajv2020({ strict: false, allErrors: true, allowUnionTypes: true });
  formats.default(ajv);
  const compiled = new Map<object, ValidateFunction>();
  const resolve = <T extends object>(value: T): T => deref(value, api.document) as T;

  app.addHook('onSend', async (request, reply, payload) => {
    const operationId = request.routeOptions.schema?.operationId;
    if (operationId === undefined) return payload;
    const name = `${operationId} ${reply.statusCode}`;
    log.seen.add(name);
    const { path, method } = api.operations.get(operationId)!;
    const item = api.document.paths[path]![method.toLowerCase()] as { responses: Record<string, ResponseObject> };
    const stated = item.responses[reply.statusCode] ?? (reply.statusCode >= 400 ? item.responses.default : undefined);
    if (!stated) {
      log.violations.push(`${name}: the status is not described`);
      return payload;
    }
    const content = resolve(stated).content;
    if (payload === undefined || payload === null || payload === '' || request.method === 'HEAD') return payload;
    const type = String(reply.getHeader('content-type')).split(';')[0]!;
    const media = content?.[type];
    if (!media) {
      log.violations.push(`${name}: ${type} is not described`);
      return payload;
    }
    // Lines of JSON are no JSON.
    if (!/json|application\/(vc|did)$/.test(type) || type === 'application/x-ndjson') return payload;
    const schema = inline(media.schema ?? {}, api.document);
    const validate = compiled.get(media) ?? ajv.compile(schema as object);
    compiled.set(media, validate);
    const text = payload instanceof Readable ? await textOf(payload) : String(payload);
    if (!validate(JSON.parse(text))) log.violations.push(`${name}: ${ajv.errorsText(validate.errors)}`);
    return payload instanceof Readable ? text : payload;
  });
  return log;
}

function deref(value: object, document: object): object {
  const ref = (value as { $ref?: string }).$ref;
  if (ref === undefined) return value;
  let at: unknown = document;
  for (const token of ref.slice(2).split('/')) at = (at as Record<string, unknown>)[token];
  return at as object;
}

/** The schema with every local reference put in its place; the description has no recursive schema. */
export function inline(value: unknown, document: object): unknown {
  if (Array.isArray(value)) return value.map((item) => inline(item, document));
  if (typeof value !== 'object' || value === null) return value;
  const target = deref(value, document);
  if (target !== value) return inline(target, document);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, inline(member, document)]));
}
