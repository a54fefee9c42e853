import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Consumer,
  type ConsumerWorker,
  createConsumer,
  createConsumerWorker,
  createSeal,
  createTokens,
} from '#consumer';
import type { HolderSessionRecord } from '#holders';
import type { ImportSummary, TakeInput } from '#imports';
import { Problem, systemRandom } from '#kernel';
import { createGuardedFetch, type LoopbackOrigin } from '#net';
import { openSqlite, type Storage } from '#storage';
import { newPort } from '../support/service.ts';
import { json, type OddHost, oddHost, READ, UPSERT } from './support/odd-host.ts';

const HERE = 'https://here.example';
const holder = [{ kind: 'email', value: 'maria@students.example', provenAt: '2026-11-26T00:00:00Z' }] as const;
const session: HolderSessionRecord = {
  ...{ sessionId: 'session-1', tokenSha256: 'aa', identifiers: [...holder] },
  ...{ createdAt: '2026-11-26T00:00:00Z', expiresAt: '2026-11-27T00:00:00Z' },
};
const CREDENTIAL = '0123456789abcdefghjkmnpqrs';
const AWARD = '{ "id": "urn:1",\n "proof" : {} }';

let host: OddHost;
let elsewhere: OddHost;
const origins: LoopbackOrigin[] = [];
beforeAll(async () => {
  [host, elsewhere] = await Promise.all([oddHost(newPort()), oddHost(newPort())]);
  origins.push(host.origin, elsewhere.origin);
});
afterAll(async () => {
  await host.close();
  await elsewhere.close();
});

let storage: Storage;
let consumer: Consumer;
let worker: ConsumerWorker;
let now: number;
let brought: TakeInput[];
let taking: (input: TakeInput) => void;
let own: string[];
const clock = { now: () => new Date(now) };

beforeEach(async () => {
  for (const one of [host, elsewhere]) {
    one.on.clear();
    one.asked.length = 0;
  }
  now = Date.parse('2026-11-26T01:00:00Z');
  [brought, taking, own] = [[], () => {}, [CREDENTIAL]];
  storage = await openSqlite({ path: ':memory:' });
  ({ consumer, worker } = opened());
  return () => storage.close();
});

/** As one process of the service. */
function opened(reader = storage.reader): { consumer: Consumer; worker: ConsumerWorker } {
  const { transactor } = storage;
  const fetch = createGuardedFetch({ clock, loopbackOrigins: origins, negativeCacheMs: 0 });
  const seal = createSeal(async () => new Uint8Array(32), systemRandom);
  const tokens = createTokens({ fetch, seal, clock, publicUrl: HERE });
  const common = { reader, transactor, fetch, seal, tokens, clock, random: systemRandom };
  return {
    consumer: createConsumer({ ...common, publicUrl: HERE, name: 'SPECIMEN Here' }),
    worker: createConsumerWorker({
      ...common,
      imports: {
        async take(input) {
          taking(input);
          brought.push(input);
          return { outcome: 'created', imported: { importId: `import-${brought.length}` } as ImportSummary };
        },
      },
      holders: {
        badgesOf: async () =>
          own.map((credentialId) => ({
            ...{
              tenant: 'abc',
              credentialId,
              awardId: 'a',
              edition: 1,
              subjectId: 's',
              recipient: { subjectId: 's' },
              state: 'active' as const,
            },
            ...{ issuedAt: '2026-01-01T00:00:00Z', boundBy: holder[0], as: 'learner' as const },
          })),
      },
      textOf: async (_, form) => (form === 'document' ? AWARD : 'e30.e30.AA'),
      onError: (error) => {
        throw error;
      },
    }),
  };
}

const begin = () => consumer.begin({ session, address: host.url, lang: 'en' });

async function refused(made: Promise<unknown>): Promise<[string, string]> {
  const caught = await made.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(caught instanceof Problem)) throw new Error(`no problem: ${String(caught)}`);
  return [String(caught.extensions.code ?? caught.kind), caught.message];
}

const finish = (query: Record<string, string>, by = session) =>
  consumer.finish({ session: by, query: new URLSearchParams(query), actor: 'holder:test' });

/** @returns id of the connection */
async function connected(): Promise<string> {
  const { authorizationUrl } = await begin();
  await finish({ code: 'c', state: new URL(authorizationUrl).searchParams.get('state')! });
  return (await consumer.list(holder.slice()))[0]!.connection.connectionId;
}

