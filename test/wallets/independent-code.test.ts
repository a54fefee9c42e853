import { Oauth2Client } from '@openid4vc/oauth2';
import { AuthorizationFlow, type Openid4vciClient } from '@openid4vc/openid4vci';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newBrowser } from '../oauth/support/browser.ts';
import { type Offered, offering } from '../oauth/support/offers.ts';
import { REDIRECT, register } from '../oauth/support/wallet.ts';
import { openWorld } from '../oauth/support/world.ts';
import { clientB, signerOf } from './support/client-b.ts';
import { type KeyForm, type WalletKey, walletKey } from './support/keys.ts';
import { assertByOthers, holderOf, subjectOf } from './support/others.ts';

/** Grants that begin in a browser, by a client of others; the person in front of it reads the mail and agrees. */
let world: Awaited<ReturnType<typeof openWorld>>;
let offered: Awaited<ReturnType<typeof offering>>;
beforeAll(async () => {
  world = await openWorld();
  offered = await offering(world, await world.key('specimen-college', 'issuer'));
});
afterAll(() => world.close());

const FORMS: KeyForm[] = ['did:key', 'did:jwk', 'jwk'];
const FORMATS = ['ldp_vc', 'jwt_vc_json'] as const;

interface Options {
  /** Members of the registration. */
  registration?: object;
  /** The request goes by the address of the browser instead of being pushed. */
  plain?: boolean;
  /** In place of `scope`. */
  details?: boolean;
  format?: string;
}

/** What the library needs in every step after the token. */
async function authorized(
  offer: Offered,
  keys: WalletKey[],
  { registration, plain, details, format = 'ldp_vc' }: Options = {},
) {
  const clientId = (await register(world, registration)).body.client_id as string;
  const client = clientB(keys, clientId);
  const uri = encodeURIComponent(`${world.issuer}/oid4vci/offers/${offer.secret}`);
  const credentialOffer = await client.resolveCredentialOffer(`openid-credential-offer://?credential_offer_uri=${uri}`);
  const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer);
  const configurations = issuerMetadata.credentialIssuer.credential_configurations_supported;
  const id = credentialOffer.credential_configuration_ids.find((one) => configurations[one]?.format === format)!;
  const detail = [{ type: 'openid_credential', credential_configuration_id: id }];
  const request = {
    ...{ credentialOffer, issuerMetadata, clientId, redirectUri: REDIRECT },
    ...(details ? { additionalRequestPayload: { authorization_details: detail } } : { scope: 'badge' }),
  };
  const { url, codeVerifier } = plain ? await byAddress(client, request) : await pushed(client, request);
  const browser = newBrowser(world);
  const begun = await browser.get(url.pathname + url.search);
  const page = await browser.confirm(await browser.get(begun.location!), offer.email);
  const back = await browser.get((await browser.submit(page, 'allow')).location!);
  const { code } = client.parseAndVerifyAuthorizationResponseRedirectUrl({
    ...{ url: back.location!, authorizationServerMetadata: issuerMetadata.authorizationServers[0]! },
  });
  const { accessTokenResponse } = await client.retrieveAuthorizationCodeAccessTokenFromOffer({
    ...{ credentialOffer, issuerMetadata, authorizationCode: code!, redirectUri: REDIRECT },
    pkceCodeVerifier: codeVerifier,
  });
  return { client, clientId, credentialOffer, issuerMetadata, configurationId: id, accessTokenResponse };
}

type Request = Parameters<Openid4vciClient['initiateAuthorization']>[0];

async function pushed(client: Openid4vciClient, request: Request) {
  const started = await client.initiateAuthorization(request);
  if (started.authorizationFlow !== AuthorizationFlow.Oauth2Redirect) throw new Error('another flow');
  const url = new URL(started.authorizationRequestUrl);
  expect(url.searchParams.has('request_uri')).toBe(true);
  return { url, codeVerifier: started.pkce!.codeVerifier };
}

async function byAddress(client: Openid4vciClient, request: Request) {
  const { issuerMetadata } = request;
  const servers = issuerMetadata.authorizationServers.map(
    ({ pushed_authorization_request_endpoint: _, ...rest }) => rest,
  );
  const made = await client.createAuthorizationRequestUrlFromOffer({
    ...request,
    issuerMetadata: { ...issuerMetadata, authorizationServers: servers as never },
  });
  const url = new URL(made.authorizationRequestUrl);
  expect([url.searchParams.has('request_uri'), url.searchParams.get('code_challenge_method')]).toEqual([false, 'S256']);
  return { url, codeVerifier: made.pkce!.codeVerifier };
}

