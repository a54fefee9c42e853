import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newBrowser, type Page } from './support/browser.ts';
import { type Offered, offering } from './support/offers.ts';
import { authorization, authorizeUrl, pkce, REDIRECT, register, tokenByCode } from './support/wallet.ts';
import { anOffer, bearer, form, openWorld, PRE_AUTHORIZED, redeem, SLUG } from './support/world.ts';

/** Two institutions, two wallets, one authorisation server: what belongs to one is nothing to the other (PR-7). */
type World = Awaited<ReturnType<typeof openWorld>>;

const OTHER = 'specimen-other';
const CHERRY = 'https://cherry.example/callback';

let world: World;
let here: Awaited<ReturnType<typeof offering>>;
let amber: string;
let cherry: string;

beforeAll(async () => {
  world = await openWorld({ rateLimits: { address: 1e9, key: 1e9, expensive: 1e9, guesses: 1e9 } });
  await world.institution(OTHER);
  here = await offering(world, await world.key(SLUG, 'issuer'));
  amber = (await register(world, { client_name: 'Amber' })).body.client_id;
  cherry = (await register(world, { client_name: 'Cherry', redirect_uris: [CHERRY] })).body.client_id;
});
afterAll(() => world.close());

const issuerOf = (slug: string) => `${world.publicUrl}/institutions/${slug}`;

/** As far as a code in the hands of whoever reads the redirect. */
async function codeFor(offer: Offered, client: string, redirect: string, challenge: string): Promise<URL> {
  const who = newBrowser(world);
  const params = authorization(client, offer.secret, challenge, { redirect_uri: redirect });
  const begun = await who.get(authorizeUrl(params));
  const page = await who.confirm(await who.get(begun.location!), offer.email);
  const back = await who.get((await who.submit(page, 'allow')).location!);
  return new URL(back.location!);
}

describe('codes of one wallet injected into another', () => {
  it('are refused by client, by verifier and by address, also when both are honest', async () => {
    const [mine, theirs] = [pkce(), pkce()];
    const stolen = await codeFor(await here(), amber, REDIRECT, mine.challenge);
    const code = stolen.searchParams.get('code')!;
    for (const fields of [
      // The attacker's own wallet, and the victim's id with what the attacker's session would have.
      { client_id: cherry, code, code_verifier: mine.verifier, redirect_uri: CHERRY },
      { client_id: cherry, code, code_verifier: mine.verifier, redirect_uri: REDIRECT },
      { client_id: amber, code, code_verifier: theirs.verifier, redirect_uri: REDIRECT },
      { client_id: amber, code, code_verifier: mine.challenge, redirect_uri: REDIRECT },
      { client_id: amber, code, code_verifier: mine.verifier, redirect_uri: CHERRY },
    ]) {
      const { status, body } = await tokenByCode(world, fields);
      expect([status, body.error]).toEqual([400, 'invalid_grant']);
    }
    const fields = { client_id: amber, code, code_verifier: mine.verifier };
    expect((await tokenByCode(world, fields)).status).toBe(200);
  });

  it('a wallet’s id does not open another’s address, pushed or not', async () => {
    const offer = await here();
    const params = authorization(amber, offer.secret, pkce().challenge, { redirect_uri: CHERRY });
    const page = await newBrowser(world).get(authorizeUrl(params));
    expect([page.status, page.location]).toEqual([400, undefined]);
    const pushed = await form(world, '/oauth/par', params);
    expect([pushed.status, pushed.body.error]).toEqual([400, 'invalid_request']);
  });

  it('what one pushed is not another’s to use', async () => {
    const offer = await here();
    const pushed = await form(world, '/oauth/par', authorization(amber, offer.secret, pkce().challenge));
    const { request_uri } = pushed.body;
    const page: Page = await newBrowser(world).get(authorizeUrl({ client_id: cherry, request_uri }));
    expect([page.status, page.location]).toEqual([400, undefined]);
  });

  it('what was pushed cannot be changed by the address that uses it', async () => {
    const offer = await here();
    const mine = pkce();
    const params = authorization(amber, offer.secret, mine.challenge);
    const { request_uri } = (await form(world, '/oauth/par', params)).body;
    const who = newBrowser(world);
    const other = { redirect_uri: CHERRY, code_challenge: pkce().challenge, state: 'T' };
    const begun = await who.get(authorizeUrl({ client_id: amber, request_uri, ...other }));
    const page = await who.confirm(await who.get(begun.location!), offer.email);
    expect(page.text).not.toContain('cherry.example');
    const back = new URL((await who.get((await who.submit(page, 'allow')).location!)).location!);
    expect([back.origin + back.pathname, back.searchParams.get('state')]).toEqual([REDIRECT, 'S']);
    const fields = { client_id: amber, code: back.searchParams.get('code')!, code_verifier: mine.verifier };
    expect((await tokenByCode(world, fields)).status).toBe(200);
  });
});