async function round(): Promise<void> {
  await worker.workOnce();
  await worker.idle();
}

const pull = (connectionId: string, all = false) =>
  consumer.pull({ holder: [...holder], connectionId, all, actor: 'holder:test' });
const push = (connectionId: string, form: 'document' | 'token' = 'document') =>
  consumer.push({ holder: [...holder], connectionId, credentialId: CREDENTIAL, form, actor: 'holder:test' });
const last = async () => (await consumer.list([...holder]))[0]!.transfers[0]!;
const pathsAsked = (one = host) => one.asked.map(({ method, path }) => `${method} ${path}`);
const LIST = 'GET /ims/ob/v3p0/credentials';
const UPSERTED = 'POST /ims/ob/v3p0/credentials';

describe('a service description', () => {
  const at = (member: string) => `/components/securitySchemes/OAuth2ACG/${member}`;
  // biome-ignore lint/suspicious/noExplicitAny: an OpenAPI document
  const LIES: [string, string, (document: any, other: string) => void][] = [
    [
      'registration',
      at('x-imssf-registrationUrl'),
      (d, o) => (d.components.securitySchemes.OAuth2ACG['x-imssf-registrationUrl'] = o),
    ],
    ['revocation', at('x-revocationUrl'), (d, o) => (d.components.securitySchemes.OAuth2ACG['x-revocationUrl'] = o)],
    [
      'tokens',
      at('flows/authorizationCode/tokenUrl'),
      (d, o) => (d.components.securitySchemes.OAuth2ACG.flows.authorizationCode.tokenUrl = o),
    ],
    [
      'refreshing',
      at('flows/authorizationCode/refreshUrl'),
      (d, o) => (d.components.securitySchemes.OAuth2ACG.flows.authorizationCode.refreshUrl = o),
    ],
    [
      'agreement',
      at('flows/authorizationCode/authorizationUrl'),
      (d, o) => (d.components.securitySchemes.OAuth2ACG.flows.authorizationCode.authorizationUrl = o),
    ],
    ['badges', '/servers/0/url', (d, o) => (d.servers[0].url = o)],
  ];
  it.each(LIES)('that leads elsewhere for %s is refused, and says where', async (_, pointer, lie) => {
    host.on.set('GET /ims/ob/v3p0/discovery', (response) => {
      const document = host.description();
      lie(document, `${elsewhere.url}/x`);
      json(response, 200, document);
    });
    const [code, words] = await refused(begin());
    expect(code).toBe('other_host');
    expect(words).toContain(`${pointer}: ${new URL(elsewhere.url).host}`);
    expect([pathsAsked(), elsewhere.asked]).toEqual([['GET /ims/ob/v3p0/discovery'], []]);
  });

  it('is one of Open Badges 3.0, or nothing is registered', async () => {
    for (const [change, pointer] of [
      [{ openapi: '3.1.0' }, '/openapi'],
      [{ info: {} }, '/info/title'],
      [{ components: {} }, '/components/securitySchemes'],
    ] as const) {
      host.on.set('GET /ims/ob/v3p0/discovery', (response) =>
        json(response, 200, { ...host.description(), ...change }),
      );
      const [code, words] = await refused(begin());
      expect([code, words.includes(pointer)]).toEqual(['not_a_host', true]);
    }
    host.on.set('GET /ims/ob/v3p0/discovery', (response) => response.writeHead(404).end());
    expect((await refused(begin()))[0]).toBe('not_a_host');
    expect(pathsAsked()).not.toContain('POST /register');
  });

  it('is not looked for behind a redirect, nor to the end of what has none', async () => {
    host.on.set('GET /ims/ob/v3p0/discovery', (response) =>
      response.writeHead(302, { location: `${elsewhere.url}/ims/ob/v3p0/discovery` }).end(),
    );
    expect(await refused(begin())).toEqual(['redirect', expect.any(String)]);
    host.on.set('GET /ims/ob/v3p0/discovery', (response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, 32)));
      };
      response.on('drain', more);
      more();
    });
    expect(await refused(begin())).toEqual(['too-large', expect.any(String)]);
    expect(elsewhere.asked).toEqual([]);
  });

  it.each([
    ['http://badges.example', 'not_https'],
    ['https://user:secret@badges.example', 'no_address'],
    ['https://badges.example/?x', 'no_address'],
    [`${HERE}/ims/ob/v3p0`, 'own_host'],
    ['https://10.0.0.1', 'fetch-refused'],
    ['https://localhost', 'fetch-refused'],
    ['https://169.254.169.254', 'fetch-refused'],
    ['https://badges.example:8443', 'fetch-refused'],
  ])('at %s is not asked for', async (address, code) => {
    expect((await refused(consumer.begin({ session, address, lang: 'en' })))[0]).toBe(code);
  });
});

