import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadOpenApi } from '#api';
import { type OperationId, PERMISSIONS, type Role } from '#auth';
import { BODIES, requestFor } from './support/samples.ts';
import { createStub, ID, type Stub } from './support/stub.ts';

const api = loadOpenApi();
const operations = [...api.operations.values()];
/** By a key or a session; what a learner lets a platform do is apart. */
const secured = operations.filter((operation) => operation.secured && operation.scope === undefined);
const ROLES: Role[] = ['operator', 'authority', 'issuer', 'approver', 'auditor'];

/** A token of a system is for the management API and no other. */
const waysTo = ({ path }: { path: string }): ('key' | 'session' | 'system')[] =>
  path.startsWith('/v1/') ? ['key', 'session', 'system'] : ['key', 'session'];

let stub: Stub;
beforeAll(async () => {
  stub = await createStub({ rateLimits: { address: 100_000, key: 100_000, expensive: 100_000 } });
});
afterAll(() => stub.app.close());

describe('openapi.yaml', () => {
  it('describes every operation that has a permission, and no other', () => {
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(PERMISSIONS).sort());
    for (const { operationId, secured: locked } of operations) {
      expect([operationId, locked]).toEqual([operationId, PERMISSIONS[operationId as OperationId] !== 'anyone']);
    }
  });

  it('is the source of every route', async () => {
    const routes: string[] = [];
    const other = await createStub({
      onServer: (app) => {
        app.addHook('onRoute', ({ method, url }) => {
          for (const one of [method].flat())
            if (one !== 'HEAD') routes.push(`${one} ${url.replace(/:(\w+)/g, '{$1}')}`);
        });
      },
    });
    await other.app.close();
    expect(routes.sort()).toEqual(operations.map(({ method, path }) => `${method} ${path}`).sort());
  });

  it('says what each operation is: tag, summary, description, problem answers, example bodies', () => {
    for (const { path, method, operationId } of operations) {
      const raw = api.document.paths[path]![method.toLowerCase()] as Record<string, unknown>;
      const missing = ['tags', 'summary', 'description', 'responses'].filter((member) => raw[member] === undefined);
      expect([operationId, missing]).toEqual([operationId, []]);
      expect((raw.responses as Record<string, unknown>).default).toBeDefined();
    }
  });

  it('closes every request body', () => {
    const open: string[] = [];
    const walk = (value: unknown, at: string): void => {
      if (Array.isArray(value)) for (const item of value) walk(item, at);
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
      const schema = value as { $ref?: string; properties?: object; additionalProperties?: unknown };
      if (schema.$ref) {
        const name = schema.$ref.split('/').at(-1)!;
        walk(api.document.components.schemas![name], `${at} ${name}`);
        return;
      }
      if (schema.properties && schema.additionalProperties !== false && !('kind' in schema.properties)) open.push(at);
      for (const [key, member] of Object.entries(value)) walk(member, `${at}/${key}`);
    };
    for (const { path, method, operationId } of operations) {
      const raw = api.document.paths[path]![method.toLowerCase()] as { requestBody?: object };
      walk(raw.requestBody, operationId);
    }
    expect(open).toEqual([]);
  });
});

describe('AU-1: who may do what', () => {
  it.each(secured.map((operation) => [operation.operationId, operation] as const))(
    '%s',
    async (operationId, operation) => {
      const request = requestFor(operation);
      const before = stub.calls.length;
      for (const authorization of [undefined, 'Bearer nobody', 'Basic YWJjOmlzc3Vlcg==']) {
        const headers = { ...request.headers, ...(authorization ? { authorization } : {}) };
        const answer = await stub.app.inject({ ...request, headers });
        expect(answer.statusCode).toBe(401);
        expect(answer.headers['www-authenticate']).toContain('Bearer');
      }
      const permitted = PERMISSIONS[operationId as OperationId] as readonly Role[];
      for (const how of waysTo(operation)) {
        for (const role of ROLES.filter((one) => !permitted.includes(one))) {
          const headers = { ...request.headers, ...stub.as('abc', role, how) };
          const answer = await stub.app.inject({ ...request, headers });
          expect([how, role, answer.statusCode]).toEqual([how, role, 403]);
        }
      }
      // Nothing was asked of any use case.
      expect(stub.calls.slice(before)).toEqual([]);
      for (const how of waysTo(operation)) {
        for (const role of permitted) {
          const tenant = role === 'operator' ? 'system' : 'abc';
          const headers = { ...request.headers, ...stub.as(tenant, role, how) };
          const answer = await stub.app.inject({ ...request, headers });
          // A form of a page leads to the page that shows what it did.
          const good = answer.statusCode < 300 || answer.statusCode === 303;
          expect([how, role, good ? '' : answer.body]).toEqual([how, role, '']);
        }
      }
    },
  );

  it.each(['key', 'session', 'system'] as const)(
    'a %s of another institution sees and reaches nothing',
    async (how) => {
      for (const operation of secured.filter((one) => waysTo(one).includes(how))) {
        // Held registers are public documents of others, held for everybody here.
        if (operation.operationId === 'listHeldRegisters') continue;
        const roles = (PERMISSIONS[operation.operationId as OperationId] as readonly Role[]).filter(
          (r) => r !== 'operator',
        );
        for (const role of roles) {
          const before = stub.calls.length;
          const request = requestFor(operation);
          const headers = { ...request.headers, ...stub.as('xyz', role, how) };
          const answer = await stub.app.inject({ ...request, headers });
          const called = stub.calls.slice(before);
          const foreign = called.filter((call) => !JSON.stringify(call).includes('"xyz"'));
          expect([operation.operationId, foreign]).toEqual([operation.operationId, []]);
          if (/^text\//.test(String(answer.headers['content-type'])) && answer.statusCode < 300) {
            // A page or a file, in which nothing of the institution stands.
            const shown = ['Amihan', 'SPECIMEN A', ID].filter((text) => answer.body.includes(text));
            expect([operation.operationId, shown]).toEqual([operation.operationId, []]);
          } else if (called.length === 0 && answer.statusCode < 300) {
            const { items } = JSON.parse(answer.body) as { items: unknown[] };
            expect([operation.operationId, items]).toEqual([operation.operationId, []]);
          } else if (called.length === 0 && answer.statusCode === 303) {
            // Led to a list of their own, which is looked at by itself.
            expect([operation.operationId, answer.headers.location]).toEqual(['getConsole', '/console/grants']);
          } else if (called.length === 0) {
            expect([operation.operationId, answer.statusCode]).toEqual([operation.operationId, 404]);
          }
        }
      }
    },
  );

  it('is decided before the body is read', async () => {
    const answer = await stub.app.inject({
      method: 'POST',
      url: '/v1/credentials',
      headers: { 'content-type': 'application/json' },
      payload: '{"a":',
    });
    expect(answer.statusCode).toBe(401);
  });
});