describe('PKCE', () => {
  it('cannot be left out: neither by a wallet nor by who stands between', async () => {
    const offer = await here();
    const { code_challenge: _, code_challenge_method: __, ...bare } = authorization(amber, offer.secret, 'x');
    expect((await newBrowser(world).get(authorizeUrl(bare))).status).toBe(400);
    expect((await form(world, '/oauth/par', bare)).body.error).toBe('invalid_request');
    // A challenge of the wrong size is none.
    for (const challenge of ['', 'x', 'x'.repeat(129), 'é'.repeat(43)]) {
      const params = authorization(amber, offer.secret, challenge);
      expect([challenge, (await newBrowser(world).get(authorizeUrl(params))).status]).toEqual([challenge, 400]);
    }
  });
});

describe('two institutions', () => {
  it('a token of one is none at the other, at /v1 or at no address at all', async () => {
    const code = await world.app.oauth.createPreAuthorizedCode({
      tenant: SLUG,
      offerId: anOffer(),
      needsTxCode: false,
    });
    const { body } = await redeem(world, code);
    const token = bearer(body.access_token);
    expect(await world.app.oauth.walletToken(token, issuerOf(SLUG))).toMatchObject({ tenant: SLUG });
    for (const audience of [issuerOf(OTHER), world.publicUrl, `${world.publicUrl}/v1`, `${issuerOf(SLUG)}/`, '']) {
      expect([audience, await world.app.oauth.walletToken(token, audience)]).toEqual([audience, undefined]);
    }
    expect(await world.app.oauth.systemPrincipal(token)).toBeUndefined();
  });

  it('each names the same server, which names itself in every answer', async () => {
    const server = (await world.call<{ issuer: string }>('GET', '/.well-known/oauth-authorization-server')).body;
    for (const slug of [SLUG, OTHER]) {
      const { body } = await world.call<{ authorization_servers: string[]; credential_issuer: string }>(
        'GET',
        `/.well-known/openid-credential-issuer/institutions/${slug}`,
      );
      expect([body.credential_issuer, body.authorization_servers]).toEqual([issuerOf(slug), [server.issuer]]);
    }
    const back = await codeFor(await here(), amber, REDIRECT, pkce().challenge);
    expect(back.searchParams.getAll('iss')).toEqual([server.issuer]);
  });

  it('a code for one buys nothing for the other, and is used up by that', async () => {
    const mine = pkce();
    const code = (await codeFor(await here(), amber, REDIRECT, mine.challenge)).searchParams.get('code')!;
    const fields = { client_id: amber, code, code_verifier: mine.verifier };
    const crossed = await tokenByCode(world, { ...fields, resource: issuerOf(OTHER) });
    expect([crossed.status, crossed.body.error]).toEqual([400, 'invalid_target']);
    const late = await tokenByCode(world, { ...fields, resource: issuerOf(SLUG) });
    expect([late.status, late.body.error]).toEqual([400, 'invalid_grant']);
    const again = pkce();
    const next = (await codeFor(await here(), amber, REDIRECT, again.challenge)).searchParams.get('code')!;
    const good = { client_id: amber, code: next, code_verifier: again.verifier, resource: issuerOf(SLUG) };
    const { body } = await tokenByCode(world, good);
    expect(await world.app.oauth.walletToken(bearer(body.access_token), issuerOf(OTHER))).toBeUndefined();
    expect(await world.app.oauth.walletToken(bearer(body.access_token), issuerOf(SLUG))).toBeDefined();
  });
});

