import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newBrowser, type Page } from './support/browser.ts';
import { type Offered, offering } from './support/offers.ts';
import { authorization, authorizeUrl, pkce, REDIRECT, register, tokenByCode } from './support/wallet.ts';
import { bearer, form, openWorld, SLUG } from './support/world.ts';

type World = Awaited<ReturnType<typeof openWorld>>;

const AMIHAN = 'amihan@students.example';
const BAYANI = 'bayani@students.example';

let world: World;
let offered: Awaited<ReturnType<typeof offering>>;
let clientId: string;

beforeAll(async () => {
  const rateLimits = { address: 1e9, key: 1e9, expensive: 1e9, guesses: 1e9 };
  world = await openWorld({ rateLimits });
  offered = await offering(world, await world.key(SLUG, 'issuer'));
  await world.institution('specimen-other');
  clientId = (await register(world)).body.client_id;
});
afterAll(() => world.close());

const start = (secret: string, challenge: string, more: object = {}, who = newBrowser(world)) =>
  who.get(authorizeUrl(authorization(clientId, secret, challenge, more)));

/** All of the way with the learner's agreement: the answer to the wallet. */
async function agreed({ secret, email }: Pick<Offered, 'secret' | 'email'>, more: object = {}) {
  const { verifier, challenge } = pkce();
  const who = newBrowser(world);
  const begun = await start(secret, challenge, more, who);
  const page = await who.confirm(await who.get(begun.location!), email);
  const decided = await who.submit(page, 'allow');
  const back = await who.get(decided.location!);
  return { verifier, back: new URL(back.location!), who, page };
}

const JSON_PLEASE = { accept: 'application/json' };
const errorHere = ({ text }: Page) => JSON.parse(text).error;
const errorOf = (page: Page) => {
  const { search, hash } = new URL(page.location ?? 'x:none');
  return new URLSearchParams(search || hash.slice(1)).get('error');
};

