import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '#kernel';
import { type Browser, newBrowser } from '../oauth/support/browser.ts';
import { form, openWorld } from '../oauth/support/world.ts';
import {
  ALL_SCOPES,
  agreed,
  authorizeUrl,
  basic,
  call,
  connect,
  METADATA,
  pkce,
  REDIRECT,
  type Registered,
  redeem,
  refresh,
  register,
  revoke,
  SCOPES,
} from './support/platform.ts';

type World = Awaited<ReturnType<typeof openWorld>>;

let world: World;
let client: Registered;
let ahead = 0;
let learners = 0;
const learner = () => `host-learner-${++learners}@students.example`;
/** A browser in which a learner has shown an address: a code by mail takes a second. */
let known: Browser;
const KNOWN = 'host-learner@students.example';
const newClient = async (): Promise<Registered> => (await register(world)).body;

beforeAll(async () => {
  world = await openWorld({ clock: { now: () => new Date(systemClock.now().getTime() + ahead) } });
  client = await newClient();
  known = (await agreed(world, client, KNOWN)).who;
});
afterAll(() => world.close());

describe('registration of a platform', () => {
  it('repeats everything, with an id, a secret and their times', async () => {
    const contacts = ['SPECIMEN desk'];
    const { status, body, headers } = await register(world, { contacts, unknown: 1 });
    expect(status).toBe(201);
    expect(body).toEqual({
      ...{ ...METADATA, contacts, client_secret_expires_at: 0 },
      client_id: expect.stringMatching(/^tatak-platform-/),
      client_secret: expect.stringMatching(/^[\w-]{43}$/),
      client_id_issued_at: expect.any(Number),
    });
    expect(headers['cache-control']).toBe('no-store');
  });

  it('fills in what RFC 7591 says when it is not said', async () => {
    const none = { token_endpoint_auth_method: undefined, grant_types: undefined, response_types: undefined };
    const { status, body } = await register(world, none);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...{ token_endpoint_auth_method: 'client_secret_basic', grant_types: ['authorization_code'] },
      response_types: ['code'],
    });
  });

  const REFUSED: [string, object, string?][] = [
    ...(
      [
        'client_name',
        'client_uri',
        'logo_uri',
        'tos_uri',
        'policy_uri',
        'software_id',
        'software_version',
        'scope',
      ] as const
    ).map((name): [string, object] => [`without ${name}`, { [name]: undefined }]),
    ['without redirect_uris', { redirect_uris: undefined }, 'invalid_redirect_uri'],
    ['with one address that is no list', { redirect_uris: REDIRECT }, 'invalid_redirect_uri'],
    ['with no address in the list', { redirect_uris: [] }, 'invalid_redirect_uri'],
    ['over http', { client_uri: 'http://backpack.example/' }],
    ['to an address over http', { redirect_uris: ['http://backpack.example/cb'] }, 'invalid_redirect_uri'],
    ['with a fragment', { redirect_uris: ['https://backpack.example/cb#x'] }, 'invalid_redirect_uri'],
    ['with a name and a password', { tos_uri: 'https://a:b@backpack.example/' }],
    ['with a logo of another host', { logo_uri: 'https://elsewhere.example/l' }, 'invalid_redirect_uri'],
    ['back to another host', { redirect_uris: ['https://evil.example/cb'] }, 'invalid_redirect_uri'],
    ['to a sub-domain', { redirect_uris: ['https://a.backpack.example/cb'] }, 'invalid_redirect_uri'],
    ['as a public client', { token_endpoint_auth_method: 'none' }],
    ['with its secret in the form', { token_endpoint_auth_method: 'client_secret_post' }],
    ['for client credentials', { grant_types: ['authorization_code', 'client_credentials'] }],
    ['for client credentials alone', { grant_types: ['client_credentials'] }],
    ['for refreshing alone', { grant_types: ['refresh_token'] }],
    ['for tokens at once', { response_types: ['token'] }],
    ['for a scope that is unknown', { scope: `${SCOPES.read} admin` }],
    ['for offline access to nothing', { scope: 'offline_access' }],
    ['with a name of nothing', { client_name: ' ' }],
    ['with a name that turns the page around', { client_name: 'SPECIMEN \u202e' }],
    ['with a name that is none', { client_name: { toString: 'x' } }],
  ];
  it.each(REFUSED)('is refused %s', async (_, more, error = 'invalid_client_metadata') => {
    const { status, body } = await register(world, more);
    expect([status, body]).toEqual([400, { error, error_description: expect.any(String) }]);
  });
});

