import { createPublicKey } from 'node:crypto';
import { AuthorizationFlow } from '@openid4vc/openid4vci';
import { compactVerify, decodeJwt, importJWK } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { readPublicKey } from '#keystore';
import { createContextLoader } from '#proofs';
import { newBrowser } from '../oauth/support/browser.ts';
import { REDIRECT, register } from '../oauth/support/wallet.ts';
import { libraryVerify } from '../proofs/library.ts';
import { clientB, signerOf } from './support/client-b.ts';
import { type Curve, type KeyForm, type WalletKey, walletKey } from './support/keys.ts';
import { type MadeOffer, openWorld, type WalletWorld } from './support/world.ts';

let world: WalletWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const FORMS: KeyForm[] = ['did:key', 'did:jwk', 'jwk'];
const CURVES: Curve[] = ['Ed25519', 'P-256'];
const FORMATS = ['ldp_vc', 'jwt_vc_json'] as const;

/** Everything the library does, from the link to the last word. */
async function claim(
  offer: MadeOffer,
  keys: WalletKey[],
  { form = 'did:key', format = 'ldp_vc', txCode }: { form?: KeyForm; format?: string; txCode?: string } = {},
) {
  const client = clientB(keys);
  const credentialOffer = await client.resolveCredentialOffer(offer.link);
  const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer);
  const { accessTokenResponse } = await client.retrievePreAuthorizedCodeAccessTokenFromOffer({
    ...{ credentialOffer, issuerMetadata },
    ...(txCode === undefined ? {} : { txCode }),
  });
  const configurations = issuerMetadata.credentialIssuer.credential_configurations_supported;
  const credentialConfigurationId = credentialOffer.credential_configuration_ids.find(
    (id) => configurations[id]?.format === format,
  )!;
  const { c_nonce } = await client.requestNonce({ issuerMetadata });
  const proofs: string[] = [];
  for (const key of keys) {
    const made = await client.createCredentialRequestJwtProof({
      ...{ issuerMetadata, credentialConfigurationId, nonce: c_nonce, signer: signerOf(key, form) },
    });
    proofs.push(made.jwt);
  }
  const accessToken = accessTokenResponse.access_token;
  const retrieved = await client.retrieveCredentials({
    ...{ issuerMetadata, credentialConfigurationId, accessToken },
    proofs: { jwt: proofs },
  });
  return { client, issuerMetadata, accessToken, response: retrieved.credentialResponse };
}

const didDocument = async () =>
  (await world.call<JsonObject>('GET', `/institutions/specimen-college/did.json`)).body as {
    verificationMethod: { id: string; controller: string; publicKeyMultibase: string }[];
  };

async function assertByOthers(credential: unknown, format: string, holder: string): Promise<void> {
  const { verificationMethod } = await didDocument();
  if (format === 'ldp_vc') {
    const document = credential as JsonObject;
    expect((document.credentialSubject as JsonObject).id).toBe(holder);
    const named = (document.proof as JsonObject).verificationMethod;
    const method = verificationMethod.find(({ id }) => id === named)!;
    const context = (await world.call<JsonObject>('GET', '/contexts/ph/v1-draft')).text;
    const loader = createContextLoader({ phContext: context, phContextUrl: `${world.publicUrl}/contexts/ph/v1-draft` });
    expect(await libraryVerify(loader, document, method, 'eddsa-rdfc-2022', new Date())).toBe(true);
    return;
  }
  const token = credential as string;
  const { kid, alg } = JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()) as Record<string, string>;
  const method = verificationMethod.find(({ id }) => id === kid)!;
  await compactVerify(token, await importJWK(readPublicKey(method.publicKeyMultibase).jwk as never, alg!));
  const claims = decodeJwt(token) as { sub?: string; credentialSubject?: { id: string }; vc?: JsonObject };
  const subject = claims.credentialSubject ?? (claims.vc?.credentialSubject as { id: string } | undefined);
  expect(subject?.id ?? claims.sub).toBe(holder);
}

const holderOf = (key: WalletKey, form: KeyForm): string | RegExp =>
  form === 'did:key' ? key.did.key : form === 'did:jwk' ? key.did.jwk : /^did:jwk:/;

