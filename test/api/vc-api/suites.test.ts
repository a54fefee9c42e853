import { compactVerify, importJWK } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { referenceVerify } from './reference.ts';
import { changed, openVcApi, SLUG, V2, type VcApi } from './world.ts';

let api: VcApi;
beforeAll(async () => {
  api = await openVcApi();
});
afterAll(() => api.close());

const INSTANCES: [instance: string, cryptosuite: string, key: string, bytes: number][] = [
  ['eddsa-rdfc-2022', 'eddsa-rdfc-2022', 'z6Mk', 64],
  ['eddsa-jcs-2022', 'eddsa-jcs-2022', 'z6Mk', 64],
  ['ecdsa-rdfc-2019', 'ecdsa-rdfc-2019', 'zDna', 64],
  ['ecdsa-rdfc-2019-p384', 'ecdsa-rdfc-2019', 'z82', 96],
  ['ecdsa-jcs-2019', 'ecdsa-jcs-2019', 'zDna', 64],
  ['ecdsa-jcs-2019-p384', 'ecdsa-jcs-2019', 'z82', 96],
];

describe('data integrity assertions: what the issuer makes', () => {
  it.each(INSTANCES)('%s: verified by the reference library, and not once it is changed', async (instance, suite) => {
    // The JCS libraries compare contexts by identity, so that an inline one never equals itself.
    const bare = { '@context': [V2], credentialSubject: { id: 'did:example:subject', name: 'Maria Specimen' } };
    const signed = await api.issued(api.credential(bare), instance);
    expect(await referenceVerify(api, signed, suite)).toBe(true);
    const other = changed(signed, (copy) => {
      (copy.credentialSubject as JsonObject).name = 'Another';
    });
    expect(await referenceVerify(api, other, suite)).toBe(false);
  });

  it.each(INSTANCES)(
    '%s: "proof" has the members and the key the standard asks for',
    async (instance, suite, key, bytes) => {
      const { proof } = (await api.issued(api.credential(), instance)) as { proof: JsonObject };
      expect(proof).toMatchObject({ type: 'DataIntegrityProof', cryptosuite: suite, proofPurpose: 'assertionMethod' });
      expect(URL.canParse(String(proof.verificationMethod))).toBe(true);
      expect(proof.created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      expect(proof.proofValue).toMatch(/^z[1-9A-HJ-NP-Za-km-z]+$/);
      expect(String(proof.proofValue).length).toBeGreaterThan(bytes);
      const { body } = await api.call<{ verificationMethod: { id: string; publicKeyMultibase: string }[] }>(
        ...(['GET', `/institutions/${SLUG}/did.json`] as const),
      );
      const method = body.verificationMethod.find(({ id }) => id === proof.verificationMethod);
      expect(method!.publicKeyMultibase.startsWith(key)).toBe(true);
    },
  );

  it.each(INSTANCES)('%s: what it made is verified here', async (instance) => {
    const answer = await api.verify(await api.issued(api.credential(), instance), { returnResults: true });
    expect([answer.status, answer.text]).toEqual([200, answer.text]);
    expect(answer.body).toMatchObject({ verified: true, errors: [], results: { verdict: 'valid', profile: 'vc' } });
  });

  it('a name that no context defines is refused by every suite, those without canonicalisation too', async () => {
    for (const [instance] of INSTANCES) {
      const credential = api.credential({ credentialSubject: { id: 'did:example:s', undefinedName: 'x' } });
      const answer = await api.issue({ credential }, instance);
      expect([instance, answer.status]).toEqual([instance, 400]);
    }
  });
});

describe('vc-di-ecdsa: selective disclosure', () => {
  const credential = () =>
    api.credential({
      credentialSubject: { id: 'did:example:s', favouriteColour: 'blue' },
      name: 'Shown or not',
      description: 'Kept back',
    });
  const derive = (verifiableCredential: JsonObject, selectivePointers: string[]) =>
    api.call<JsonObject>('POST', '/vc-api/credentials/derive', {
      body: { verifiableCredential, options: { selectivePointers } },
    });

  it('a base proof is made, and what is derived of it verifies by the reference and here', async () => {
    const base = await api.issued(credential(), 'ecdsa-sd-2023', { mandatoryPointers: ['/issuer'] });
    expect((base.proof as JsonObject).proofValue).toMatch(/^u2V0A/);
    const derived = await derive(base, ['/name', '/credentialSubject/favouriteColour']);
    expect([derived.status, derived.text]).toEqual([201, derived.text]);
    expect(derived.body).toMatchObject({ name: 'Shown or not', issuer: api.did });
    expect(derived.body.description).toBeUndefined();
    expect((derived.body.proof as JsonObject).proofValue).toMatch(/^u2V0B/);
    expect(await referenceVerify(api, derived.body, 'ecdsa-sd-2023')).toBe(true);
    expect((await api.verify(derived.body)).body).toMatchObject({ verified: true });
    const forged = changed(derived.body, (copy) => {
      copy.name = 'Another';
    });
    expect((await api.verify(forged)).status).toBe(400);
  });

  it('a pointer that leads nowhere is refused, at issue and when deriving', async () => {
    const bad = await api.issue(
      { credential: credential(), options: { mandatoryPointers: ['/none'] } },
      'ecdsa-sd-2023',
    );
    expect(bad.status).toBe(400);
    const base = await api.issued(credential(), 'ecdsa-sd-2023', { mandatoryPointers: [] });
    expect((await derive(base, ['/none'])).status).toBe(400);
    expect((await derive(await api.issued(credential()), ['/name'])).status).toBe(400);
  });
});

describe('vc-jose-cose: enveloping', () => {
  it.each([
    ['vc-jwt', 'EdDSA'],
    ['vc-jwt-p256', 'ES256'],
    ['vc-jwt-p384', 'ES384'],
  ])('%s: an EnvelopedVerifiableCredential that the library jose verifies', async (instance, alg) => {
    const { '@context': context, ...rest } = api.credential({ credentialSubject: { id: 'did:example:s', name: 'N' } });
    const credential = { '@context': [(context as string[])[0]!], ...rest };
    const envelope = await api.issued(credential, instance);
    expect(envelope).toEqual({
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      id: expect.stringMatching(/^data:application\/vc\+jwt,/),
      type: 'EnvelopedVerifiableCredential',
    });
    const token = String(envelope.id).split(',')[1]!;
    const { body } = await api.call<{ verificationMethod: { id: string; publicKeyJwk?: JsonObject }[] }>(
      ...(['GET', `/institutions/${SLUG}/did.json`] as const),
    );
    const kid = JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()).kid as string;
    const jwk = body.verificationMethod.find(({ id }) => id === kid)?.publicKeyJwk;
    if (jwk) {
      const { payload, protectedHeader } = await compactVerify(token, await importJWK(jwk as never, alg));
      expect(protectedHeader).toMatchObject({ alg, typ: 'vc+jwt' });
      expect(JSON.parse(Buffer.from(payload).toString())).toMatchObject(credential);
    }
    const got = await api.call('GET', `/vc-api/credentials/${encodeURIComponent(String(rest.id))}`, {
      key: api.issuer,
    });
    expect(got.body).toEqual(envelope);
  });
});