describe('registration and agreement', () => {
  it('are made once for all learners, with all that the standard asks, and the secret is not in the store', async () => {
    await connected();
    const other = { ...session, identifiers: [{ ...holder[0], value: 'jose@students.example' }] };
    await consumer.begin({ session: other, address: `${host.url}/ims/ob/v3p0/discovery`, lang: 'fil' });
    const registrations = host.asked.filter(({ path }) => path === '/register');
    expect(registrations.map(({ body }) => JSON.parse(body))).toEqual([
      {
        ...{ client_name: 'SPECIMEN Here', client_uri: `${HERE}/`, logo_uri: `${HERE}/assets/mark.svg` },
        ...{ tos_uri: `${HERE}/privacy`, policy_uri: `${HERE}/privacy`, software_version: expect.any(String) },
        ...{ software_id: expect.any(String), redirect_uris: [`${HERE}/holder/hosts/callback`] },
        ...{ token_endpoint_auth_method: 'client_secret_basic', response_types: ['code'], scope: `${READ} ${UPSERT}` },
        grant_types: ['authorization_code', 'refresh_token'],
      },
    ]);
    // RFC 6749, 2.3.1: the id and the secret are written as in a form.
    const { headers, body } = host.asked.find(({ path }) => path === '/token')!;
    expect(Buffer.from(headers.authorization!.slice(6), 'base64').toString()).toBe('client+1:s%3A1%25');
    expect(Object.fromEntries(new URLSearchParams(body))).toMatchObject({
      code_verifier: expect.stringMatching(/^[\w-]{43}$/),
    });
    const [{ connection, host: known }] = (await consumer.list([...holder])) as [
      Awaited<ReturnType<Consumer['list']>>[0],
    ];
    expect(JSON.stringify([connection, known])).not.toMatch(/access-|refresh-|s:1%/);
  });

  it('come back once, in time, by the session that left and from the host it left for', async () => {
    const stateOf = async () => new URL((await begin()).authorizationUrl).searchParams.get('state')!;
    const state = await stateOf();
    expect((await refused(finish({ code: 'c', state }, { ...session, sessionId: 'session-2' })))[0]).toBe(
      'state_unknown',
    );
    await finish({ code: 'c', state, iss: host.url });
    expect((await refused(finish({ code: 'c', state })))[0]).toBe('state_unknown');
    expect((await refused(finish({ code: 'c' })))[0]).toBe('state_unknown');
    expect((await refused(finish({ code: 'c', state: await stateOf(), iss: elsewhere.url })))[0]).toBe('other_issuer');
    expect((await refused(finish({ error: 'access_denied', state: await stateOf() })))[0]).toBe('denied');
    const late = await stateOf();
    now += 16 * 60_000;
    expect((await refused(finish({ code: 'c', state: late })))[0]).toBe('state_unknown');
    expect(host.asked.filter(({ path }) => path === '/token')).toHaveLength(1);
  });

  it.each([
    ['more than was asked', { scope: `${READ} ${UPSERT} admin` }, 'scope_grown'],
    ['a token of another kind', { token_type: 'mac' }, 'no_answer'],
    ['a token that breaks a header', { access_token: 'a\r\nb' }, 'no_answer'],
  ])('that bring %s connect nothing', async (_, more, code) => {
    const usual = { access_token: 'a', token_type: 'bearer', expires_in: 60, scope: READ };
    host.on.set('POST /token', (response) => json(response, 200, { ...usual, ...more }));
    expect((await refused(connected()))[0]).toBe(code);
    expect(await consumer.list([...holder])).toEqual([]);
  });

  it('that a host refuses say its words, and one that forgot this service is registered with anew', async () => {
    host.on.set('POST /token', (response) =>
      json(response, 401, { error: 'invalid_client', error_description: 'who?\u202e' }),
    );
    expect(await refused(connected())).toEqual(['not_granted', expect.stringContaining('invalid_client: who?)')]);
    host.on.clear();
    await connected();
    expect(pathsAsked().filter((one) => one === 'POST /register')).toHaveLength(2);
  });
});