describe('the independent client', () => {
  it.each(CURVES.flatMap((curve) => FORMS.flatMap((form) => FORMATS.map((format) => [curve, form, format] as const))))(
    'claims with a key of %s as %s the badge as %s, and others verify it',
    async (curve, form, format) => {
      const key = walletKey(curve);
      const { response } = await claim(await world.offer(), [key], { form, format });
      const [{ credential } = { credential: undefined }] = response.credentials as { credential: unknown }[];
      const expected = holderOf(key, form);
      if (typeof expected === 'string') await assertByOthers(credential, format, expected);
      else {
        const text = JSON.stringify(credential);
        const subject =
          format === 'ldp_vc'
            ? ((credential as JsonObject).credentialSubject as { id: string }).id
            : ((decodeJwt(credential as string) as JsonObject).credentialSubject as { id: string }).id;
        expect(subject, text).toMatch(expected);
        const named = JSON.parse(Buffer.from(subject.slice(8), 'base64url').toString());
        expect(createPublicKey({ key: named, format: 'jwk' }).export({ format: 'jwk' })).toEqual(key.jwk);
        await assertByOthers(credential, format, subject);
      }
      const verified = await world.call<{ verdict: string }>('POST', '/v1/verifications', {
        body: { text: typeof credential === 'string' ? credential : JSON.stringify(credential) },
      });
      expect(verified.body.verdict, verified.text).toBe('valid');
    },
  );

  it('needs the code where one is asked for', async () => {
    const offer = await world.offer({ confirmation: 'txCode' });
    await expect(claim(offer, [walletKey()])).rejects.toThrow();
    const wrong = offer.txCode === '000000' ? '000001' : '000000';
    await expect(claim(offer, [walletKey()], { txCode: wrong })).rejects.toThrow();
    const key = walletKey();
    const { response } = await claim(offer, [key], { txCode: offer.txCode! });
    await assertByOthers((response.credentials as { credential: unknown }[])[0]!.credential, 'ldp_vc', key.did.key);
  });

  it('gets one form for each of several keys, and says what became of them', async () => {
    const keys = [walletKey(), walletKey('P-256'), walletKey()];
    const offer = await world.offer();
    const { client, issuerMetadata, accessToken, response } = await claim(offer, keys);
    const subjects = (response.credentials as { credential: JsonObject }[]).map(
      ({ credential }) => (credential.credentialSubject as { id: string }).id,
    );
    expect(subjects).toEqual(keys.map(({ did }) => did.key));
    for (const notification of [
      { notificationId: response.notification_id!, event: 'credential_accepted' as const },
      { notificationId: response.notification_id!, event: 'credential_accepted' as const },
      { notificationId: response.notification_id!, event: 'credential_deleted' as const },
    ]) {
      await client.sendNotification({ issuerMetadata, accessToken, notification });
    }
    const other = { notificationId: 'nothing', event: 'credential_accepted' as const };
    await expect(client.sendNotification({ issuerMetadata, accessToken, notification: other })).rejects.toThrow();
  });

  it('claims by authorization code what mail confirms, with a pushed request and PKCE', async () => {
    const offer = await world.offer({ confirmation: 'email' });
    const { body: registered } = await register(world);
    const key = walletKey('P-256');
    const client = clientB([key], registered.client_id);
    const credentialOffer = await client.resolveCredentialOffer(offer.link);
    const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer);
    const started = await client.initiateAuthorization({
      ...{ credentialOffer, issuerMetadata, clientId: registered.client_id, redirectUri: REDIRECT, scope: 'badge' },
    });
    if (started.authorizationFlow !== AuthorizationFlow.Oauth2Redirect) throw new Error('another flow');
    const url = new URL(started.authorizationRequestUrl);
    expect(url.searchParams.has('request_uri')).toBe(true);
    // The person in front of the browser, who has the mail.
    const browser = newBrowser(world);
    const begun = await browser.get(url.pathname + url.search);
    const page = await browser.confirm(await browser.get(begun.location!), 'amihan@students.example');
    const back = await browser.get((await browser.submit(page, 'allow')).location!);
    const { code } = client.parseAndVerifyAuthorizationResponseRedirectUrl({
      url: back.location!,
      authorizationServerMetadata: issuerMetadata.authorizationServers[0]!,
    });
    const { accessTokenResponse } = await client.retrieveAuthorizationCodeAccessTokenFromOffer({
      ...{ credentialOffer, issuerMetadata, authorizationCode: code!, redirectUri: REDIRECT },
      ...(started.pkce ? { pkceCodeVerifier: started.pkce.codeVerifier } : {}),
    });
    const { c_nonce } = await client.requestNonce({ issuerMetadata });
    const [credentialConfigurationId = ''] = credentialOffer.credential_configuration_ids;
    const signer = signerOf(key, 'did:key');
    const proof = await client.createCredentialRequestJwtProof({
      ...{ issuerMetadata, credentialConfigurationId, nonce: c_nonce, signer, clientId: registered.client_id },
    });
    const { credentialResponse } = await client.retrieveCredentials({
      ...{ issuerMetadata, credentialConfigurationId, accessToken: accessTokenResponse.access_token },
      proofs: { jwt: [proof.jwt] },
    });
    const [form] = credentialResponse.credentials as { credential: unknown }[];
    await assertByOthers(form!.credential, 'ldp_vc', key.did.key);
  });
});
