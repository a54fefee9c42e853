import fastify, { type RouteOptions } from 'fastify';
import glue from 'fastify-openapi-glue';
import { describe, expect, it } from 'vitest';
import { bindingsOf } from '../../src/api/http/binding.ts';
import { loadOpenApi, type OpenApiDocument } from '../../src/api/http/openapi.ts';

const { document } = loadOpenApi();

/** What a known library makes of the same description. */
async function byLibrary(specification: OpenApiDocument) {
  const app = fastify({ exposeHeadRoutes: false });
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => () => '');
  const routes: Pick<RouteOptions, 'method' | 'url' | 'schema'>[] = [];
  app.addHook('onRoute', ({ method, url, schema }) => {
    const { operationId, params, querystring, headers, body } = schema as Record<string, unknown>;
    routes.push({
      method,
      url,
      schema: JSON.parse(JSON.stringify({ operationId, params, querystring, headers, body })),
    });
  });
  await app.register(glue, { specification, operationResolver: () => () => undefined });
  await app.close();
  return routes;
}

/** Without what it tells readers of its parameters. */
function forChecks<T extends { schema?: unknown }>(one: T): T {
  const copy = JSON.parse(JSON.stringify(one)) as T;
  const { params, querystring, headers } = copy.schema as ReturnType<typeof bindingsOf>[number]['schema'];
  for (const place of [params, querystring, headers]) {
    for (const schema of Object.values(place?.properties ?? {}))
      Reflect.deleteProperty(schema as object, 'description');
  }
  return copy;
}

const described = (paths: object, components: object = {}) =>
  ({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths, components }) as OpenApiDocument;

/** Answers are not bound. */
const requestsOf = (whole: OpenApiDocument): OpenApiDocument => {
  const copy = structuredClone(whole);
  for (const item of Object.values(copy.paths)) {
    for (const operation of Object.values(item)) {
      if (typeof operation === 'object' && operation !== null && 'responses' in operation) {
        operation.responses = { default: { description: 'As described.' } };
      }
    }
  }
  return copy;
};

describe('what requests are held against', () => {
  it('is for every operation what a known library makes of openapi.yaml', async () => {
    const ours = bindingsOf(document, () => false);
    const theirs = await byLibrary(requestsOf(document));
    expect(ours.length).toBeGreaterThan(100);
    const byId = (all: { schema?: unknown }[]) =>
      Object.fromEntries(all.map((one) => [(one.schema as { operationId: string }).operationId, forChecks(one)]));
    expect(byId(ours)).toEqual(byId(theirs));
    expect(theirs).toHaveLength(ours.length);
  });

  it('is shared where the description refers to it, and the description is left as it was', () => {
    const Name = { type: 'object', properties: { of: { $ref: '#/components/schemas/of~1whom' } } };
    const body = { content: { 'application/json': { schema: { $ref: '#/components/schemas/Name' } } } };
    const post = { operationId: 'one', requestBody: body, responses: {} };
    const api = described(
      { '/a/{id}': { post, put: { ...post, operationId: 'two' } } },
      { schemas: { Name, 'of/whom': { type: 'string' } } },
    );
    const before = structuredClone(api);
    const [one, two] = bindingsOf(api, () => false);
    expect(one).toEqual({
      method: 'POST',
      url: '/a/:id',
      schema: {
        operationId: 'one',
        body: {
          content: { 'application/json': { schema: { type: 'object', properties: { of: { type: 'string' } } } } },
        },
      },
    });
    const schema = (binding: typeof one) => binding!.schema.body!.content['application/json']!.schema;
    expect(schema(two)).toBe(schema(one));
    expect(api).toEqual(before);
  });

  it('has no part that is also a part of the description: what is set on one changes neither', () => {
    const parts = new Set<unknown>();
    const walk = (value: unknown, seen: Set<unknown>) => {
      if (typeof value !== 'object' || value === null || seen.has(value)) return seen;
      seen.add(value);
      for (const member of Object.values(value)) walk(member, seen);
      return seen;
    };
    walk(document, parts);
    const bound = walk(
      bindingsOf(document, () => false),
      new Set(),
    );
    expect(bound.size).toBeGreaterThan(1_000);
    expect([...bound].filter((part) => parts.has(part))).toEqual([]);
  });

  it('finds what is referred to by any pointer', () => {
    const schemas = { 'a~b/c d': { oneOf: [{ type: 'string' }, { type: 'integer' }] } };
    const schema = { $ref: '#/components/schemas/a~0b~1c%20d/oneOf/1', description: 'A number.' };
    const body = { content: { 'application/json': { schema } } };
    const api = described({ '/a': { post: { operationId: 'a', requestBody: body, responses: {} } } }, { schemas });
    expect(bindingsOf(api, () => false)[0]!.schema.body!.content['application/json']!.schema).toEqual({
      type: 'integer',
    });
  });

  it('has the parameters of the path beside those of the operation, which win', () => {
    const of = (name: string, place: string, type: string, required = false) => ({
      ...{ name, in: place, required },
      schema: { type },
    });
    const api = described({
      '/a/{id}': {
        parameters: [of('id', 'path', 'string', true), of('page', 'query', 'string', true)],
        get: {
          operationId: 'get',
          parameters: [of('page', 'query', 'integer', true), of('id', 'query', 'string')],
          responses: {},
        },
      },
    });
    expect(bindingsOf(api, () => false)[0]!.schema).toEqual({
      operationId: 'get',
      params: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
      querystring: {
        type: 'object',
        properties: { page: { type: 'integer' }, id: { type: 'string' } },
        required: ['page'],
      },
    });
  });

  it('is nothing for a body of bytes', () => {
    const body = { content: { 'text/csv': { schema: { type: 'string' } }, 'application/json': {} } };
    const api = described({ '/a': { post: { operationId: 'bytes', requestBody: body, responses: {} } } });
    expect(bindingsOf(api, (id) => id === 'bytes')[0]!.schema.body).toEqual({
      content: { 'text/csv': { schema: {} }, 'application/json': { schema: {} } },
    });
    expect(bindingsOf(api, () => false)[0]!.schema.body).toEqual({
      content: { 'text/csv': { schema: { type: 'string' } } },
    });
  });

  it.each([
    ['to what is not there', '#/components/schemas/Other', 'there is no #/components/schemas/Other'],
    ['to another file', 'other.yaml#/components/schemas/Self', 'there is no other.yaml#/components/schemas/Self'],
    ['to a member of every object', '#/components/constructor', 'there is no #/components/constructor'],
    ['to itself', '#/components/schemas/Self', 'refers to itself'],
  ])('is refused where a schema refers %s', (_, $ref, said) => {
    const Self = { type: 'object', properties: { again: { $ref: '#/components/schemas/Self' } } };
    const body = { content: { 'application/json': { schema: { $ref } } } };
    const api = described(
      { '/a': { post: { operationId: 'a', requestBody: body, responses: {} } } },
      { schemas: { Self } },
    );
    expect(() => bindingsOf(api, () => false)).toThrow(said);
  });

  it('is refused where a schema would be held against less than it says', () => {
    const schema = { $ref: '#/components/schemas/Name', maxLength: 3 };
    const body = { content: { 'application/json': { schema } } };
    const api = described(
      { '/a': { post: { operationId: 'a', requestBody: body, responses: {} } } },
      { schemas: { Name: { type: 'string' } } },
    );
    expect(() => bindingsOf(api, () => false)).toThrow('maxLength beside #/components/schemas/Name');
  });
});
