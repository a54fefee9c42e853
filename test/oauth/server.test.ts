import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '#kernel';
import { register } from './support/wallet.ts';
import { anOffer, bearer, form, openWorld, PRE_AUTHORIZED, redeem, SLUG } from './support/world.ts';

type World = Awaited<ReturnType<typeof openWorld>>;

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const METADATA = '/.well-known/oauth-authorization-server';
const get = (url: string, headers: Record<string, string> = {}) => world.server.inject({ url, headers });
const codeFor = (offerId = anOffer()) =>
  world.app.oauth.createPreAuthorizedCode({ tenant: SLUG, offerId, needsTxCode: false });

describe('metadata', () => {
  it('says what there is, and nothing that there is not', async () => {
    const answer = await get(METADATA);
    const metadata = answer.json();
    expect(metadata).toMatchObject({
      issuer: world.publicUrl,
      token_endpoint: `${world.publicUrl}/oauth/token`,
      code_challenge_methods_supported: ['S256'],
      response_types_supported: ['code'],
      authorization_details_types_supported: ['openid_credential'],
      'pre-authorized_grant_anonymous_access_supported': true,
      authorization_response_iss_parameter_supported: true,
    });
    expect(metadata.grant_types_supported).toContain(PRE_AUTHORIZED);
    expect(answer.body).not.toMatch(/implicit|id_token|dpop|claims|userinfo/i);
    for (const [name, url] of Object.entries<string>(metadata).filter(([one]) => /_endpoint$|_uri$/.test(one))) {
      const path = url.replace(world.publicUrl, '');
      const asked = await world.server.inject({
        method: name.startsWith('jwks') || /authorization_endpoint/.test(name) ? 'GET' : 'POST',
        url: path,
      });
      expect([name, asked.statusCode === 404]).toEqual([name, false]);
    }
  });

  it('is the same below every credential issuer, and below nothing else', async () => {
    const [root, below] = [await get(METADATA), await get(`${METADATA}/institutions/${SLUG}`)];
    expect(below.body).toBe(root.body);
    expect((await get(`${METADATA}/institutions/specimen-nobody`)).statusCode).toBe(404);
  });

  it('shows no private key', async () => {
    const { keys } = (await get('/oauth/jwks')).json();
    expect(keys).toHaveLength(1);
    expect(keys[0]).toMatchObject({ kty: 'OKP', crv: 'Ed25519' });
    expect(keys[0].d).toBeUndefined();
  });
});

describe('another name', () => {
  it.each(['evil.example', 'localhost.evil.example', 'evil.example:80', 'localhost@evil.example'])(
    'Host: %s is refused, and is in no answer',
    async (host) => {
      for (const url of [METADATA, '/oauth/jwks', `${METADATA}/institutions/${SLUG}`, '/oauth/authorize']) {
        const answer = await get(url, { host, accept: 'application/json' });
        expect([url, answer.statusCode]).toEqual([url, 421]);
        expect(answer.body).not.toContain('evil');
        expect(answer.json().error).toBe('invalid_request');
      }
    },
  );

  it('X-Forwarded-Host and its like say nothing here', async () => {
    const headers = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      forwarded: 'host=evil.example',
    };
    expect((await get(METADATA, headers)).body).not.toContain('evil');
    const answer = await get('/oauth/jwks', headers);
    expect([answer.statusCode, JSON.stringify(answer.headers)]).toEqual([200, expect.not.stringContaining('evil')]);
  });

  it('on a public address only that one is answered', async () => {
    const { createStub } = await import('../api/support/stub.ts');
    const { app } = await createStub({ publicUrl: 'https://badges.example.edu' });
    const status = async (host: string) => (await app.inject({ url: METADATA, headers: { host } })).statusCode;
    expect(await status('badges.example.edu')).toBe(200);
    expect(await status('BADGES.example.edu:443')).toBe(200);
    for (const host of ['localhost', '127.0.0.1', 'badges.example.edu:8443', 'x.badges.example.edu']) {
      expect([host, await status(host)]).toEqual([host, 421]);
    }
    await app.close();
  });
});