describe('AU-1: what a learner lets a platform do', () => {
  it.each(operations.filter(({ scope }) => scope !== undefined).map((one) => [one.operationId, one] as const))(
    '%s',
    async (operationId, operation) => {
      expect(PERMISSIONS[operationId as OperationId]).toBe('platform');
      const request = requestFor(operation);
      const ask = (headers: Record<string, string>) =>
        stub.app.inject({ ...request, headers: { ...request.headers, ...headers } });
      const others = ROLES.flatMap((role) =>
        (['key', 'session', 'system'] as const).map((how) => stub.as('abc', role, how)),
      );
      const nobodies = ['Bearer nobody', 'Basic YWJjOmlzc3Vlcg=='].map((authorization) => ({ authorization }));
      const before = stub.calls.length;
      for (const headers of [{}, ...nobodies, ...others]) {
        const answer = await ask(headers as Record<string, string>);
        expect([answer.statusCode, minorOf(answer.body)]).toEqual([401, 'unauthorizedrequest']);
        expect(answer.headers['www-authenticate']).toContain('Bearer');
      }
      const less = await ask({ authorization: 'Bearer platform-nothing' });
      expect([less.statusCode, minorOf(less.body)]).toEqual([403, 'forbidden']);
      expect(less.headers['www-authenticate']).toContain(`insufficient_scope", scope="${operation.scope}"`);
      expect(stub.calls.slice(before)).toEqual([]);
      expect((await ask({ authorization: 'Bearer platform-all' })).statusCode).toBeLessThan(300);
    },
  );

  const minorOf = (body: string) =>
    JSON.parse(body).imsx_codeMinor.imsx_codeMinorField[0].imsx_codeMinorFieldValue as string;
});

describe('AU-3: mass assignment', () => {
  const withBody = operations.filter(({ operationId }) => BODIES[operationId]);
  it.each(withBody.map((operation) => [operation.operationId, operation] as const))(
    '%s',
    async (operationId, operation) => {
      const permission = PERMISSIONS[operationId as OperationId];
      const role = permission === 'anyone' || permission === 'platform' ? undefined : permission[0];
      const headers = role ? stub.as(role === 'operator' ? 'system' : 'abc', role) : {};
      for (const member of ['tenantId', 'tenant', 'status', 'issuer', 'actor', 'constructor']) {
        const before = stub.calls.length;
        const payload = { ...BODIES[operationId], [member]: 'abc' };
        const request = requestFor(operation);
        const all = { ...request.headers, ...headers };
        const answer = await stub.app.inject({ ...request, payload, headers: all });
        expect([member, answer.statusCode]).toEqual([member, 400]);
        expect(answer.json()).toMatchObject({
          type: 'urn:tatak:problem:invalid-request',
          errors: expect.arrayContaining([expect.objectContaining({ pointer: `/${member}` })]),
        });
        expect(stub.calls.length).toBe(before);
      }
    },
  );

  it('reaches into the body', async () => {
    const payload = { ...BODIES.issueCredentials, recipients: [{ name: 'A' }, { name: 'B', status: 'active' }] };
    const headers = stub.as('abc', 'issuer');
    const answer = await stub.app.inject({ method: 'POST', url: '/v1/credentials', payload, headers });
    expect(answer.json().pointer).toBe('/recipients/1/status');
  });

  it('takes no query parameter that is not described under /v1', async () => {
    const headers = stub.as('abc', 'issuer');
    const answer = await stub.app.inject({ url: '/v1/credentials?tenant=xyz', headers });
    expect([answer.statusCode, answer.json().pointer]).toEqual([400, '/query/tenant']);
    expect((await stub.app.inject(`/verify?fbclid=x`)).statusCode).toBe(200);
  });
});

describe('SC-5', () => {
  it('every public operation answers as described', async () => {
    for (const operation of operations.filter((one) => !one.secured)) {
      for (const accept of ['text/html', 'application/json', '*/*']) {
        const request = requestFor(operation);
        const answer = await stub.app.inject({ ...request, headers: { ...request.headers, accept } });
        expect([operation.operationId, accept, answer.statusCode < 500]).toEqual([operation.operationId, accept, true]);
      }
    }
  });

  it('no answer of this file differs from openapi.yaml, and every operation was seen to succeed', () => {
    expect([...new Set(stub.log.violations)]).toEqual([]);
    const succeeded = new Set(
      [...stub.log.seen].filter((name) => / (?:2\d\d|303)$/.test(name)).map((name) => name.split(' ')[0]),
    );
    expect(operations.map(({ operationId }) => operationId).filter((name) => !succeeded.has(name))).toEqual([]);
  });
});
