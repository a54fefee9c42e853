import { createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { clientB, signerOf } from './support/client-b.ts';
import { type Curve, type KeyForm, type WalletKey, walletKey } from './support/keys.ts';
import { assertByOthers, holderOf, subjectOf } from './support/others.ts';
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

describe('the independent client', () => {
  it.each(CURVES.flatMap((curve) => FORMS.flatMap((form) => FORMATS.map((format) => [curve, form, format] as const))))(
    'claims with a key of %s as %s the badge as %s, and others verify it',
    async (curve, form, format) => {
      const key = walletKey(curve);
      const { response } = await claim(await world.offer(), [key], { form, format });
      const [{ credential } = { credential: undefined }] = response.credentials as { credential: unknown }[];
      const subject = subjectOf(credential, format)!;
      if (form === 'jwk') {
        expect(subject).toMatch(/^did:jwk:/);
        const named = JSON.parse(Buffer.from(subject.slice(8), 'base64url').toString());
        expect(createPublicKey({ key: named, format: 'jwk' }).export({ format: 'jwk' })).toEqual(key.jwk);
      }
      await assertByOthers(world, credential, format, holderOf(key, form) ?? subject);
      const verified = await world.call<{ verdict: string }>('POST', '/v1/verifications', {
        body: { text: typeof credential === 'string' ? credential : JSON.stringify(credential) },
      });
      expect(verified.body.verdict, verified.text).toBe('valid');
    },
  );

  it.each(FORMATS)('needs the code where one is asked for, for %s', async (format) => {
    const offer = await world.offer({ confirmation: 'txCode' });
    await expect(claim(offer, [walletKey()], { format })).rejects.toThrow();
    const wrong = offer.txCode === '000000' ? '000001' : '000000';
    await expect(claim(offer, [walletKey()], { format, txCode: wrong })).rejects.toThrow();
    const key = walletKey();
    const { response } = await claim(offer, [key], { format, txCode: offer.txCode! });
    const [{ credential } = { credential: undefined }] = response.credentials as { credential: unknown }[];
    await assertByOthers(world, credential, format, key.did.key);
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
});
