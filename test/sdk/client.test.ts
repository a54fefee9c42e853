import { describe, expect, it } from 'vitest';
import { loadOpenApi } from '#api';
import { operationsOf } from '../../src/sdk/build/operations.ts';
import { createClientOf } from '../../src/sdk/client/client.ts';
import { TatakProblem } from '../../src/sdk/problem.ts';

const api = loadOpenApi().document as unknown as Parameters<typeof operationsOf>[0];
const operations = operationsOf(api);

interface Sent {
  url: string;
  method: string;
  headers: Headers;
  body: unknown;
}

/** A client whose service answers this, one after the other, and what it was sent. */
function clientOf(...answers: (Response | Error)[]) {
  const sent: Sent[] = [];
  const waits: number[] = [];
  const client = createClientOf(operations, {
    baseUrl: 'https://badges.example/tatak/',
    token: async () => 'tatak_specimen',
    fetch: async (url, init = {}) => {
      sent.push({ url: String(url), method: init.method!, headers: new Headers(init.headers), body: init.body });
      const answer = answers.shift();
      if (!answer) throw new Error('nothing more was to be asked');
      if (answer instanceof Error) throw answer;
      return answer;
    },
    wait: async (ms) => void waits.push(ms),
  });
  return { client, sent, waits };
}

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  });
const problem = (status: number, headers: Record<string, string> = {}) =>
  new Response(
    JSON.stringify({
      type: 'urn:tatak:problem:rate-limited',
      title: 'Too many',
      status,
      detail: 'later',
      pointer: '/a',
      errors: [{ pointer: '/a', detail: 'b' }],
    }),
    {
      status,
      headers: { 'content-type': 'application/problem+json', ...headers },
    },
  );
const ID = '0123456789abcdefghjkmnpqrs';

describe('the table of the client', () => {
  it('has every operation of openapi.yaml but those that answer with pages', () => {
    const all = Object.values(api.paths).flatMap((item) => Object.values(item)) as {
      operationId?: string;
      responses?: Record<string, { content?: object }>;
    }[];
    const left = all.filter(({ operationId }) => operationId !== undefined && !(operationId in operations));
    for (const { operationId, responses = {} } of left) {
      const good = Object.entries(responses).filter(([status]) => status.startsWith('2'));
      const types = good.flatMap(([, { content = {} }]) => Object.keys(content));
      expect([operationId, types.filter((type) => !/^text\/(?:html|css)$|javascript|svg/.test(type))]).toEqual([
        operationId,
        [],
      ]);
    }
    expect(Object.keys(operations).length).toBeGreaterThan(150);
    for (const id of ['issueCredentials', 'createVerification', 'getRegisterSnapshot', 'listCredentials'])
      expect(operations).toHaveProperty(id);
  });

  it('says what a call needs', () => {
    expect(operations.issueCredentials).toMatchObject({
      method: 'POST',
      path: '/v1/credentials',
      idempotent: true,
      required: ['body'],
    });
    expect(operations.listCredentials).toMatchObject({
      method: 'GET',
      paged: true,
      parameters: { state: 'query', cursor: 'query' },
    });
    expect(operations.getStatusList!.accept[0]).toMatch(/^application\/(?:vc|json)$/);
  });
});

describe('a call', () => {
  it('puts path, query, body and key where they belong', async () => {
    const { client, sent } = clientOf(json({ items: [] }), json({ id: ID }), new Response(null, { status: 204 }));
    await client.listCredentials!({ state: 'revoked', limit: 5 });
    await client.changeCredentialStatus!({ credentialId: ID, body: { action: 'revoke', reason: 'SPECIMEN' } });
    const [first, second] = sent;
    expect(first).toMatchObject({
      method: 'GET',
      url: 'https://badges.example/tatak/v1/credentials?state=revoked&limit=5',
    });
    expect(first!.headers.get('authorization')).toBe('Bearer tatak_specimen');
    expect(first!.headers.has('idempotency-key')).toBe(false);
    expect(second).toMatchObject({ method: 'POST', body: '{"action":"revoke","reason":"SPECIMEN"}' });
    expect(second!.headers.get('content-type')).toBe('application/json');
  });

  it('is refused before anything is sent, where it makes no request', async () => {
    const { client, sent } = clientOf();
    await expect(client.getAchievement!({ achievementId: '..' })).rejects.toThrow(TypeError);
    await expect(client.getAchievement!({})).rejects.toThrow('missing: ');
    await expect(client.listCredentials!({ stat: 'revoked' })).rejects.toThrow('no such parameter: stat');
    await expect(client.issueCredentials!({})).rejects.toThrow('missing: body');
    await expect(client.listCredentials!({ body: {} })).rejects.toThrow('takes no body');
    for (const baseUrl of [
      'badges.example',
      'ftp://badges.example',
      'https://a:b@badges.example',
      'https://badges.example?x',
    ]) {
      expect(() => createClientOf(operations, { baseUrl })).toThrow(TypeError);
    }
    expect(sent).toEqual([]);
  });

  it('cannot leave its path', async () => {
    const { client, sent } = clientOf(json({}));
    await client.getAchievement!({ achievementId: '../v1/api-keys?x#y' });
    expect(new URL(sent[0]!.url).pathname).toBe('/tatak/achievements/..%2Fv1%2Fapi-keys%3Fx%23y');
  });
});