describe('authorization', () => {
  it('leads over a page that says who asks for what, to a code with scope and state', async () => {
    const { page, back } = await agreed(world, client, KNOWN, { scope: `${SCOPES.read} offline_access` }, known);
    for (const text of ['SPECIMEN Backpack', 'backpack.example', METADATA.tos_uri, METADATA.policy_uri]) {
      expect(page.text).toContain(text);
    }
    // Nothing of theirs is loaded, and only what was asked for is offered.
    expect(page.text).not.toContain(METADATA.logo_uri);
    expect(page.text).toContain('read all badges');
    expect(page.text).not.toContain('change your profile');
    expect(page.headers['content-security-policy']).toContain("form-action 'self' https://backpack.example;");
    expect(back.href.startsWith(`${REDIRECT}?`)).toBe(true);
    expect(Object.fromEntries(back.searchParams)).toEqual({
      ...{ code: expect.any(String), state: 'S', scope: SCOPES.read, iss: world.publicUrl },
    });
  });

  it.each([
    ['redirect_uri', { redirect_uri: undefined }],
    ['state', { state: undefined }],
    ['state that says something', { state: '' }],
    ['code_challenge', { code_challenge: undefined }],
    ['code_challenge_method', { code_challenge_method: undefined }],
    ['S256', { code_challenge_method: 'plain' }],
    ['scope', { scope: undefined }],
    ['scope of this API', { scope: 'offline_access' }],
    ['scope that it knows', { scope: `${SCOPES.read} badge` }],
    ['known redirect_uri', { redirect_uri: 'https://backpack.example/other' }],
    ['redirect_uri of its own', { redirect_uri: 'https://evil.example/' }],
    ['response_type=code', { response_type: 'token' }],
    ['own resource', { resource: 'https://elsewhere.example/' }],
    ['answer in the query', { response_mode: 'fragment' }],
    ['client', { client_id: 'tatak-platform-0123456789abcdefghjkmnpqrs' }],
  ])('without %s is refused here, and leads nowhere', async (_, more) => {
    const url = authorizeUrl(client, pkce().challenge, more as Record<string, string | undefined>);
    const answer = await newBrowser(world).get(url, { accept: 'application/json' });
    expect([answer.status, answer.location]).toEqual([400, undefined]);
    expect(JSON.parse(answer.text)).toEqual({ error: expect.any(String), error_description: expect.any(String) });
    const page = await newBrowser(world).get(url);
    expect([page.status, page.location]).toEqual([400, undefined]);
    expect(page.text).toContain('<h1');
  });

  it('begins from a pushed request as well, by the same rules', async () => {
    const push = (more: Record<string, string | undefined> = {}) => {
      const { searchParams } = new URL(authorizeUrl(client, pkce().challenge, more), world.publicUrl);
      return form(world, '/oauth/par', Object.fromEntries(searchParams), { authorization: basic(client) });
    };
    const { status, body } = await push();
    expect(status).toBe(201);
    const parameters = new URLSearchParams({ client_id: client.client_id, request_uri: body.request_uri });
    expect((await known.get(`/oauth/authorize?${parameters}`)).location).toMatch(/^\/oauth\/interaction\//);
    for (const without of ['state', 'redirect_uri', 'scope', 'code_challenge']) {
      expect([without, (await push({ [without]: undefined })).status]).toEqual([without, 400]);
    }
  });

  it('asks for no more than was registered', async () => {
    const little: Registered = (await register(world, { scope: SCOPES.read })).body;
    const answer = await newBrowser(world).get(authorizeUrl(little, pkce().challenge), { accept: 'application/json' });
    expect([answer.status, JSON.parse(answer.text).error]).toEqual([400, 'invalid_scope']);
  });

  it('says so when the learner does not agree', async () => {
    const who = newBrowser(world);
    const begun = await who.get(authorizeUrl(client, pkce().challenge));
    const decided = await who.submit(await who.get(begun.location!), 'deny');
    const back = new URL((await who.get(decided.location!)).location!);
    expect(back.href.startsWith(REDIRECT)).toBe(true);
    expect([back.searchParams.get('error'), back.searchParams.get('state')]).toEqual(['access_denied', 'S']);
  });

  it('takes no agreement of who has shown no address', async () => {
    const who = newBrowser(world);
    const page = await who.get((await who.get(authorizeUrl(client, pkce().challenge))).location!);
    expect(page.text).not.toContain('value="allow"');
    expect((await who.submit(page, 'allow')).status).toBe(403);
  });

  it('tells on the page that a code is wrong, and that an address is none', async () => {
    const who = newBrowser(world);
    const page = await who.get((await who.get(authorizeUrl(client, pkce().challenge))).location!);
    const none = await who.submit(page, 'send', { email: 'no address' });
    expect([none.status, none.text.includes('role="alert"')]).toEqual([400, true]);
    const email = learner();
    const sent = await who.submit(none, 'send', { email });
    const wrong = await who.submit(sent, 'confirm', { email, code: '000000' });
    expect(wrong.text).toContain('not the code that was sent last');
  });
});

describe('tokens', () => {
  it('are as the standard writes them, and never stored by anybody in between', async () => {
    const { code, verifier } = await agreed(world, client, KNOWN, {}, known);
    const { status, body, headers } = await redeem(world, client, code, verifier);
    expect([status, body]).toEqual([
      200,
      {
        ...{ access_token: expect.any(String), refresh_token: expect.any(String) },
        ...{ token_type: 'Bearer', expires_in: 3_600, scope: ALL_SCOPES },
      },
    ]);
    expect(headers['cache-control']).toContain('no-store');
  });

  it('need the secret by Basic, the verifier and the address', async () => {
    const { code, verifier } = await agreed(world, client, KNOWN, {}, known);
    const other = await newClient();
    const wrong = { ...client, client_secret: other.client_secret };
    for (const [who, more, error] of [
      [wrong, {}, 'invalid_client'],
      [other, {}, 'invalid_grant'],
      [client, { code_verifier: pkce().verifier }, 'invalid_grant'],
      [client, { redirect_uri: 'https://backpack.example/other' }, 'invalid_grant'],
    ] as const) {
      const { status, body } = await redeem(world, who, code, verifier, more);
      expect([status, body.error]).toEqual([error === 'invalid_client' ? 401 : 400, error]);
    }
    expect((await redeem(world, client, code, verifier)).status).toBe(200);
  });

  it('are refused for a code that was used, which ends those given for it', async () => {
    const { code, verifier } = await agreed(world, client, KNOWN, {}, known);
    const first = (await redeem(world, client, code, verifier)).body;
    expect((await call(world, first.access_token, 'GET', '/credentials')).status).toBe(200);
    const again = await redeem(world, client, code, verifier);
    expect([again.status, again.body.error]).toEqual([400, 'invalid_grant']);
    expect((await call(world, first.access_token, 'GET', '/credentials')).status).toBe(401);
    expect((await refresh(world, client, first.refresh_token)).body.error).toBe('invalid_grant');
  });

  it('are renewed for less and never for more, and the old refresh token is worth nothing', async () => {
    const scope = `${SCOPES.read} ${SCOPES.profile}`;
    const { access, refresh: token } = await connect(world, KNOWN, { client, scope, who: known });
    const more = await refresh(world, client, token, { scope: ALL_SCOPES });
    expect([more.status, more.body.error]).toEqual([400, 'invalid_scope']);
    const less = await refresh(world, client, token, { scope: SCOPES.read });
    expect([less.status, less.body.scope, less.body.token_type]).toEqual([200, SCOPES.read, 'Bearer']);
    expect(less.body.refresh_token).not.toBe(token);
    expect((await call(world, less.body.access_token, 'GET', '/credentials')).status).toBe(200);
    const profile = await call(world, less.body.access_token, 'GET', '/profile');
    expect([profile.status, profile.minor()]).toEqual([403, 'forbidden']);
    expect((await call(world, access, 'GET', '/profile')).status).toBe(200);
    // Somebody else may have it: everything ends.
    expect((await refresh(world, client, token)).body.error).toBe('invalid_grant');
    expect((await call(world, less.body.access_token, 'GET', '/credentials')).status).toBe(401);
  });

  it('open nothing else, and nothing else opens the API', async () => {
    const { access } = await connect(world, KNOWN, { client, who: known });
    for (const url of ['/v1/credentials', '/v1/achievements', '/vc-api/credentials/urn:uuid:1', '/metrics']) {
      const answer = await world.server.inject({ url, headers: { authorization: `Bearer ${access}` } });
      expect([url, answer.statusCode]).toEqual([url, 401]);
    }
    const wallet = await world.server.inject({
      ...{ method: 'POST', url: '/institutions/specimen-college/oid4vci/credential', payload: {} },
      headers: { authorization: `Bearer ${access}` },
    });
    expect(wallet.statusCode).toBe(401);
    const key = await call(world, await world.key('specimen-college', 'issuer'), 'GET', '/credentials');
    expect([key.status, key.minor()]).toEqual([401, 'unauthorizedrequest']);
  });
});

describe('revocation', () => {
  it.each(['access_token', 'refresh_token'] as const)('of the %s ends everything of the learner', async (hint) => {
    const { access, refresh: token } = await connect(world, KNOWN, { client, who: known });
    const given = hint === 'access_token' ? access : token;
    const { status, body } = await revoke(world, client, { token: given, token_type_hint: hint });
    expect([status, body]).toEqual([200, '']);
    const after = await call(world, access, 'GET', '/credentials');
    expect([after.status, after.minor()]).toEqual([401, 'unauthorizedrequest']);
    expect((await refresh(world, client, token)).body.error).toBe('invalid_grant');
  });

  it('wants the hint and the secret; an unknown token, and one of somebody else, are no error', async () => {
    const { access } = await connect(world, KNOWN, { client, who: known });
    const asked = await revoke(world, client, { token: access });
    expect([asked.status, asked.body.error]).toEqual([400, 'invalid_request']);
    const odd = await revoke(world, client, { token: access, token_type_hint: 'id_token' });
    expect([odd.status, odd.body.error]).toEqual([400, 'unsupported_token_type']);
    const guess = await revoke(
      world,
      { ...client, client_secret: 'x' },
      { token: access, token_type_hint: 'access_token' },
    );
    expect([guess.status, guess.body.error]).toEqual([401, 'invalid_client']);
    expect(guess.headers['www-authenticate']).toMatch(/^Basic /);
    const other = await newClient();
    for (const [who, token] of [
      [client, 'unknown'],
      [other, access],
    ] as const) {
      expect((await revoke(world, who, { token, token_type_hint: 'access_token' })).status).toBe(200);
    }
    expect((await call(world, access, 'GET', '/credentials')).status).toBe(200);
    // A hint that is wrong still finds it, also at the address for wallets.
    expect((await revoke(world, client, { token: access }, '/oauth/revocation')).status).toBe(400);
    await revoke(world, client, { token: access, token_type_hint: 'refresh_token' }, '/oauth/revocation');
    expect((await call(world, access, 'GET', '/credentials')).status).toBe(401);
  });
});

describe('connected applications', () => {
  it('are shown to their learner and to nobody else, who ends them', async () => {
    const { access, who } = await connect(world, KNOWN, { client, who: known });
    const mine = await who.get('/my');
    expect(mine.text).toContain('Connected applications');
    expect(mine.text).toContain('SPECIMEN Backpack');
    const [, connection] = /name="connection" value="([^"]+)"/.exec(mine.text)!;
    const stranger = newBrowser(world);
    await connect(world, learner(), { client, who: stranger });
    const theirs = await stranger.get('/my');
    const tried = await stranger.submit(theirs, 'disconnect', { connection: connection! });
    expect(tried.status).toBe(404);
    expect((await call(world, access, 'GET', '/credentials')).status).toBe(200);
    const ended = await who.submit(mine, 'disconnect', { connection: connection! });
    expect(ended.text).toContain('The connection has ended');
    expect(ended.text).not.toContain('SPECIMEN Backpack');
    expect((await call(world, access, 'GET', '/credentials')).status).toBe(401);
  });

  it('are one for each platform and learner: the one before ends', async () => {
    const { access, who } = await connect(world, KNOWN, { client, who: known });
    const { access: next } = await connect(world, '', { client, who });
    expect((await call(world, access, 'GET', '/credentials')).status).toBe(401);
    expect((await call(world, next, 'GET', '/credentials')).status).toBe(200);
    expect((await who.get('/my')).text.match(/SPECIMEN Backpack<\/h3>/g)).toHaveLength(1);
  });

  it('stand in the log without their learner', async () => {
    const { access } = await connect(world, KNOWN, { client, who: known });
    await revoke(world, client, { token: access, token_type_hint: 'access_token' });
    const { body } = await world.call<{ items: { operation: string; actor: string; detail?: object }[] }>(
      'GET',
      '/v1/audit?limit=200',
      { key: world.operatorKey },
    );
    const entries = body.items.filter(({ operation }) => operation.startsWith('connection.'));
    expect(entries.at(-2)).toMatchObject({ actor: expect.stringMatching(/^holder:[0-9a-f]{16}$/) });
    expect(entries.at(-2)!.detail).toEqual({ clientId: client.client_id, scope: ALL_SCOPES });
    expect(entries.at(-1)).toMatchObject({ operation: 'connection.end', actor: `platform:${client.client_id}` });
    expect(JSON.stringify(body)).not.toContain(KNOWN);
  });
});

describe('what a learner allowed', () => {
  it('ends after 180 days, however often the token was renewed', async () => {
    const { access, refresh: first } = await connect(world, KNOWN, { client, who: known });
    ahead = 3_540_000;
    expect((await call(world, access, 'GET', '/credentials')).status).toBe(200);
    ahead = 3_660_000;
    expect((await call(world, access, 'GET', '/credentials')).status).toBe(401);
    let token = first;
    for (const day of [1, 100, 179]) {
      ahead = day * 86_400_000;
      token = (await refresh(world, client, token)).body.refresh_token;
    }
    ahead = 180 * 86_400_000 - 600_000;
    const last = (await refresh(world, client, token)).body;
    expect((await call(world, last.access_token, 'GET', '/credentials')).status).toBe(200);
    ahead = 180 * 86_400_000 + 600_000;
    expect((await call(world, last.access_token, 'GET', '/credentials')).status).toBe(401);
    expect((await refresh(world, client, last.refresh_token)).body.error).toBe('invalid_grant');
    await world.app.oauth.sweepOnce();
    expect(await world.app.oauth.connections.list([{ kind: 'email', value: KNOWN, provenAt: '' }])).toEqual([]);
  });
});
