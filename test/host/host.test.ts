import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { createStub } from '../api/support/stub.ts';
import type { Browser } from '../oauth/support/browser.ts';
import { openService, type TestService } from '../support/service.ts';
import { foreignDocument, foreignIssuer, foreignToken } from './support/badges.ts';
import { readOfficial } from './support/official.ts';
import { ALL_SCOPES, agreed, call, connect, register, SCOPES } from './support/platform.ts';

const EMAIL = 'host@students.example';
const OTHER = 'other@students.example';
const CREDENTIALS = '/credentials';
const official = readOfficial();
const issuer = foreignIssuer();

let service: TestService;
let key: string;
let achievementId: string;
/** A browser of each learner, who has shown an address. */
let who: Browser;
let stranger: Browser;
let token: string;

/** Issues one badge to each. @returns ids */
async function issue(...emails: string[]): Promise<string[]> {
  const recipients = emails.map((email) => ({ name: 'Specimen Learner', email }));
  const body = { achievementId, recipients };
  const made = await service.call<{ credentials: { url: string }[] }>('POST', '/v1/credentials', { key, body });
  if (made.status !== 201) throw new Error(made.text);
  return made.body.credentials.map(({ url }) => url.split('/').at(-1)!);
}

beforeAll(async () => {
  service = await openService();
  ({ issuer: key } = await service.institution('specimen-college'));
  const achievement = { name: 'SPECIMEN Welding', description: 'Welds.', criteria: { narrative: 'Passes.' } };
  const body = { achievement, extension: false };
  const made = await service.call<{ achievementId: string }>('POST', '/v1/achievements', { key, body });
  ({ achievementId } = made.body);
  await issue(EMAIL, EMAIL, EMAIL, OTHER);
  const client = (await register(service)).body;
  [{ who }, { who: stranger }] = await Promise.all(
    [EMAIL, OTHER].map((email) => agreed(service, client, email)) as [
      ReturnType<typeof agreed>,
      ReturnType<typeof agreed>,
    ],
  );
  token = (await connect(service, EMAIL, { who })).access;
});
afterAll(() => service.close());

const get = (path: string, bearer: string | undefined = token) => call(service, bearer, 'GET', path);
const post = (body: string, type = 'application/json', bearer = token) =>
  call(service, bearer, 'POST', CREDENTIALS, { body, type });
const faults = (method: string, path: string, answer: Awaited<ReturnType<typeof call>>) =>
  official?.faults({ method, path, ...answer }) ?? [];
const linksOf = ({ headers }: Awaited<ReturnType<typeof call>>) =>
  Object.fromEntries(
    [...String(headers.link).matchAll(/<([^>]+)>; rel="(\w+)"/g)].map(([, url, rel]) => [rel!, new URL(url!)]),
  );

describe('getServiceDescription', () => {
  it('is for everybody, may be kept for a while, and says what the standard requires', async () => {
    const { status, headers, json } = await get('/discovery', undefined);
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([
      ...[200, 'application/json', 'public, max-age=300'],
    ]);
    const { publicUrl } = service;
    expect(json()).toMatchObject({
      openapi: '3.0.1',
      info: {
        ...{ title: 'Tatak', termsOfService: `${publicUrl}/privacy` },
        'x-imssf-privacyPolicyUrl': `${publicUrl}/privacy`,
      },
      servers: [{ url: `${publicUrl}/ims/ob/v3p0` }],
      components: {
        securitySchemes: {
          OAuth2ACG: {
            ...{ type: 'oauth2', 'x-imssf-registrationUrl': `${publicUrl}/oauth/platforms/register` },
            flows: {
              authorizationCode: {
                ...{ authorizationUrl: `${publicUrl}/oauth/authorize`, tokenUrl: `${publicUrl}/oauth/token` },
                ...{ refreshUrl: `${publicUrl}/oauth/token`, scopes: expect.any(Object) },
              },
            },
          },
        },
      },
    });
    const scheme = json().components.securitySchemes;
    expect(Object.keys(scheme)).toEqual(['OAuth2ACG']);
    expect(Object.keys(scheme.OAuth2ACG.flows.authorizationCode.scopes)).toEqual(Object.values(SCOPES));
    // Nothing that it refers to is missing.
    const text = JSON.stringify(json());
    for (const [, pointer] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const found = pointer!.split('/').reduce((at, name) => at?.[name], json());
      expect([pointer, typeof found]).toEqual([pointer, 'object']);
    }
    const again = await call(service, undefined, 'GET', '/discovery', {
      headers: { 'if-none-match': String(headers.etag) },
    });
    expect(again.status).toBe(304);
  });
});