type Authorized = Awaited<ReturnType<typeof authorized>>;

/** @param accessToken another than that of the code */
async function credentialOf(
  { client, clientId, issuerMetadata, configurationId, accessTokenResponse }: Authorized,
  { key, form = 'did:key', accessToken }: { key: WalletKey; form?: KeyForm; accessToken?: string },
): Promise<unknown> {
  const { c_nonce } = await client.requestNonce({ issuerMetadata });
  const made = await client.createCredentialRequestJwtProof({
    ...{ issuerMetadata, credentialConfigurationId: configurationId, nonce: c_nonce, clientId },
    signer: signerOf(key, form),
  });
  const { authorization_details: granted } = accessTokenResponse as {
    authorization_details?: { credential_identifiers: string[] }[];
  };
  const identifier = granted?.[0]?.credential_identifiers[0];
  const { credentialResponse } = await client.retrieveCredentials({
    ...{ issuerMetadata, accessToken: accessToken ?? accessTokenResponse.access_token, proofs: { jwt: [made.jwt] } },
    ...(identifier === undefined
      ? { credentialConfigurationId: configurationId }
      : { credentialIdentifier: identifier, credentialConfigurationId: configurationId }),
  });
  return (credentialResponse.credentials as { credential: unknown }[])[0]!.credential;
}

describe('the independent client, by authorization code', () => {
  it.each(FORMS.flatMap((form) => FORMATS.map((format) => [form, format] as const)))(
    'with a key as %s claims the badge as %s, by a pushed request with PKCE, and others verify it',
    async (form, format) => {
      const key = walletKey('P-256');
      const credential = await credentialOf(await authorized(await offered(), [key], { format }), { key, form });
      const subject = subjectOf(credential, format)!;
      expect(subject).toMatch(/^did:(?:key|jwk):/);
      await assertByOthers(world, credential, format, holderOf(key, form) ?? subject);
    },
  );

  it.each(FORMATS)('claims as %s by a request in the address of the browser', async (format) => {
    const key = walletKey();
    const credential = await credentialOf(await authorized(await offered(), [key], { format, plain: true }), { key });
    await assertByOthers(world, credential, format, key.did.key);
  });

  it('renews its token, and claims by the new one', async () => {
    const key = walletKey();
    const registration = { grant_types: ['authorization_code', 'refresh_token'] };
    const state = await authorized(await offered(), [key], { registration });
    const oauth = new Oauth2Client({ callbacks: clientCallbacks(state.client) });
    const renewed = await oauth.retrieveRefreshTokenAccessToken({
      authorizationServerMetadata: state.issuerMetadata.authorizationServers[0]!,
      refreshToken: state.accessTokenResponse.refresh_token!,
    });
    const { access_token: accessToken, refresh_token: next } = renewed.accessTokenResponse;
    expect([accessToken === state.accessTokenResponse.access_token, typeof next]).toEqual([false, 'string']);
    const credential = await credentialOf(state, { key, accessToken });
    await assertByOthers(world, credential, 'ldp_vc', key.did.key);
  });

  it('gets nothing when the learner says no', async () => {
    const offer = await offered();
    const clientId = (await register(world)).body.client_id as string;
    const client = clientB([walletKey()], clientId);
    const uri = encodeURIComponent(`${world.issuer}/oid4vci/offers/${offer.secret}`);
    const credentialOffer = await client.resolveCredentialOffer(
      `openid-credential-offer://?credential_offer_uri=${uri}`,
    );
    const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer);
    const { url } = await pushed(client, {
      ...{ credentialOffer, issuerMetadata, clientId, redirectUri: REDIRECT, scope: 'badge' },
    });
    const browser = newBrowser(world);
    const page = await browser.get((await browser.get(url.pathname + url.search)).location!);
    const back = await browser.get((await browser.submit(page, 'deny')).location!);
    const answer = client.parseAndVerifyAuthorizationResponseRedirectUrl({
      ...{ url: back.location!, authorizationServerMetadata: issuerMetadata.authorizationServers[0]! },
    });
    expect(answer).toMatchObject({ error: 'access_denied' });
    expect((await world.app.offers.byId(offer.offerId))!.state).toBe('open');
  });
});

/** The library keeps them, and its other client wants the same. */
const clientCallbacks = (client: Openid4vciClient) =>
  (client as unknown as { options: { callbacks: never } }).options.callbacks;