describe('bringing badges', () => {
  it('follows the pages of that host, and takes each badge as it stands in the answer', async () => {
    const texts = ['{"a":"]}\\"", "n": 1.0 ,\n"é": [1,{"b":{}}]}', '{ }'];
    host.on.set(LIST, (response, { url }) => {
      const second = url.includes('offset=10');
      const link = `<${host.url}/ims/ob/v3p0/credentials?limit=10&offset=10>; rel="next", <x>; rel="last"`;
      const body = second
        ? '{"compactJwsString":["e30.e30.AA", "https://evil.example/", 7]}'
        : `{"x":{"credential":[{}]},"credential":\n[ ${texts.join(' ,')} , "no"]}`;
      response.writeHead(200, { 'content-type': 'application/json', ...(second ? {} : { link }) }).end(body);
    });
    const id = await connected();
    await pull(id);
    await round();
    expect(await last()).toMatchObject({ state: 'waiting', pages: 1 });
    // Another process goes on where this one stopped.
    ({ consumer, worker } = opened());
    await round();
    expect(brought.map((one) => Buffer.from((one.brought as { bytes: Uint8Array }).bytes).toString())).toEqual([
      ...texts,
      'e30.e30.AA',
    ]);
    expect(brought[0]).toMatchObject({ source: 'host', holder: [{ kind: 'email', value: holder[0].value }] });
    const { state, badges, pages } = await last();
    expect([state, pages, badges.map(({ outcome }) => outcome)]).toEqual([
      'done',
      2,
      ['created', 'created', 'refused', 'created', 'refused', 'refused'],
    ]);
    await pull(id);
    await round();
    expect(host.asked.at(-1)!.url).toContain('since=2026-11-26T00%3A55%3A00Z');
    await pull(id, true);
    await round();
    expect(host.asked.at(-1)!.url).not.toContain('since');
  });

  it('goes to no other host for the next page, with or without a redirect', async () => {
    const id = await connected();
    for (const link of [`<${elsewhere.url}/ims/ob/v3p0/credentials?offset=1>; rel=next`, `</other>; rel="prev next"`]) {
      host.on.set(LIST, (response) => json(response, 200, { credential: [{}] }, { link }));
      await pull(id);
      await round();
      expect(await last()).toMatchObject({
        state: 'failed',
        problem: { code: 'link_elsewhere' },
        badges: [{ outcome: 'created' }],
      });
      now += 1_000;
    }
    host.on.set(LIST, (response) =>
      response.writeHead(307, { location: `${elsewhere.url}/ims/ob/v3p0/credentials` }).end(),
    );
    await pull(id);
    await round();
    expect(await last()).toMatchObject({ state: 'failed', problem: { code: 'not_understood' } });
    expect(elsewhere.asked).toEqual([]);
  });

  it('reads no page without end, and not for ever', async () => {
    const id = await connected();
    host.on.set(LIST, (response) => json(response, 200, { credential: ['x'.repeat(9 * 1024 * 1024)] }));
    await pull(id);
    await round();
    expect(await last()).toMatchObject({ state: 'failed', problem: { code: 'too_large' } });
    now += 1_000;
    let page = 0;
    host.on.set(LIST, (response) =>
      json(response, 200, { credential: [] }, { link: `<?offset=${++page}>; rel="next"` }),
    );
    await pull(id);
    for (let n = 0; n < 60; n++) await round();
    expect([await last(), page]).toMatchObject([{ state: 'failed', problem: { code: 'too_many' } }, 50]);
  });

  it('says of each badge why it was not kept, and asks for it again next time when it could not be verified', async () => {
    const id = await connected();
    taking = () => {
      throw new Problem('unavailable', 'not now', { extensions: { code: 'not_verified' } });
    };
    host.on.set(LIST, (response) => json(response, 200, { credential: [{}] }));
    await pull(id);
    await round();
    expect(await last()).toMatchObject({ state: 'done', badges: [{ outcome: 'refused', code: 'not_verified' }] });
    await pull(id);
    await round();
    expect(host.asked.at(-1)!.url).not.toContain('since');
    now += 1_000;
    taking = () => {
      throw new Problem('rate-limited', 'too many');
    };
    await pull(id);
    await round();
    expect(await last()).toMatchObject({ state: 'waiting', tries: 0, badges: [], problem: { code: 'later' } });
    now += 3_600_000;
    taking = () => {
      throw new Problem('conflict', 'full', { extensions: { code: 'import_quota' } });
    };
    await round();
    expect(await last()).toMatchObject({ state: 'failed', problem: { code: 'quota' } });
  });
});