describe('getCredentials', () => {
  it('gives the badges of the learner as they were released, and nobody else’s', async () => {
    const answer = await get(CREDENTIALS);
    expect([answer.status, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([
      ...[200, 'application/json', 'no-store'],
    ]);
    expect(Object.keys(answer.json()).sort()).toEqual(['compactJwsString', 'credential']);
    expect(answer.headers['x-total-count']).toBe('3');
    expect(faults('GET', CREDENTIALS, answer)).toEqual([]);
    for (const { id } of answer.json().credential) {
      const released = await service.server.inject(`${new URL(id).pathname}.json`);
      // Byte for byte: nothing of it was written again.
      expect(answer.text).toContain(released.body);
    }
    const theirs = await get(CREDENTIALS, (await connect(service, OTHER, { who: stranger })).access);
    expect(theirs.headers['x-total-count']).toBe('1');
    const ids = answer.json().credential.map(({ id }: { id: string }) => id);
    expect(ids).not.toContain(theirs.json().credential[0].id);
  });

  it('gives one that its learner hides, and none that was erased', async () => {
    const email = 'erasing@students.example';
    const [id] = await issue(email);
    const client = (await register(service)).body;
    const { who: mine } = await agreed(service, client, email);
    const { access, client: platform } = await connect(service, email, { who: mine });
    await mine.submit(await mine.get('/my'), 'choose', { badge: id!, page: 'hidden' });
    expect((await get(CREDENTIALS, access)).headers['x-total-count']).toBe('1');
    await call(service, access, 'PUT', '/profile', {
      body: JSON.stringify({ ...(await get('/profile', access)).json(), name: 'SPECIMEN Learner' }),
    });
    const session = () => mine.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const held = await service.server.inject({ url: '/holder/export', headers: { cookie: session() } });
    const kinds = held.json().items.map(({ kind }: { kind: string }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['connection', 'holderProfile', 'credential']));
    expect(held.body).toContain(platform.client_id);
    const planned = await mine.submit(await mine.get('/my'), 'eraseAsk');
    const [, confirmation] = /name="confirmation" value="([0-9a-f]+)"/.exec(planned.text)!;
    await mine.submit(planned, 'erase', { confirmation: confirmation! });
    // The platform is shut out with it.
    expect((await get(CREDENTIALS, access)).status).toBe(401);
    const { access: next } = await connect(service, email);
    expect((await get(CREDENTIALS, next)).headers['x-total-count']).toBe('0');
    expect((await get('/profile', next)).json()).not.toHaveProperty('name');
  });

  it('gives no platform the badge of a learner under age: not the learner’s, and not their guardian’s', async () => {
    const guarded = { name: 'Specimen Learner', email: OTHER, guardianEmail: EMAIL, guardianUntil: '2030-01-01' };
    const body = { achievementId, recipients: [guarded] };
    const made = await service.call<{ credentials: { url: string }[] }>('POST', '/v1/credentials', { key, body });
    expect(made.status).toBe(201);
    const { url } = made.body.credentials[0]!;
    for (const [email, browser] of [
      [EMAIL, who],
      [OTHER, stranger],
    ] as const) {
      expect((await browser.get('/my')).text).toContain(url.split('/').at(-1));
      expect((await get(CREDENTIALS, (await connect(service, email, { who: browser })).access)).text).not.toContain(
        url,
      );
    }
  });

  it('pages with first and last always, next while there is more, prev after the first', async () => {
    const whole = (await get(CREDENTIALS)).json().credential.map(({ id }: { id: string }) => id);
    const first = await get(`${CREDENTIALS}?limit=2`);
    expect(Object.keys(linksOf(first)).sort()).toEqual(['first', 'last', 'next']);
    const { next, last } = linksOf(first);
    expect(next!.href.startsWith(`${service.publicUrl}/ims/ob/v3p0/credentials?`)).toBe(true);
    expect(next!.search).toBe(last!.search);
    const second = await get(`${CREDENTIALS}${next!.search}`);
    expect(Object.keys(linksOf(second)).sort()).toEqual(['first', 'last', 'prev']);
    expect(linksOf(second).prev!.searchParams.get('offset')).toBe('0');
    const pages = [first, second].flatMap((page) => page.json().credential.map(({ id }: { id: string }) => id));
    expect(pages).toEqual(whole);
    const beyond = await get(`${CREDENTIALS}?limit=2&offset=100`);
    expect([beyond.status, beyond.json().credential, beyond.headers['x-total-count']]).toEqual([200, [], '3']);
    expect(Object.keys(linksOf(beyond)).sort()).toEqual(['first', 'last', 'prev']);
    const all = await get(`${CREDENTIALS}?limit=2147483647`);
    expect(Object.keys(linksOf(all)).sort()).toEqual(['first', 'last']);
  });

  it('leaves out what was issued before', async () => {
    const count = async (since: string) =>
      (await get(`${CREDENTIALS}?since=${encodeURIComponent(since)}`)).headers['x-total-count'];
    expect(await count('2020-01-01T00:00:00Z')).toBe('3');
    expect(await count('2020-01-01T08:00:00+08:00')).toBe('3');
    expect(await count('2020-01-01T00:00:00')).toBe('3');
    expect(await count('2199-01-01T00:00:00Z')).toBe('0');
    const { next } = linksOf(await get(`${CREDENTIALS}?limit=1&since=2020-01-01T00:00:00Z`));
    expect(next!.searchParams.get('since')).toBe('2020-01-01T00:00:00.000Z');
  });

  it.each([
    'limit=0',
    'limit=-1',
    'limit=x',
    'limit=',
    'limit=1.5',
    'limit=2147483648',
    'limit=1&limit=2',
    'offset=-1',
  ])('refuses %s', async (query) => {
    const answer = await get(`${CREDENTIALS}?${query}`);
    expect([answer.status, answer.minor()]).toEqual([400, 'invalid_query_parameter']);
    expect(faults('GET', CREDENTIALS, answer)).toEqual([]);
  });
  it.each(['yesterday', '2026-13-01T00:00:00Z', '2026-01-01', ''])('refuses since=%s', async (since) => {
    const answer = await get(`${CREDENTIALS}?since=${since}`);
    expect([answer.status, answer.minor()]).toEqual([400, 'invalid_query_parameter']);
  });
});

describe('upsertCredential', () => {
  it.each(['application/json', 'application/vc+ld+json'])('keeps and sends back the bytes of %s', async (type) => {
    const { access } = await connect(service, EMAIL, { who });
    const text = `${JSON.stringify(await foreignDocument(issuer), null, 3).replace(/"/, '\r\n"')}\n`;
    for (const status of [201, 200]) {
      const answer = await post(text, type, access);
      expect([answer.status, answer.headers['content-type'], answer.text]).toEqual([status, type, text]);
      expect(faults('POST', CREDENTIALS, answer)).toEqual([]);
    }
    const read = await get(CREDENTIALS, access);
    expect(read.text).toContain(text.trim());
    expect(read.json().credential).toContainEqual(JSON.parse(text));
  });

  it('keeps and sends back a compact token', async () => {
    const text = await foreignToken(issuer);
    for (const status of [201, 200]) {
      const answer = await post(text, 'text/plain; charset=utf-8');
      expect([answer.status, answer.text]).toEqual([status, text]);
      expect(answer.headers['content-type']).toMatch(/^text\/plain/);
      expect(faults('POST', CREDENTIALS, answer)).toEqual([]);
    }
    expect((await get(CREDENTIALS)).json().compactJwsString).toContain(text);
  });

  it('takes two for one when issuer and id are equal after decoding and trimming: the later is current', async () => {
    const id = 'https://school.example/credentials/caf%C3%A9';
    const at = async (validFrom: string, as = id) =>
      JSON.stringify(await foreignDocument(issuer, { id: as, validFrom, name: `SPECIMEN of ${validFrom}` }));
    const [first, later, earlier] = await Promise.all([
      at('2026-06-16T00:00:00Z'),
      at('2026-06-17T00:00:00Z', 'https://school.example/credentials/caf%c3%a9'),
      at('2026-06-15T12:00:00Z'),
    ]);
    expect((await post(first)).status).toBe(201);
    const count = (await get(CREDENTIALS)).headers['x-total-count'];
    expect([(await post(later)).status, (await post(earlier)).status]).toEqual([200, 304]);
    const read = await get(CREDENTIALS);
    expect(read.headers['x-total-count']).toBe(count);
    expect([first, later, earlier].map((text) => read.text.includes(text))).toEqual([false, true, false]);
  });

  it('knows a badge of this service that comes back', async () => {
    const { headers, json } = await get(CREDENTIALS);
    const mine = json().credential.find(({ id }: { id: string }) => id.startsWith(service.publicUrl));
    const own = await service.server.inject(`${new URL(mine.id).pathname}.json`);
    const answer = await post(own.body);
    expect([answer.status, answer.text]).toEqual([200, own.body]);
    expect((await get(CREDENTIALS)).headers['x-total-count']).toBe(headers['x-total-count']);
  });

  it('is for this learner only', async () => {
    const text = JSON.stringify(await foreignDocument(issuer));
    const { access } = await connect(service, OTHER, { who: stranger });
    expect((await post(text, 'application/json', access)).status).toBe(201);
    expect((await get(CREDENTIALS)).text).not.toContain(text);
  });

  it('refuses what is no badge, or does not hold, and keeps nothing of it', async () => {
    const good = await foreignDocument(issuer);
    const token = await foreignToken(issuer);
    const before = (await get(CREDENTIALS)).headers['x-total-count'];
    const { proof: _, ...unsigned } = good;
    const expired = await foreignDocument(issuer, { validUntil: '2026-06-15T02:00:00Z' });
    const REFUSED: [string, string, number, string][] = [
      [JSON.stringify({ ...good, name: 'Another name' }), 'application/json', 400, 'invalid_data'],
      [JSON.stringify(unsigned), 'application/json', 400, 'invalid_data'],
      [JSON.stringify(expired), 'application/json', 400, 'invalid_data'],
      [JSON.stringify({ ...good, type: ['VerifiableCredential'] }), 'application/json', 400, 'invalid_data'],
      ['{"type":', 'application/json', 400, 'invalid_data'],
      ['{"type":["OpenBadgeCredential"],"type":1}', 'application/json', 400, 'invalid_data'],
      ['[]', 'application/json', 400, 'invalid_data'],
      [JSON.stringify(good), 'text/plain', 400, 'invalid_data'],
      [token, 'application/json', 400, 'invalid_data'],
      [`${token}\n`, 'text/plain', 400, 'invalid_data'],
      [`${token.slice(0, -9)}AAAAAAAAA`, 'text/plain', 400, 'invalid_data'],
      [token, 'application/jwt', 415, 'invalid_data'],
      [JSON.stringify(good), 'application/xml', 415, 'invalid_data'],
      [`{"x":"${'x'.repeat(600_000)}"}`, 'application/json', 413, 'invalid_data'],
      ['', 'application/json', 400, 'invalid_data'],
    ];
    for (const [body, type, status, minor] of REFUSED) {
      const answer = await post(body, type);
      expect([body.slice(0, 40), type, answer.status, answer.minor()]).toEqual([
        body.slice(0, 40),
        type,
        status,
        minor,
      ]);
      expect(faults('POST', CREDENTIALS, answer)).toEqual([]);
    }
    expect((await get(CREDENTIALS)).headers['x-total-count']).toBe(before);
  });

  it('is one badge for twenty at once, and stands in the log', async () => {
    const text = JSON.stringify(await foreignDocument(issuer));
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(text)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array(19).fill(200), 201]);
    expect((await get(CREDENTIALS)).text.split(text)).toHaveLength(2);
    const { body } = await service.call<{ items: { operation: string; actor: string }[] }>(
      'GET',
      '/v1/audit?limit=200',
      {
        key: service.operatorKey,
      },
    );
    const taken = body.items.filter(({ operation }) => operation === 'import.take');
    expect(taken.at(-1)!.actor).toMatch(/^connection:[0-9a-z]{26}$/);
  });
});