describe('errors have the shape of RFC 6749', () => {
  it.each([
    ['no body', {}, 400],
    ['JSON', { payload: { grant_type: PRE_AUTHORIZED } }, 415],
    ['no form at all', { payload: 'x', headers: { 'content-type': 'text/plain' } }, 415],
  ])('%s', async (_, more, status) => {
    const answer = await world.server.inject({ method: 'POST', url: '/oauth/token', ...more });
    expect([answer.statusCode, answer.json().error]).toEqual([status, 'invalid_request']);
  });

  it.each([
    ['an unknown grant', { grant_type: 'password', client_id: 'x' }, 'invalid_client'],
    ['an own name for a grant', { grant_type: '__proto__', client_id: 'x' }, 'invalid_client'],
    ['no grant', { client_id: 'x' }, 'invalid_client'],
  ])('%s', async (_, fields, error) => {
    const { status, body } = await form(world, '/oauth/token', fields as Record<string, string>);
    expect([status, body.error]).toEqual([401, error]);
  });

  it('another method', async () => {
    const answer = await get('/oauth/token', { accept: 'application/json' });
    expect([answer.statusCode, answer.json().error, answer.headers.allow]).toEqual([405, 'invalid_request', 'POST']);
  });

  it('descriptions have no character that RFC 6749 does not allow', async () => {
    const { body } = await form(world, '/oauth/token', { grant_type: PRE_AUTHORIZED, 'pre-authorized_code': 'ñ"\\' });
    expect(body.error_description).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]*$/);
  });
});

describe('registration', () => {
  it('is open to public clients, and says what was registered', async () => {
    const { status, body } = await register(world, { software_id: 'x', scope: 'everything' });
    expect([status, body]).toEqual([
      201,
      {
        ...{ client_id: expect.stringMatching(/^tatak-wallet\./), client_id_issued_at: expect.any(Number) },
        ...{ client_name: 'Specimen Wallet', redirect_uris: ['https://wallet.example/callback'] },
        ...{ grant_types: ['authorization_code'], response_types: ['code'], token_endpoint_auth_method: 'none' },
        authorization_details_types: ['openid_credential'],
      },
    ]);
  });

  it.each([
    ['client credentials', { grant_types: ['client_credentials'] }],
    ['client credentials among others', { grant_types: ['authorization_code', 'client_credentials'] }],
    ['the implicit grant', { grant_types: ['implicit'] }],
    ['an ID token', { response_types: ['id_token'] }],
    ['a secret', { token_endpoint_auth_method: 'client_secret_basic' }],
    ['a key of its own', { token_endpoint_auth_method: 'private_key_jwt' }],
    ['a name that turns around', { client_name: 'Bank \u202ekcolb' }],
    ['a name that is a list', { client_name: ['x'] }],
    ['a long name', { client_name: 'x'.repeat(61) }],
  ])('refuses %s', async (_, more) => {
    const { status, body } = await register(world, more);
    expect([status, body.error]).toEqual([400, 'invalid_client_metadata']);
  });

  it.each([
    ['none', []],
    ['no list', 'https://wallet.example'],
    ['http elsewhere', ['http://wallet.example/cb']],
    ['a fragment', ['https://wallet.example/cb#x']],
    ['a user name', ['https://wallet.example@evil.example/']],
    ['a wildcard', ['https://*.example/cb']],
    ['a script', ['javascript:alert(1)']],
    ['data', ['data:text/html,x']],
    ['a scheme that is nobody’s', ['wallet://cb']],
    ['a relative address', ['/cb']],
    ['six', Array.from({ length: 6 }, (_, n) => `https://wallet.example/${n}`)],
  ])('refuses as redirect_uris %s', async (_, uris) => {
    const { status, body } = await register(world, { redirect_uris: uris });
    expect([status, body.error]).toEqual([400, 'invalid_redirect_uri']);
  });

  it('takes apps and this machine', async () => {
    const uris = ['com.example.wallet:/cb', 'http://127.0.0.1:3000/cb', 'http://[::1]/cb'];
    expect((await register(world, { redirect_uris: uris })).status).toBe(201);
  });
});