describe('sending a badge', () => {
  it('sends it as it was released and understands the three answers', async () => {
    const id = await connected();
    for (const [status, outcome] of [
      [201, 'created'],
      [200, 'replaced'],
      [304, 'unchanged'],
    ] as const) {
      host.on.set(UPSERTED, (response) => response.writeHead(status).end());
      await push(id, status === 200 ? 'token' : 'document');
      await round();
      expect(await last()).toMatchObject({ state: 'done', outcome });
      now += 1_000;
    }
    const sent = host.asked.filter(({ method, path }) => `${method} ${path}` === UPSERTED);
    expect(sent.map(({ body, headers }) => [body, headers['content-type']])).toEqual([
      [AWARD, 'application/json'],
      ['e30.e30.AA', 'text/plain'],
      [AWARD, 'application/json'],
    ]);
    own = [];
    await push(id);
    await round();
    expect(await last()).toMatchObject({ state: 'failed', problem: { code: 'gone' } });
  });

  it('tells what the host says of a refusal, and does not ask again', async () => {
    const id = await connected();
    const field = { imsx_codeMinorFieldName: 'TargetEndSystem', imsx_codeMinorFieldValue: 'invalid_data' };
    host.on.set(UPSERTED, (response) =>
      json(response, 400, {
        imsx_codeMajor: 'failure',
        imsx_description: 'No\u0007 proof',
        imsx_codeMinor: { imsx_codeMinorField: [field] },
      }),
    );
    await push(id);
    await round();
    const problem = { code: 'refused', status: 400, minor: 'invalid_data', said: 'No proof' };
    expect(await last()).toMatchObject({ state: 'failed', problem });
  });

  it('waits for 30 minutes twice, and sends once when the host can again', async () => {
    const id = await connected();
    let left = 2;
    host.on.set(UPSERTED, (response) => response.writeHead(left-- > 0 ? 503 : 201).end());
    const first = await push(id);
    expect((await push(id)).transferId).toBe(first.transferId);
    const tries = () => host.asked.filter(({ method, path }) => `${method} ${path}` === UPSERTED).length;
    await round();
    expect([tries(), await last()]).toMatchObject([1, { state: 'waiting', problem: { code: 'busy', status: 503 } }]);
    now += 30 * 60_000 - 1_000;
    await round();
    expect(tries()).toBe(1);
    now += 1_000;
    await round();
    expect(tries()).toBe(2);
    // After a restart.
    ({ consumer, worker } = opened());
    now += 30 * 60_000;
    await round();
    expect([tries(), await last()]).toMatchObject([3, { state: 'done', outcome: 'created' }]);
  });

  it('is not sent again by a process that was late', async () => {
    const id = await connected();
    await push(id);
    const late = await storage.reader.workableTransfer('2027-01-01T00:00:00Z', { hosts: [], keepers: [] });
    await round();
    const found = [late];
    ({ worker } = opened({ ...storage.reader, workableTransfer: async () => found.pop() }));
    await round();
    expect(pathsAsked().filter((one) => one === UPSERTED)).toHaveLength(1);
    expect((await last()).state).toBe('done');
    expect((await storage.reader.hostConnection(id))!.leaseUntil).toBeUndefined();
  });

  it('gives up after three tries, and comes when it is told to', async () => {
    const id = await connected();
    host.on.set(UPSERTED, (response) => response.writeHead(503).end());
    await push(id);
    for (let n = 0; n < 3; n++, now += 30 * 60_000) await round();
    expect(await last()).toMatchObject({ state: 'failed', problem: { code: 'busy' } });
    host.on.set(UPSERTED, (response) => response.writeHead(429, { 'retry-after': '90' }).end());
    await push(id);
    await round();
    expect(await last()).toMatchObject({
      state: 'waiting',
      dueAt: new Date(now + 90_000).toISOString().replace('.000', ''),
    });
    const date = new Date(now + 200_000).toUTCString();
    host.on.set(UPSERTED, (response) => response.writeHead(503, { 'retry-after': date }).end());
    now += 90_000;
    await round();
    expect(Date.parse((await last()).dueAt) - now).toBe(110_000);
  });
});