describe('getProfile and putProfile', () => {
  it('begin with what was proven, and are replaced as a whole', async () => {
    const first = await get('/profile');
    expect([first.status, first.json()]).toEqual([
      200,
      { id: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/), type: ['Profile'], email: EMAIL },
    ]);
    const { id } = first.json();
    const whole = { id, type: ['Profile'], name: 'SPECIMEN Learner', url: 'https://learner.example/', email: EMAIL };
    for (const body of [whole, { id, type: ['Profile'], givenName: 'Niño' }, first.json()]) {
      const put = await call(service, token, 'PUT', '/profile', { body: JSON.stringify(body) });
      expect([put.status, put.json()]).toEqual([200, body]);
      const read = await get('/profile');
      expect(read.json()).toEqual(body);
      expect([...faults('PUT', '/profile', put), ...faults('GET', '/profile', read)]).toEqual([]);
    }
    // The same for every platform, another for every learner.
    expect((await get('/profile', (await connect(service, EMAIL, { who })).access)).json().id).toBe(id);
    const { access } = await connect(service, OTHER, { who: stranger });
    expect((await get('/profile', access)).json().id).not.toBe(id);
  });

  it.each<[string, JsonObject]>([
    ['another id', { id: 'urn:uuid:00000000-0000-4000-8000-000000000000' }],
    ['another type', { type: ['Profile', 'Issuer'] }],
    ['a type that is no list', { type: 'Profile' }],
    ['an address that nobody has proven', { email: OTHER }],
    ['a birthday', { dateOfBirth: '2000-01-01' }],
    ['an endorsement', { endorsement: [] }],
    ['an address of a script', { url: 'javascript:alert(1)' }],
    ['a name that turns the page around', { name: 'SPECIMEN \u202e' }],
    ['a tenant', { tenantId: 'specimen-college' }],
    ['a member of every object', { constructor: 'x' }],
  ])('are not changed by %s (AU-3)', async (_, more) => {
    const before = await get('/profile');
    const answer = await call(service, token, 'PUT', '/profile', {
      body: JSON.stringify({ ...before.json(), ...more }),
    });
    expect([answer.status, answer.minor()]).toEqual([400, 'invalid_data']);
    expect(answer.json().imsx_description).toContain(Object.keys(more)[0]);
    expect(faults('PUT', '/profile', answer)).toEqual([]);
    expect((await get('/profile')).text).toBe(before.text);
  });

  it('refuse what is no profile', async () => {
    for (const [body, type] of [
      ['[]', 'application/json'],
      ['{}', 'application/json'],
      ['{', 'application/json'],
      ['x', 'text/plain'],
    ] as const) {
      const answer = await call(service, token, 'PUT', '/profile', { body, type });
      expect([400, 415]).toContain(answer.status);
      expect(answer.minor()).toBe('invalid_data');
    }
  });
});

