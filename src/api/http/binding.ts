import type { HTTPMethods } from 'fastify';
import { pointerTokens } from '#kernel';
import { METHODS, type OpenApiDocument, type RawOperation } from './openapi.ts';

/** What the framework holds the requests of one operation against. */
export interface Binding {
  method: HTTPMethods;
  /** As the framework writes it: `/credentials/:credentialId`. */
  url: string;
  schema: {
    operationId: string;
    params?: ParameterSchema;
    querystring?: ParameterSchema;
    headers?: ParameterSchema;
    /** By media type; bodies of a type that has none are not looked at here. */
    body?: { content: Record<string, { schema: unknown }> };
  };
}

interface ParameterSchema {
  type: 'object';
  properties: Record<string, unknown>;
  required?: string[];
}

type Body = NonNullable<RawOperation['requestBody']>;

interface Parameter {
  in: string;
  name: string;
  required?: boolean;
  schema: object;
}

const PLACES = { params: 'path', querystring: 'query', headers: 'header' } as const;

/**
 * One for each operation of the description. What a schema refers to stands in its place, once for all who refer to it; that the
 * description satisfies the schema of OpenAPI 3.1 is for tests to say, not for every start.
 * @param isOpen operations whose body is bytes, which the use case reads: any schema of it is for readers
 * @throws Error when a schema refers to what is not there or to itself, or wants more than what it refers to
 */
export function bindingsOf(document: OpenApiDocument, isOpen: (operationId: string) => boolean): Binding[] {
  const inPlace = createResolver(document);
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => Object.hasOwn(item, method)).map((method): Binding => {
      const { operationId, requestBody, parameters = [] } = item[method] as RawOperation;
      const all = [item.parameters ?? [], parameters].flatMap((some) => inPlace(some) as Parameter[]);
      const last = [...new Map(all.map((one) => [`${one.in} ${one.name}`, one])).values()];
      const schema: Binding['schema'] = { operationId };
      for (const [name, place] of Object.entries(PLACES)) {
        const these = last.filter((one) => one.in === place);
        if (these.length > 0) schema[name as keyof typeof PLACES] = schemaOf(these);
      }
      if (requestBody) schema.body = bodyOf(inPlace(requestBody) as Body, isOpen(operationId));
      return { method: method.toUpperCase() as HTTPMethods, url: path.replace(/\{(\w+)\}/g, ':$1'), schema };
    }),
  );
}

function bodyOf({ content }: Body, open: boolean): Binding['schema']['body'] {
  const types = Object.entries(content).filter(([, media]) => open || media.schema);
  return { content: Object.fromEntries(types.map(([type, { schema }]) => [type, { schema: open ? {} : schema }])) };
}

function schemaOf(parameters: readonly Parameter[]): ParameterSchema {
  const required = parameters.filter((one) => one.required).map(({ name }) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    ...(required.length > 0 ? { required } : {}),
  };
}

/** Gives what it is given with everything that is referred to in its place. */
function createResolver(document: OpenApiDocument): (value: unknown) => unknown {
  const made = new Map<object, unknown>();
  const open = new Set<object>();

  function resolve(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (made.has(value)) return made.get(value);
    if (open.has(value)) throw new Error('openapi.yaml: a schema refers to itself');
    open.add(value);
    const resolved = isReference(value) ? resolve(referred(value)) : members(value);
    open.delete(value);
    made.set(value, resolved);
    return resolved;
  }

  function referred({ $ref, ...beside }: { $ref: string }): unknown {
    const more = Object.keys(beside).find((name) => !FOR_READERS.has(name));
    if (more !== undefined) throw new Error(`openapi.yaml: ${more} beside ${$ref} would not be looked at`);
    return at(document, $ref);
  }

  const members = (value: object): unknown =>
    Array.isArray(value)
      ? value.map(resolve)
      : Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolve(member)]));

  return resolve;
}

/** Beside a reference these change nothing. */
const FOR_READERS = new Set(['description', 'summary']);

const isReference = (value: object): value is { $ref: string } => '$ref' in value && typeof value.$ref === 'string';

/** A JSON pointer (RFC 6901) as the fragment of an address, of this document alone and past no other reference. */
function at(document: OpenApiDocument, ref: string): unknown {
  const tokens = ref.startsWith('#/') ? pointerTokens(decodeURIComponent(ref.slice(1))) : undefined;
  const found = tokens?.reduce<unknown>((value, token) => (hasOwn(value, token) ? value[token] : undefined), document);
  if (found === undefined) throw new Error(`openapi.yaml: there is no ${ref}`);
  return found;
}

const hasOwn = (value: unknown, name: string): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name);