describe('authorization code', () => {
  it('leads over the learner’s agreement to a token of the offer', async () => {
    const badge = await offered();
    const { offerId } = badge;
    const { back, verifier, page, who } = await agreed(badge);
    expect(page.text).toContain('Specimen Wallet');
    expect(page.text).toContain('https://wallet.example');
    expect(page.text).toContain('SPECIMEN Data &lt;b&gt;Literacy');
    expect(page.headers['content-security-policy']).toContain("form-action 'self' https://wallet.example;");
    expect(back.origin + back.pathname).toBe(REDIRECT);
    expect([...back.searchParams.keys()].sort()).toEqual(['code', 'iss', 'state']);
    expect([back.searchParams.get('state'), back.searchParams.get('iss')]).toEqual(['S', world.publicUrl]);
    const code = back.searchParams.get('code')!;
    const { status, body } = await tokenByCode(world, { client_id: clientId, code, code_verifier: verifier });
    expect([status, body]).toEqual([
      200,
      { access_token: expect.any(String), token_type: 'bearer', expires_in: 600, scope: 'badge' },
    ]);
    expect(await world.app.oauth.walletToken(bearer(body.access_token), world.issuer)).toMatchObject({
      ...{ tenant: SLUG, offerId, grant: 'authorization_code', clientId },
    });
    // Cookies of the browser: of its own paths, for no script, and none that stays signed in.
    const library = who.cookies.filter(({ name }) => name.startsWith('_'));
    expect(library.every(({ name }) => name.startsWith('_interaction'))).toBe(true);
    for (const { flags, path } of library) {
      expect(flags).toMatch(/httponly/);
      expect(flags).toMatch(/samesite=lax/);
      expect(path).toMatch(/^\/oauth\/(?:interaction|authorize)\//);
    }
  });

  it('works by a pushed request, with authorization_details', async () => {
    const { offerId, secret, email } = await offered();
    const { verifier, challenge } = pkce();
    const details = [{ type: 'openid_credential', credential_configuration_id: 'badge.ldp_vc' }];
    const { scope: _, ...params } = authorization(clientId, secret, challenge, {
      authorization_details: JSON.stringify(details),
      resource: world.issuer,
    });
    const pushed = await form(world, '/oauth/par', params);
    expect([pushed.status, pushed.body]).toEqual([
      201,
      { request_uri: expect.stringMatching(/^urn:/), expires_in: 60 },
    ]);
    const who = newBrowser(world);
    const url = authorizeUrl({ client_id: clientId, request_uri: pushed.body.request_uri });
    const begun = await who.get(url);
    const page = await who.confirm(await who.get(begun.location!), email);
    const back = new URL((await who.get((await who.submit(page, 'allow')).location!)).location!);
    const code = back.searchParams.get('code')!;
    const { status, body } = await tokenByCode(world, {
      client_id: clientId,
      code,
      code_verifier: verifier,
      resource: world.issuer,
    });
    const granted = [{ ...details[0], credential_identifiers: [`${offerId}.badge.ldp_vc`] }];
    expect([status, body.authorization_details]).toEqual([200, granted]);
    // Once.
    const again = await newBrowser(world).get(url, JSON_PLEASE);
    expect([again.status, errorHere(again)]).toEqual([400, 'invalid_request_uri']);
  });

  it('is refused by the learner', async () => {
    const { secret } = await offered();
    const { challenge } = pkce();
    const who = newBrowser(world);
    const page = await who.get((await start(secret, challenge, {}, who)).location!);
    const decided = await who.submit(page, 'deny');
    const back = await who.get(decided.location!);
    expect(errorOf(back)).toBe('access_denied');
    expect(new URL(back.location!).searchParams.get('iss')).toBe(world.publicUrl);
  });

  it('gives one token to 20 at once, and one that was used takes the tokens with it', async () => {
    const { back, verifier } = await agreed(await offered());
    const fields = { client_id: clientId, code: back.searchParams.get('code')!, code_verifier: verifier };
    const answers = await Promise.all(Array.from({ length: 20 }, () => tokenByCode(world, fields)));
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    await tokenByCode(world, fields);
    expect(await world.app.oauth.walletToken(bearer(won[0]!.body.access_token), world.issuer)).toBeUndefined();
  });
});

describe('offer injection (PR-5)', () => {
  it('somebody else’s wallet gets nothing without the owner of the address, who sees which wallet it is', async () => {
    const { secret } = await offered('email', AMIHAN);
    const { challenge } = pkce();
    // Bayani has the link, and an address of his own that he proves.
    const bayani = newBrowser(world);
    const page = await bayani.get((await start(secret, challenge, {}, bayani)).location!);
    expect(page.text).toContain('a•••@students.example');
    expect(page.text).not.toContain('value="allow"');
    const mine = await offered('email', BAYANI);
    const own = await bayani.get((await start(mine.secret, challenge, {}, bayani)).location!);
    const proven = await bayani.confirm(own, BAYANI);
    expect(proven.text).toContain('value="allow"');
    // With that session the other's badge is still not his to give, whatever he sends.
    const other = await bayani.get((await start(secret, challenge, {}, bayani)).location!);
    expect(other.text).not.toContain('value="allow"');
    const forced = await bayani.submit(other, 'allow');
    expect([forced.status, forced.location]).toEqual([403, undefined]);
    // What he agreed to for his own does not speak for hers.
    const done = await bayani.submit(proven, 'allow');
    expect(new URL((await bayani.get(done.location!)).location!).searchParams.get('code')).toBeTruthy();
    expect((await bayani.get((await start(secret, challenge, {}, bayani)).location!)).text).not.toContain(
      'value="allow"',
    );
  });

  it('a request slipped to somebody who has just shown her address does not pass without her', async () => {
    const first = await offered();
    const { who } = await agreed(first);
    const next = await offered('email', first.email);
    const { challenge } = pkce();
    const silent = await start(next.secret, challenge, { prompt: 'none' }, who);
    expect([silent.status, silent.location]).toEqual([400, undefined]);
    const begun = await start(next.secret, challenge, {}, who);
    expect(begun.location).toMatch(/^\/oauth\/interaction\//);
    // A page of somebody else cannot press the button for her.
    const page = await who.get(begun.location!);
    expect(page.text).toContain('value="allow"');
    const crossed = await who.submit(page, 'allow', {}, { 'sec-fetch-site': 'cross-site' });
    expect(crossed.status).toBe(403);
    const blind = await who.submit({ ...page, text: page.text.replace(/name="form" value="[^"]*"/, '') }, 'allow');
    expect(blind.status).toBe(403);
  });

  it('a page opens only in the browser that began', async () => {
    const { secret } = await offered();
    const { challenge } = pkce();
    const begun = await start(secret, challenge);
    const elsewhere = await newBrowser(world).get(begun.location!);
    expect(elsewhere.status).toBe(410);
    expect(elsewhere.text).toContain('This request of a wallet is over');
    expect((await newBrowser(world).get(`${begun.location}?lang=fil`)).text).toContain(
      'Tapos na ang kahilingang ito ng wallet',
    );
    const resumed = await newBrowser(world).get(begun.location!.replace('interaction', 'authorize'));
    expect([resumed.status, resumed.location]).toEqual([400, undefined]);
  });

  it('a badge without a recorded address is given to no wallet', async () => {
    const { secret } = await offered('none', '');
    const { challenge } = pkce();
    const who = newBrowser(world);
    const page = await who.get((await start(secret, challenge, {}, who)).location!);
    expect(page.text).toContain('recorded no address');
    expect((await who.submit(page, 'send')).status).toBe(400);
    expect((await who.submit(page, 'allow')).status).toBe(403);
  });
});

describe('requests that are not right', () => {
  it.each([
    ['a forged redirect_uri', { redirect_uri: 'https://evil.example/callback' }],
    ['a redirect_uri that begins right', { redirect_uri: `${REDIRECT}/../evil` }],
    ['one more parameter in redirect_uri', { redirect_uri: `${REDIRECT}?x=1` }],
    ['an unknown client', { client_id: 'nobody' }],
  ])('%s stays here', async (_, more) => {
    const { secret } = await offered();
    const { status, location, text } = await start(secret, pkce().challenge, more);
    expect([status, location]).toEqual([400, undefined]);
    expect(text).toContain('a wallet that is not known here');
    expect(text).not.toContain('="https://evil.example');
  });

  it('a client id with any character changed is nobody', async () => {
    const { secret } = await offered();
    for (const at of [14, 30, clientId.length - 2]) {
      const changed = clientId.slice(0, at) + (clientId[at] === 'A' ? 'B' : 'A') + clientId.slice(at + 1);
      const { status, location } = await start(secret, pkce().challenge, { client_id: changed });
      expect([status, location]).toEqual([400, undefined]);
    }
  });

  it.each([
    ['no PKCE', { code_challenge: '', code_challenge_method: '' }, 'invalid_request'],
    ['plain PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['PKCE without its method', { code_challenge_method: '' }, 'invalid_request'],
    ['the implicit flow', { response_type: 'token' }, 'unsupported_response_type'],
    ['an ID token', { response_type: 'id_token' }, 'unsupported_response_type'],
    ['no offer', { issuer_state: '' }, 'invalid_request'],
    ['an unknown offer', { issuer_state: 'x'.repeat(43) }, 'invalid_request'],
    ['the API of systems as resource', { resource: 'API' }, 'invalid_target'],
    ['a stranger as resource', { resource: 'https://elsewhere.example' }, 'invalid_target'],
    ['another credential issuer as resource (PR-7)', { resource: 'OTHER' }, 'invalid_target'],
    ['an answer by a form', { response_mode: 'form_post' }, 'invalid_request'],
    ['an answer in the fragment', { response_mode: 'fragment' }, 'invalid_request'],
    ['an answer by no question', { prompt: 'none' }, 'interaction_required'],
    ['details that are none', { authorization_details: '{' }, 'invalid_authorization_details'],
    ['a request object', { request: 'eyJ.eyJ.x' }, 'request_not_supported'],
  ])('%s is refused here: nobody is led to the wallet by it (RFC 9700, 4.11.2)', async (_, more, error) => {
    const { secret } = await offered();
    const params = { ...authorization(clientId, secret, pkce().challenge), ...more } as Record<string, string>;
    if (params.resource === 'API') params.resource = `${world.publicUrl}/v1`;
    if (params.resource === 'OTHER') params.resource = `${world.publicUrl}/institutions/specimen-other`;
    for (const [name, value] of Object.entries(params)) if (value === '') delete params[name];
    const page = await newBrowser(world).get(authorizeUrl(params));
    expect([page.status, page.location]).toEqual([400, undefined]);
    expect(page.text).toContain('The wallet that sent you here asked in a wrong way');
    expect(page.text).not.toMatch(/(?:href|action)="https?:[^"]*wallet/);
    expect(errorHere(await newBrowser(world).get(authorizeUrl(params), JSON_PLEASE))).toBe(error);
    // Pushed, the wallet itself is told.
    const { status, body } = await form(world, '/oauth/par', params);
    if (error !== 'interaction_required') expect([status, body.error]).toEqual([400, error]);
  });

  it('an offer that asks for a code is not had without it (PR-6)', async () => {
    const { secret } = await offered('txCode');
    expect(errorOf(await start(secret, pkce().challenge))).toBe('invalid_request');
  });

  it('an offer that is over opens no page, also when it ended meanwhile', async () => {
    const { secret, offerId } = await offered();
    const who = newBrowser(world);
    const begun = await start(secret, pkce().challenge, {}, who);
    await world.app.offers.withdraw({ tenant: SLUG, offerId, actor: 'system' });
    expect((await who.get(begun.location!)).status).toBe(410);
    expect((await start(secret, pkce().challenge)).status).toBe(400);
  });
});

describe('codes in wrong hands', () => {
  it.each([
    ['without the verifier', {}, ['code_verifier'], 'invalid_grant'],
    ['with another verifier', { code_verifier: 'x'.repeat(43) }, [], 'invalid_grant'],
    ['with another redirect_uri', { redirect_uri: 'https://wallet.example/other' }, [], 'invalid_grant'],
    ['for another credential issuer (PR-7)', { resource: 'OTHER' }, [], 'invalid_target'],
  ])('%s', async (_, more, without, error) => {
    const { back, verifier } = await agreed(await offered());
    const code = back.searchParams.get('code')!;
    const fields: Record<string, string> = { client_id: clientId, code, code_verifier: verifier, ...more };
    for (const name of without) delete fields[name];
    if (fields.resource) fields.resource = `${world.publicUrl}/institutions/specimen-other`;
    const { status, body } = await tokenByCode(world, fields);
    expect([status, body.error]).toEqual([400, error]);
  });

  it('by another client', async () => {
    const { back, verifier } = await agreed(await offered());
    const other = (await register(world, { client_name: 'Other Wallet' })).body.client_id;
    const fields = { client_id: other, code: back.searchParams.get('code')!, code_verifier: verifier };
    expect((await tokenByCode(world, fields)).body.error).toBe('invalid_grant');
  });

  it('an access token is not a code, nor the other way', async () => {
    const { back, verifier } = await agreed(await offered());
    const code = back.searchParams.get('code')!;
    expect(await world.app.oauth.walletToken(bearer(code), world.issuer)).toBeUndefined();
    const { body } = await tokenByCode(world, { client_id: clientId, code, code_verifier: verifier });
    const again = await tokenByCode(world, { client_id: clientId, code: body.access_token, code_verifier: verifier });
    expect(again.body.error).toBe('invalid_grant');
  });
});

describe('renewing', () => {
  const renew = (refresh: string, id: string, more: Record<string, string> = {}) =>
    form(world, '/oauth/token', { grant_type: 'refresh_token', refresh_token: refresh, client_id: id, ...more });

  async function withRefresh() {
    const grants = { grant_types: ['authorization_code', 'refresh_token'] };
    const own = (await register(world, grants)).body.client_id as string;
    const { back, verifier } = await agreed(await offered(), { client_id: own });
    const code = back.searchParams.get('code')!;
    const { body } = await tokenByCode(world, { client_id: own, code, code_verifier: verifier });
    return { own, body };
  }

  it('rotates, and a token used twice ends everything of its grant', async () => {
    const { own, body } = await withRefresh();
    const second = await renew(body.refresh_token, own);
    expect(second.status).toBe(200);
    expect(second.body.refresh_token).not.toBe(body.refresh_token);
    expect(await world.app.oauth.walletToken(bearer(second.body.access_token), world.issuer)).toBeDefined();
    expect((await renew(body.refresh_token, own)).body.error).toBe('invalid_grant');
    expect((await renew(second.body.refresh_token, own)).body.error).toBe('invalid_grant');
    for (const { access_token: token } of [body, second.body]) {
      expect(await world.app.oauth.walletToken(bearer(token), world.issuer)).toBeUndefined();
    }
  });

  it('cannot grow, nor move to another client or issuer', async () => {
    const { own, body } = await withRefresh();
    expect((await renew(body.refresh_token, own, { scope: 'badge everything' })).body.error).toBe('invalid_scope');
    const other = `${world.publicUrl}/institutions/specimen-other`;
    expect((await renew(body.refresh_token, clientId)).status).toBe(400);
    expect((await renew('A'.repeat(43), own)).body.error).toBe('invalid_grant');
    const third = await withRefresh();
    expect((await renew(third.body.refresh_token, third.own, { resource: other })).body.error).toBe('invalid_target');
  });

  it('is not for wallets that did not register it', async () => {
    const { back, verifier } = await agreed(await offered());
    const code = back.searchParams.get('code')!;
    const { body } = await tokenByCode(world, { client_id: clientId, code, code_verifier: verifier });
    expect(body.refresh_token).toBeUndefined();
  });

  it('ends by revocation of either token, with any hint', async () => {
    for (const [which, hint] of [
      ['refresh_token', 'access_token'],
      ['access_token', 'refresh_token'],
      ['refresh_token', 'x'],
    ]) {
      const { own, body } = await withRefresh();
      const fields = { token: body[which!], token_type_hint: hint!, client_id: own };
      expect((await form(world, '/oauth/revocation', fields)).status).toBe(200);
      expect(await world.app.oauth.walletToken(bearer(body.access_token), world.issuer)).toBeUndefined();
      expect((await renew(body.refresh_token, own)).body.error).toBe('invalid_grant');
    }
  });
});