describe('refusals have the shape of the standard', () => {
  it('also for what is no operation, whoever asks and however', async () => {
    for (const [method, path, status, minor, bearer] of [
      ['GET', '/nothing', 404, 'not_found', token],
      ['GET', '', 404, 'not_found', token],
      ['GET', '/credentials/1', 404, 'not_found', token],
      ['PUT', CREDENTIALS, 405, 'not_allowed', token],
      ['POST', '/profile', 405, 'not_allowed', token],
      ['POST', '/discovery', 405, 'not_allowed', undefined],
      ['GET', '/%zz', 404, 'not_found', token],
      ['GET', CREDENTIALS, 401, 'unauthorizedrequest', undefined],
      ['GET', CREDENTIALS, 401, 'unauthorizedrequest', 'A'.repeat(43)],
      ['GET', `${CREDENTIALS}?since=${'x'.repeat(5_000)}`, 414, 'invalid_query_parameter', token],
    ] as const) {
      const answer = await call(service, bearer, method, path, { headers: { accept: 'text/html' } });
      expect([method, path.slice(0, 30), answer.status]).toEqual([method, path.slice(0, 30), status]);
      expect(answer.headers['content-type']).toBe('application/json');
      expect(answer.minor()).toBe(minor);
      expect(official?.schemaFaults('Imsx_StatusInfo', answer.json()) ?? []).toEqual([]);
    }
  });

  it('say which scope is missing', async () => {
    const { access } = await connect(service, EMAIL, { who, scope: SCOPES.profile });
    for (const [method, path] of [
      ['GET', CREDENTIALS],
      ['POST', CREDENTIALS],
      ['PUT', '/profile'],
    ] as const) {
      const answer = await call(service, access, method, path);
      expect([answer.status, answer.minor()]).toEqual([403, 'forbidden']);
      expect(answer.headers['www-authenticate']).toContain('insufficient_scope');
    }
    expect((await get('/profile', access)).status).toBe(200);
  });

  it('for another name of this service, when there is too much to do, and when too many are sent', async () => {
    const other = await call(service, token, 'GET', '/discovery', { headers: { host: 'evil.example' } });
    expect([other.status, other.minor()]).toEqual([421, 'misdirected_request']);
    const { app } = await createStub({ shedding: { others: 0 }, rateLimits: { address: 1 } });
    const busy = { server: app };
    const shed = await call(busy, token, 'GET', CREDENTIALS);
    expect([shed.status, shed.minor(), shed.headers['retry-after']]).toEqual([503, 'server_busy', '2']);
    await call(busy, undefined, 'GET', '/discovery');
    const many = await call(busy, undefined, 'GET', '/discovery');
    expect([many.status, many.minor()]).toEqual([429, 'server_busy']);
    expect(Number(many.headers['retry-after'])).toBeGreaterThan(0);
    await app.close();
  });
});

describe('AU-4: secrets of platforms', () => {
  it('are in no file of the store', async () => {
    const { client, access, refresh } = await connect(service, EMAIL, { who, scope: ALL_SCOPES });
    const { readdirSync, readFileSync } = await import('node:fs');
    const files = readdirSync(service.directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`).toString('latin1'));
    expect(files.some((text) => text.includes(client.client_id))).toBe(true);
    for (const secret of [client.client_secret, access, refresh]) {
      expect(files.filter((text) => text.includes(secret))).toEqual([]);
    }
  });
});