describe('what a stolen database shows', () => {
  it('has no code, token, grant or offer in clear, and none that a digest of it would open', async () => {
    const offerId = anOffer();
    const code = await codeFor(offerId);
    const { body } = await redeem(world, code);
    const second = await codeFor(offerId);
    const { reader } = world.app.storage;
    const rows = [
      await reader.oauthRecord('PreAuthorizedCode', sha256Hex(code)),
      await reader.oauthRecord('PreAuthorizedCode', sha256Hex(second)),
      await reader.oauthRecord('AccessToken', sha256Hex(body.access_token)),
    ];
    const text = JSON.stringify(rows);
    for (const secret of [code, second, body.access_token, offerId, SLUG]) expect(text).not.toContain(secret);
    expect(rows.every((row) => row !== undefined)).toBe(true);
    expect((await redeem(world, rows[1]!.idSha256)).body.error).toBe('invalid_grant');
    const digest = rows[2]!.idSha256;
    expect(await world.app.oauth.walletToken(bearer(digest), world.issuer)).toBeUndefined();
    const key = await reader.oauthKey();
    expect(key?.wrappedPrivateKey).toMatch(/^[\w-]{16}\.[\w-]{64,}$/);
  });

  it('opens no record that was moved to another place', async () => {
    const [one, two] = [await codeFor(), await codeFor()];
    const { reader, transactor } = world.app.storage;
    const row = await reader.oauthRecord('PreAuthorizedCode', sha256Hex(one));
    await transactor.commit([{ op: 'oauth.upsert', row: { ...row!, idSha256: sha256Hex(two) } }]);
    expect((await redeem(world, two)).status).toBe(500);
    expect((await redeem(world, one)).status).toBe(200);
  });
});

describe('guessing (PR-4)', () => {
  it('hits nothing and is slowed down, while others are served', async () => {
    const own = await openWorld({ rateLimits: { address: 1e9, key: 1e9, expensive: 1e9 } });
    const code = await own.app.oauth.createPreAuthorizedCode({ tenant: SLUG, offerId: anOffer(), needsTxCode: false });
    const guess = (n: number) => code.slice(0, -4) + String(n).padStart(4, '0');
    const statuses = new Map<number, number>();
    for (let n = 0; n < 1_000; n += 1) {
      const { status, body } = await redeem(own, guess(n));
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status === 429) expect(body.error).toBe('temporarily_unavailable');
    }
    expect(statuses.get(200)).toBeUndefined();
    // Sixty a minute and the one that is found to be too many, whether or not a minute ends meanwhile.
    expect(statuses.get(400)).toBeLessThanOrEqual(2 * 61);
    expect(statuses.get(429)).toBeGreaterThanOrEqual(1_000 - 2 * 61);
    const elsewhere = await own.server.inject({
      ...{ method: 'POST', url: '/oauth/token', remoteAddress: '192.0.2.7' },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ grant_type: PRE_AUTHORIZED, 'pre-authorized_code': code }).toString(),
    });
    expect(elsewhere.statusCode).toBe(200);
    await own.close();
  });
});

it('answers over a real socket as well', async () => {
  const code = await codeFor();
  const payload = new URLSearchParams({ grant_type: PRE_AUTHORIZED, 'pre-authorized_code': code }).toString();
  const answer = await new Promise<{ status: number; text: string }>((resolve, reject) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(payload.length) };
    const sent = httpRequest(`${world.publicUrl}/oauth/token`, { method: 'POST', headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode!, text }));
    });
    sent.on('error', reject).end(payload);
  });
  expect([answer.status, JSON.parse(answer.text).token_type]).toEqual([200, 'bearer']);
});
