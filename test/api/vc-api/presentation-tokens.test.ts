import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { openVcApi, V2, type VcApi } from './world.ts';

let api: VcApi;
let holder: Wallet;
let credential: JsonObject;
beforeAll(async () => {
  api = await openVcApi({}, { keys: false });
  holder = await wallet();
  credential = await api.issued(api.credential({ '@context': [V2], credentialSubject: { id: holder.did } }));
});
afterAll(() => api.close());

/** A did:jwk that signs with `jose` alone. */
interface Wallet {
  did: string;
  sign(payload: JsonObject, header?: JsonObject): Promise<string>;
}

async function wallet(): Promise<Wallet> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const did = `did:jwk:${Buffer.from(JSON.stringify(await exportJWK(publicKey))).toString('base64url')}`;
  return {
    did,
    sign: (payload, header = {}) =>
      new SignJWT(payload as never)
        .setProtectedHeader({ alg: 'ES256', kid: `${did}#0`, typ: 'vp+jwt', ...header })
        .sign(privateKey),
  };
}

const envelope = (token: string, media = 'vp+jwt'): JsonObject => ({
  '@context': [V2],
  type: 'EnvelopedVerifiablePresentation',
  id: `data:application/${media},${token}`,
});
const present = async (claims: JsonObject = {}, by = holder, members: JsonObject[] = [credential]) =>
  envelope(
    await by.sign({
      '@context': [V2],
      type: ['VerifiablePresentation'],
      holder: holder.did,
      verifiableCredential: members,
      ...claims,
    }),
  );
const verify = (verifiablePresentation: JsonObject, options: JsonObject = {}) =>
  api.verifyPresentation({ verifiablePresentation, options });
const challenge = async () =>
  (await api.call<{ challenge: string }>('POST', '/vc-api/challenges', { key: api.issuer })).body.challenge;
const BOUND = { challenge: 'asked', domain: 'https://school.example' };
const CLAIMS = { nonce: BOUND.challenge, aud: BOUND.domain };

describe('VCDM 2.0 section 4.13.2: an enveloped presentation', () => {
  it('is opened and verified, with everything in it', async () => {
    const envelopes = await api.issued(
      api.credential({ '@context': [V2], credentialSubject: { id: holder.did } }),
      'vc-jwt',
    );
    const shown = await present(CLAIMS, holder, [credential, envelopes]);
    const answer = await verify(shown, { ...BOUND, returnPresentation: true, returnResults: true });
    expect(answer.body).toMatchObject({
      ...{ verified: true, errors: [], warnings: [], presentation: shown },
      credentials: [{ verified: true }, { verified: true }],
      results: { presentation: { verdict: 'valid', holder: holder.did } },
    });
  });

  it('PR-2: made for another question or another domain, or by somebody else', async () => {
    for (const [claims, type] of [
      [{ ...CLAIMS, nonce: 'other' }, 'INVALID_CHALLENGE_ERROR'],
      [{ aud: BOUND.domain }, 'INVALID_CHALLENGE_ERROR'],
      [{ ...CLAIMS, aud: 'https://other.example' }, 'INVALID_DOMAIN_ERROR'],
      [{ nonce: BOUND.challenge }, 'INVALID_DOMAIN_ERROR'],
    ] as const) {
      const answer = await verify(await present(claims), BOUND);
      expect([answer.status, answer.body.verified]).toEqual([200, false]);
      expect(answer.body.errors[0].type).toBe(`https://w3id.org/security#${type}`);
    }
    const stolen = await verify(await present(CLAIMS, await wallet()), BOUND);
    expect(stolen.body.verified).toBe(false);
    const unasked = await verify(await present(CLAIMS));
    expect(unasked.body).toMatchObject({ verified: true, warnings: [{ code: 'challenge_not_asked' }] });
  });

  it('JO-7: one credential that does not verify, and it does not', async () => {
    const other = { ...credential, validFrom: '2026-01-02T00:00:00Z' };
    const answer = await verify(await present(CLAIMS, holder, [credential, other]), BOUND);
    expect([answer.status, answer.body.verified]).toEqual([200, false]);
    expect(answer.body.credentials.map((one: { verified: boolean }) => one.verified)).toEqual([true, false]);
  });

  it('413 for more credentials than are looked at', async () => {
    const answer = await verify(await present(CLAIMS, holder, Array(21).fill(credential)), BOUND);
    expect([answer.status, answer.body.type]).toEqual([413, 'urn:tatak:problem:payload-too-large']);
  });

  it('with a claim vp, or no token: refused', async () => {
    const inside = { '@context': [V2], type: ['VerifiablePresentation'], holder: holder.did };
    for (const token of [
      await holder.sign({ vp: inside, iss: holder.did }),
      await holder.sign({ ...inside, vp: inside }),
      'x',
    ]) {
      const answer = await verify(envelope(token));
      expect([answer.status, answer.body.verified ?? false]).toEqual([400, false]);
    }
  });

  it('of COSE or with disclosures: not verified, and not called malformed', async () => {
    const token = await holder.sign(
      { '@context': [V2], type: ['VerifiablePresentation'], ...CLAIMS },
      { typ: 'vp+sd-jwt' },
    );
    for (const one of [envelope('omlk', 'vp+cose;base64'), envelope(`${token}~`, 'vp+sd-jwt')]) {
      const answer = await verify(one, BOUND);
      expect([answer.status, answer.body.verified]).toEqual([200, false]);
      expect(answer.body.errors).toMatchObject([{ type: 'urn:tatak:check:document', code: 'unsupported' }]);
      expect(answer.body.errors[0].detail).toMatch(/not read/);
    }
  });
});

describe('PR-1: a challenge of ours in a token is good once', () => {
  it('the same token 20 times at once, with and without repeating the challenge: one is accepted', async () => {
    for (const repeated of [true, false]) {
      const nonce = await challenge();
      const shown = await present({ nonce });
      const options: JsonObject = repeated ? { challenge: nonce } : {};
      const answers = await Promise.all(Array.from({ length: 20 }, () => verify(shown, options)));
      expect(answers.filter(({ body }) => body.verified)).toHaveLength(1);
      for (const { body } of answers.filter((one) => !one.body.verified)) {
        expect(body.errors).toMatchObject([{ code: 'challenge_used' }]);
      }
      expect((await verify(await present({ nonce }))).body.verified).toBe(false);
    }
  });

  it('a token that fails takes nothing away', async () => {
    const nonce = await challenge();
    expect((await verify(await present({ nonce }, await wallet()))).body.verified).toBe(false);
    expect((await verify(await present({ nonce: 'another' }), { challenge: nonce })).body.verified).toBe(false);
    expect((await verify(await present({ nonce }))).body.verified).toBe(true);
  });
});

describe('a document without a type', () => {
  it('is judged as a credential, not as a badge', async () => {
    const { type: _, ...untyped } = credential;
    const answer = await api.verify(untyped, { returnResults: true });
    expect(answer.body).toMatchObject({ verified: false, results: { profile: 'vc' } });
    expect(answer.body.errors[0].detail).not.toMatch(/Open Badge/);
  });
});