describe('a wallet in a browser', () => {
  const origin = 'https://wallet.example';
  const preflight = (url: string, method = 'POST') =>
    world.server.inject({ method: 'OPTIONS', url, headers: { origin, 'access-control-request-method': method } });

  it('may ask what wallets ask, without cookies', async () => {
    const open: [string, string][] = [
      ...['token', 'par', 'revocation', 'register'].map((one): [string, string] => [`/oauth/${one}`, 'POST']),
      ...['nonce', 'credential'].map((one): [string, string] => [`/institutions/${SLUG}/oid4vci/${one}`, 'POST']),
      ['/.well-known/oauth-authorization-server', 'GET'],
      [`/.well-known/openid-credential-issuer/institutions/${SLUG}`, 'GET'],
    ];
    for (const [url, method] of open) {
      const { statusCode, headers } = await preflight(url, method);
      expect([url, statusCode, headers['access-control-allow-origin']]).toEqual([url, 204, '*']);
      expect(headers['access-control-allow-methods']).toContain(method);
      expect(headers['access-control-allow-headers']).toContain('Content-Type');
      expect(headers['access-control-allow-credentials']).toBeUndefined();
    }
    for (const fields of [{ grant_type: PRE_AUTHORIZED }, { grant_type: PRE_AUTHORIZED, 'pre-authorized_code': 'x' }]) {
      const { status, headers } = await form(world, '/oauth/token', fields as Record<string, string>, { origin });
      expect([status, headers['access-control-allow-origin']]).toEqual([400, '*']);
    }
  });

  it('but sees nothing of the pages of the learner', async () => {
    const offer = await here();
    const who = newBrowser(world);
    const begun = await who.get(authorizeUrl(authorization(amber, offer.secret, pkce().challenge)), { origin });
    expect(begun.headers['access-control-allow-origin']).toBeUndefined();
    const page = await who.get(begun.location!, { origin });
    expect([page.status, page.headers['access-control-allow-origin']]).toEqual([200, undefined]);
    for (const url of ['/oauth/authorize', begun.location!]) {
      expect((await preflight(url)).headers['access-control-allow-origin']).toBeUndefined();
    }
  });
});

describe('what operators see', () => {
  it('is how often what was asked and answered, by words of ours', async () => {
    const code = await world.app.oauth.createPreAuthorizedCode({
      tenant: SLUG,
      offerId: anOffer(),
      needsTxCode: false,
    });
    await redeem(world, code);
    await redeem(world, code);
    await form(world, '/oauth/token', { grant_type: 'made-up"} 1\nx', client_id: amber });
    const { text } = await world.call('GET', '/metrics', { key: world.operatorKey });
    const of = (grant: string, outcome: string) =>
      new RegExp(`^tatak_oauth_requests_total\\{route="token",grant="${grant}",outcome="${outcome}"\\} [1-9]`, 'm');
    expect(text).toMatch(of('pre-authorized_code', 'ok'));
    expect(text).toMatch(of('pre-authorized_code', 'invalid_grant'));
    expect(text).toMatch(of('authorization_code', 'ok'));
    expect(text).toMatch(of('other', '[a-z_]+'));
    expect(text).toMatch(/^tatak_oauth_requests_total\{route="resume",grant="none",outcome="ok"\} [1-9]/m);
    expect(text).not.toContain('made-up');
  });
});
