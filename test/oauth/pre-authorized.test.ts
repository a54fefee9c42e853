import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { offering } from './support/offers.ts';
import { anOffer, bearer, form, openWorld, PRE_AUTHORIZED, redeem, SLUG } from './support/world.ts';

type World = Awaited<ReturnType<typeof openWorld>>;

let offered: Awaited<ReturnType<typeof offering>>;
let world: World;
beforeAll(async () => {
  world = await openWorld({ rateLimits: { address: 1e9, key: 1e9, expensive: 1e9, guesses: 1e9 } });
  offered = await offering(world, await world.key(SLUG, 'issuer'));
});
afterAll(() => world.close());

const codeFor = (offerId: string, needsTxCode = false) =>
  world.app.oauth.createPreAuthorizedCode({ tenant: SLUG, offerId, needsTxCode });
const tokenOf = (access: string, issuer = world.issuer) => world.app.oauth.walletToken(bearer(access), issuer);

describe('a pre-authorised code', () => {
  it('is redeemed by a wallet nobody knows, for a token of its offer', async () => {
    const offerId = anOffer();
    const { status, body, headers } = await redeem(world, await codeFor(offerId));
    expect([status, body]).toEqual([
      200,
      { access_token: expect.stringMatching(/^[\w-]{43}$/), token_type: 'bearer', expires_in: 600 },
    ]);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(await tokenOf(body.access_token)).toEqual({
      tenant: SLUG,
      offerId,
      grant: 'pre-authorized_code',
      tokenSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('takes the name a wallet gives itself, and the credential issuer as resource', async () => {
    const offerId = anOffer();
    const { body } = await redeem(world, await codeFor(offerId), {
      client_id: 'a wallet'.replace(' ', '-'),
      resource: world.issuer,
    });
    expect(await tokenOf(body.access_token)).toMatchObject({ offerId, clientId: 'a-wallet' });
  });

  it('answers authorization_details with identifiers', async () => {
    const offerId = anOffer();
    const details = JSON.stringify([{ type: 'openid_credential', credential_configuration_id: 'OpenBadge', x: 1 }]);
    const { status, body } = await redeem(world, await codeFor(offerId), { authorization_details: details });
    const identifiers = [`${offerId}.OpenBadge`];
    expect([status, body.authorization_details ?? body]).toEqual([
      200,
      [{ type: 'openid_credential', credential_configuration_id: 'OpenBadge', credential_identifiers: identifiers }],
    ]);
    expect((await tokenOf(body.access_token))?.credentialIdentifiers).toEqual(identifiers);
  });

  it.each([
    ['no JSON', '{'],
    ['no list', '{"type":"openid_credential","credential_configuration_id":"a"}'],
    ['another type', '[{"type":"payment"}]'],
    ['no configuration', '[{"type":"openid_credential"}]'],
    ['a configuration that is no text', '[{"type":"openid_credential","credential_configuration_id":{}}]'],
  ])('keeps after details with %s', async (_, details) => {
    const code = await codeFor(anOffer());
    const refused = await redeem(world, code, { authorization_details: details });
    expect([refused.status, refused.body.error]).toEqual([400, 'invalid_authorization_details']);
    expect((await redeem(world, code)).status).toBe(200);
  });

  it('gives one token to 50 at once (PR-4)', async () => {
    const code = await codeFor(anOffer());
    const answers = await Promise.all(Array.from({ length: 50 }, () => redeem(world, code)));
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    for (const { status, body } of answers.filter((one) => one !== won[0])) {
      expect([status, body.error]).toEqual([400, 'invalid_grant']);
    }
  });

  it('that is shown again takes the token with it, and no other', async () => {
    const offerId = anOffer();
    const [one, two] = [await codeFor(offerId), await codeFor(offerId)];
    const [first, second] = [await redeem(world, one), await redeem(world, two)];
    expect(await tokenOf(first.body.access_token)).toBeDefined();
    expect((await redeem(world, one, { client_id: 'somebody-else' })).body.error).toBe('invalid_grant');
    expect(await tokenOf(first.body.access_token)).toBeUndefined();
    expect(await tokenOf(second.body.access_token)).toBeDefined();
  });

  it.each([
    ['unknown', () => redeem(world, 'A'.repeat(43)), 'invalid_grant'],
    ['no code at all', () => form(world, '/oauth/token', { grant_type: PRE_AUTHORIZED }), 'invalid_request'],
    ['no text', () => redeem(world, '\0'), 'invalid_grant'],
  ])('refuses %s', async (_, ask, error) => {
    const { status, body } = await ask();
    expect([status, body.error]).toEqual([400, error]);
  });

  it('refuses two codes at once', async () => {
    const [one, two] = [await codeFor(anOffer()), await codeFor(anOffer())];
    const twice = await form(world, '/oauth/token', [
      ['grant_type', PRE_AUTHORIZED],
      ['pre-authorized_code', one],
      ['pre-authorized_code', two],
    ]);
    expect([twice.status, twice.body.error]).toEqual([400, 'invalid_request']);
  });
});

describe('a code with tx_code', () => {
  const wrongOf = (txCode: string, n: number) => String((Number(txCode) + 1 + n) % 1_000_000).padStart(6, '0');
  const triesOf = async (offerId: string) => (await world.app.offers.byId(offerId))!.tries;

  it('needs it, and is not used up without it or by a wrong one', async () => {
    const { offerId, txCode } = await offered('txCode');
    const code = await codeFor(offerId, true);
    expect((await redeem(world, code)).body.error).toBe('invalid_request');
    expect((await redeem(world, code, { tx_code: '' })).body.error).toBe('invalid_request');
    expect((await redeem(world, code, { tx_code: wrongOf(txCode, 0) })).body.error).toBe('invalid_grant');
    expect((await redeem(world, code, { tx_code: txCode })).status).toBe(200);
    expect(await triesOf(offerId)).toBe(1);
  });

  it('refuses one that nobody asked for', async () => {
    const code = await codeFor(anOffer());
    expect((await redeem(world, code, { tx_code: '1' })).body.error).toBe('invalid_request');
    expect((await redeem(world, code)).status).toBe(200);
  });

  it('dies with the offer after five, over all its codes (PR-6)', async () => {
    const { offerId, txCode } = await offered('txCode');
    const codes = await Promise.all(Array.from({ length: 3 }, () => codeFor(offerId, true)));
    const wrong = (code: string, n: number) => redeem(world, code, { tx_code: wrongOf(txCode, n) });
    await Promise.all(Array.from({ length: 30 }, (_, n) => wrong(codes[n % 3]!, n)));
    expect(await triesOf(offerId)).toBe(5);
    expect((await world.app.offers.byId(offerId))!.state).toBe('locked');
    expect((await redeem(world, codes[0]!, { tx_code: txCode })).body.error).toBe('invalid_grant');
  });
});
