import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anOffer, bearer, form, openWorld, redeem, SLUG } from './support/world.ts';

type World = Awaited<ReturnType<typeof openWorld>>;

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await world.institution('specimen-other');
});
afterAll(() => world.close());

interface Made {
  client: { clientId: string; institution: string; role: string };
  secret: string;
}

async function system(role: string, institution = SLUG): Promise<Made> {
  const body = { institution, role, label: 'learning management' };
  const made = await world.call<Made>('POST', '/v1/oauth-clients', { key: world.operatorKey, body });
  if (made.status !== 201) throw new Error(made.text);
  return made.body;
}

const basic = ({ client, secret }: Made) => ({
  authorization: `Basic ${Buffer.from(`${client.clientId}:${secret}`).toString('base64')}`,
});
const ask = (headers: Record<string, string>, more: Record<string, string> = {}) =>
  form(world, '/oauth/token', { grant_type: 'client_credentials', ...more }, headers);
const list = (authorization: string, url = '/v1/achievements') =>
  world.call<{ items: unknown[] }>('GET', url, { headers: { authorization } });

describe('a system of an institution', () => {
  it('gets a token for /v1 that has the permissions of its role, in its institution', async () => {
    const { body, status } = await ask(basic(await system('issuer')));
    expect([status, body]).toEqual([
      200,
      { access_token: expect.stringMatching(/^[\w-]{43}$/), token_type: 'bearer', expires_in: 600 },
    ]);
    const token = bearer(body.access_token);
    expect((await list(token)).status).toBe(200);
    expect((await list(token, '/v1/institutions/specimen-other')).status).toBe(404);
    expect((await list(token, '/v1/institutions')).status).toBe(403);
    expect((await list(token, '/v1/audit')).status).toBe(403);
  });

  it('may send its secret in the form, and name the resource', async () => {
    const { client, secret } = await system('auditor');
    const fields = { client_id: client.clientId, client_secret: secret, resource: `${world.publicUrl}/v1` };
    const { body, status } = await ask({}, fields);
    expect(status).toBe(200);
    expect((await list(bearer(body.access_token), '/v1/audit')).status).toBe(200);
  });

  it.each(['resource', 'audience of a wallet'])('gets no token for another %s', async (what) => {
    const resource = what === 'resource' ? 'https://elsewhere.example/v1' : world.issuer;
    const { body, status } = await ask(basic(await system('issuer')), { resource });
    expect([status, body.error]).toEqual([400, 'invalid_target']);
  });

  it.each([
    ['a wrong secret', (made: Made) => basic({ ...made, secret: 'x'.repeat(43) })],
    ['the digest of the secret', (made: Made) => basic({ ...made, secret: 'ab'.repeat(32) })],
    [
      'an unknown id',
      ({ secret }: Made) => basic({ client: { clientId: `tatak-system-${anOffer()}` } as never, secret }),
    ],
  ])('is refused with %s', async (_, headers) => {
    const { body, status } = await ask(headers(await system('issuer')));
    expect([status, body.error]).toEqual([401, 'invalid_client']);
  });

  it('is refused without a secret, and for any other grant', async () => {
    const { client, secret } = await system('issuer');
    expect((await ask({}, { client_id: client.clientId })).body.error).toBe('invalid_client');
    const code = await world.app.oauth.createPreAuthorizedCode({
      tenant: SLUG,
      offerId: anOffer(),
      needsTxCode: false,
    });
    expect((await redeem(world, code, { client_id: client.clientId, client_secret: secret })).status).toBe(400);
    expect((await redeem(world, code)).status).toBe(200);
  });

  it('loses its tokens when it is revoked', async () => {
    const made = await system('issuer');
    const { body } = await ask(basic(made));
    expect((await list(bearer(body.access_token))).status).toBe(200);
    const url = `/v1/oauth-clients/${made.client.clientId}`;
    expect((await world.call('DELETE', url, { key: world.operatorKey })).status).toBe(200);
    expect((await list(bearer(body.access_token))).status).toBe(401);
    expect((await ask(basic(made))).status).toBe(401);
  });

  it('gives a token back, with any hint', async () => {
    const made = await system('issuer');
    for (const hint of ['access_token', 'refresh_token', 'nonsense', '']) {
      const { body } = await ask(basic(made));
      const fields = { token: body.access_token, ...(hint ? { token_type_hint: hint } : {}) };
      expect((await form(world, '/oauth/revocation', fields, basic(made))).status).toBe(200);
      expect((await list(bearer(body.access_token))).status).toBe(401);
    }
  });

  it('cannot give back what is somebody else’s', async () => {
    const [one, two] = [await system('issuer'), await system('issuer')];
    const { body } = await ask(basic(one));
    await form(world, '/oauth/revocation', { token: body.access_token }, basic(two));
    expect((await list(bearer(body.access_token))).status).toBe(200);
  });

  it('is no person, so nothing of two persons is decided by it', async () => {
    for (const role of ['approver', 'operator', 'wizard']) {
      const body = { institution: SLUG, role, label: 'x' };
      expect((await world.call('POST', '/v1/oauth-clients', { key: world.operatorKey, body })).status).toBe(400);
    }
  });
});

describe('audiences are kept apart (PR-7, AU-1)', () => {
  it('a token of a wallet is nothing at /v1, and one of a system nothing at a credential issuer', async () => {
    const code = await world.app.oauth.createPreAuthorizedCode({
      tenant: SLUG,
      offerId: anOffer(),
      needsTxCode: false,
    });
    const wallet = (await redeem(world, code)).body.access_token;
    const own = (await ask(basic(await system('issuer')))).body.access_token;
    const { oauth } = world.app;
    expect((await list(bearer(wallet))).status).toBe(401);
    expect(await oauth.systemPrincipal(bearer(wallet))).toBeUndefined();
    expect(await oauth.walletToken(bearer(own), world.issuer)).toBeUndefined();
    expect(await oauth.walletToken(bearer(wallet), world.issuer)).toBeDefined();
    expect(await oauth.walletToken(bearer(wallet), `${world.publicUrl}/institutions/specimen-other`)).toBeUndefined();
  });

  it('and neither is anything to the VC API', async () => {
    const own = (await ask(basic(await system('issuer')))).body.access_token;
    const answer = await world.call('POST', '/vc-api/challenges', { headers: { authorization: bearer(own) } });
    expect(answer.status).toBe(401);
  });
});