describe('an answer', () => {
  it('that is an error is a TatakProblem, whatever its shape', async () => {
    const { client } = clientOf(
      problem(400),
      json({ error: 'invalid_request', error_description: 'no such grant' }, 400),
      new Response('<h1>Bad gateway', { status: 502, headers: { 'content-type': 'text/html' } }),
      new Response('{', { status: 500, headers: { 'content-type': 'application/problem+json' } }),
    );
    const failed = () => client.listCredentials!().catch((error: unknown) => error as TatakProblem);
    const first = await failed();
    expect(first).toBeInstanceOf(TatakProblem);
    expect(first).toMatchObject({
      type: 'urn:tatak:problem:rate-limited',
      status: 400,
      detail: 'later',
      pointer: '/a',
      errors: [{ pointer: '/a', detail: 'b' }],
    });
    expect(await failed()).toMatchObject({
      type: 'about:blank',
      detail: 'no such grant',
      document: { error: 'invalid_request' },
    });
    expect(await failed()).toMatchObject({ type: 'about:blank', status: 502, document: '<h1>Bad gateway' });
    expect(await failed()).toMatchObject({ status: 500, document: '{' });
  });

  it('is JSON, text, bytes or nothing, by its media type', async () => {
    const typed = (type: string, body: string) => new Response(body, { headers: { 'content-type': type } });
    const { client } = clientOf(
      typed('application/vc', '{"a":1}'),
      typed('text/csv', 'a,b'),
      typed('image/png', 'PNG'),
      new Response(null, { status: 204 }),
    );
    const get = () => client.getAchievement!({ achievementId: ID });
    expect(await get()).toEqual({ a: 1 });
    expect(await get()).toBe('a,b');
    expect(await get()).toEqual(new TextEncoder().encode('PNG'));
    expect(await get()).toBeUndefined();
  });

  it('in pages is every item, as far as somebody goes on asking', async () => {
    const { client, sent } = clientOf(
      json({ items: [1, 2], next: 'c1' }),
      json({ items: [], next: 'c2' }),
      json({ items: [3] }),
    );
    const items: unknown[] = [];
    for await (const item of client.listCredentials!.all!({ state: 'active' })) items.push(item);
    expect(items).toEqual([1, 2, 3]);
    expect(sent.map(({ url }) => new URL(url).search)).toEqual([
      '?state=active',
      '?state=active&cursor=c1',
      '?state=active&cursor=c2',
    ]);
    const one = clientOf(json({ items: [1], next: 'c1' }));
    for await (const item of one.client.listCredentials!.all!()) {
      expect(item).toBe(1);
      break;
    }
    expect(one.sent).toHaveLength(1);
  });
});

describe('asking again', () => {
  it('waits as long as the service says, with the same key', async () => {
    const { client, sent, waits } = clientOf(
      problem(429, { 'retry-after': '7' }),
      problem(503),
      new TypeError('broken'),
      json({ credentials: [] }, 201),
    );
    await client.issueCredentials!({ body: {} });
    expect(waits).toEqual([7_000, 2_000, 2_000]);
    const keys = new Set(sent.map(({ headers }) => headers.get('idempotency-key')));
    expect([sent.length, keys.size]).toEqual([4, 1]);
    expect([...keys][0]).toMatch(/^[0-9a-f-]{36}$/);
    const own = clientOf(json({ credentials: [] }, 201));
    await own.client.issueCredentials!({ body: {}, 'Idempotency-Key': 'mine' });
    expect(own.sent[0]!.headers.get('idempotency-key')).toBe('mine');
  });

  it('ends: after four attempts, and at once where the wait is longer than wanted', async () => {
    const four = clientOf(problem(429), problem(429), problem(429), problem(429));
    await expect(four.client.listCredentials!()).rejects.toMatchObject({ status: 429 });
    expect(four.waits).toEqual([1_000, 2_000, 4_000]);
    const dated = { date: 'Tue, 24 Nov 2026 01:00:00 GMT', 'retry-after': 'Tue, 24 Nov 2026 01:00:09 GMT' };
    const soon = clientOf(problem(429, dated), json({ items: [] }));
    await soon.client.listCredentials!();
    expect(soon.waits).toEqual([9_000]);
    const long = clientOf(problem(503, { 'retry-after': new Date(Date.now() + 3_600_000).toUTCString() }));
    await expect(long.client.listCredentials!()).rejects.toMatchObject({ status: 503, retryAfter: expect.any(Number) });
    expect(long.waits).toEqual([]);
  });

  it('does nothing twice that is not made for it', async () => {
    const unkeyed = Object.entries(operations).find(
      ([, { method, idempotent, body }]) => method === 'POST' && !idempotent && body?.[0] === 'application/json',
    )![0];
    const args = Object.fromEntries(operations[unkeyed]!.required.map((name) => [name, name === 'body' ? {} : ID]));
    for (const answer of [problem(503), new TypeError('broken'), problem(400)]) {
      const { client, sent } = clientOf(answer);
      await expect(client[unkeyed]!(args)).rejects.toThrow();
      expect(sent).toHaveLength(1);
    }
    const limited = clientOf(problem(429), json({}, 201));
    await limited.client[unkeyed]!(args);
    expect(limited.sent).toHaveLength(2);
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const client = createClientOf(operations, {
      baseUrl: 'https://badges.example',
      fetch: async () => {
        setTimeout(() => stop.abort(new Error('enough')), 1);
        return problem(429, { 'retry-after': '20' });
      },
    });
    await expect(client.listCredentials!({ signal: stop.signal })).rejects.toThrow('enough');
  });
});