describe('tokens', () => {
  it('are renewed before they are over, and when the host ended them early', async () => {
    const id = await connected();
    now += 3_600_000;
    await pull(id);
    await round();
    expect(host.asked.at(-1)!.headers.authorization).toBe('Bearer access-2'.replace('2', String(issued())));
    const before = issued();
    host.on.set(LIST, (response, { headers }) =>
      headers.authorization === `Bearer access-${before}` ? response.writeHead(401).end() : json(response, 200, {}),
    );
    await pull(id);
    await round();
    expect(await last()).toMatchObject({ state: 'done' });
    const { body } = host.asked.filter(({ path }) => path === '/token').at(-1)!;
    expect(Object.fromEntries(new URLSearchParams(body))).toMatchObject({
      grant_type: 'refresh_token',
      refresh_token: `refresh-${before}`,
    });

    function issued(): number {
      const bearers = host.asked.map(({ headers }) => /^Bearer access-(\d+)$/.exec(headers.authorization ?? '')?.[1]);
      return Number(bearers.findLast((one) => one !== undefined));
    }
  });

  it('that grow when they are renewed are not used, and the learner connects again', async () => {
    const id = await connected();
    now += 3_600_000;
    host.on.set('POST /token', (response) =>
      json(response, 200, { access_token: 'big', token_type: 'Bearer', scope: `${READ} admin` }),
    );
    await pull(id);
    await round();
    const [one] = await consumer.list([...holder]);
    expect(one).toMatchObject({
      connection: { endedAt: expect.any(String) },
      transfers: [{ problem: { code: 'connect_again' } }],
    });
    expect(pathsAsked()).not.toContain(LIST);
    expect((await refused(pull(id)))[0]).toBe('connect_again');
    host.on.clear();
    expect(await connected()).toBe(id);
    await pull(id);
    await round();
    expect((await consumer.list([...holder]))[0]!.connection.endedAt).toBeUndefined();
  });

  it('are given back at the end, and forgotten also when nobody takes them', async () => {
    const id = await connected();
    const end = (connectionId: string) =>
      consumer.disconnect({ holder: [...holder], connectionId, actor: 'holder:test' });
    expect(await end(id)).toEqual({ revoked: true });
    expect(host.asked.at(-1)!.body).toMatch(/^token=refresh-\d+&token_type_hint=refresh_token$/);
    const next = await connected();
    host.on.set('POST /revoke', (response) => response.destroy());
    expect(await end(next)).toEqual({ revoked: false });
    expect(await consumer.list([...holder])).toEqual([]);
  });
});

describe('a host that hangs', () => {
  it('keeps no other host waiting, and is cut off when the service ends, to go on later', async () => {
    const id = await connected();
    const jose = [{ ...holder[0], value: 'jose@students.example' }];
    const his = { ...session, sessionId: 'session-2', identifiers: jose };
    const { authorizationUrl } = await consumer.begin({ session: his, address: elsewhere.url, lang: 'en' });
    await finish({ code: 'c', state: new URL(authorizationUrl).searchParams.get('state')! }, his);
    const other = (await consumer.list(jose))[0]!.connection.connectionId;
    let arrived = () => {};
    const hangs = new Promise<void>((done) => {
      arrived = done;
    });
    host.on.set(LIST, () => arrived());
    await pull(id);
    await worker.workOnce();
    await hangs;
    await consumer.pull({ holder: jose, connectionId: other, all: false, actor: 'holder:test' });
    await worker.workOnce();
    const stateOf = async (connectionId: string) => (await storage.reader.hostTransfersOf(connectionId, 1))[0]!;
    await expect.poll(() => stateOf(other), { timeout: 10_000 }).toMatchObject({ state: 'done' });
    expect(await stateOf(id)).toMatchObject({ state: 'waiting' });
    await worker.close();
    expect(await stateOf(id)).toMatchObject({ state: 'waiting', attempts: 0, tries: 0 });
    host.on.clear();
    ({ consumer, worker } = opened());
    await round();
    expect(await stateOf(id)).toMatchObject({ state: 'done' });
  });
});
