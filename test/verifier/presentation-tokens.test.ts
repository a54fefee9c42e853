import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { createIdentifiers } from '#identifiers';
import { type JsonObject, Problem } from '#kernel';
import { readPublicJwk } from '#keystore';
import { CREDENTIALS_V2 } from '#proofs';
import { SAMPLES } from '../../src/credentials/vcdm/sample.ts';
import { badge, NOW, type World, world } from './world.ts';

const V1 = 'https://www.w3.org/2018/credentials/v1';
const ASKED = { challenge: 'c2f9-31', domain: 'verifier.example' };
const BOUND = { nonce: ASKED.challenge, aud: ASKED.domain };

/** Signs with `jose` alone, as a wallet of others would. */
interface Party {
  did: string;
  sign(payload: JsonObject, header?: JsonObject): Promise<string>;
}

async function party(method: 'key' | 'jwk', alg: 'ES256' | 'EdDSA'): Promise<Party> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = await exportJWK(publicKey);
  const { multibase } = readPublicJwk(jwk as JsonObject);
  const did =
    method === 'key' ? `did:key:${multibase}` : `did:jwk:${Buffer.from(JSON.stringify(jwk)).toString('base64url')}`;
  const kid = `${did}#${method === 'key' ? multibase : '0'}`;
  return {
    did,
    sign: (payload, header = {}) =>
      new SignJWT(payload as never).setProtectedHeader({ alg, kid, typ: 'vp+jwt', ...header }).sign(privateKey),
  };
}

let on: World;
let issuer: Party;
let holder: Party;
let other: Party;
let member: JsonObject;

beforeAll(async () => {
  const fetch = async () => {
    throw new Problem('fetch-failed', 'no network');
  };
  on = world([], { identifiers: createIdentifiers({ fetch, clock: { now: () => new Date(NOW) } }) });
  [issuer, holder, other] = [await party('jwk', 'ES256'), await party('key', 'EdDSA'), await party('jwk', 'ES256')];
  member = await credentialOf(issuer);
});

const credential = (by: Party, more: JsonObject = {}): JsonObject => ({
  ...SAMPLES.credential(),
  issuer: by.did,
  ...more,
});
const envelope = (kind: 'vc' | 'vp', token: string, suffix = 'jwt'): JsonObject => ({
  '@context': [CREDENTIALS_V2],
  type: kind === 'vc' ? 'EnvelopedVerifiableCredential' : 'EnvelopedVerifiablePresentation',
  id: `data:application/${kind}+${suffix},${token}`,
});
const credentialOf = async (by: Party, more: JsonObject = {}) =>
  envelope('vc', await by.sign(credential(by, more), { typ: 'vc+jwt' }));
const presentation = (more: JsonObject = {}): JsonObject => ({
  '@context': [CREDENTIALS_V2],
  type: ['VerifiablePresentation'],
  holder: holder.did,
  verifiableCredential: [member],
  ...more,
});
const without = (document: JsonObject, name: string) => {
  const { [name]: _, ...rest } = document;
  return rest;
};

async function verify(given: string | JsonObject, asked: Record<string, unknown> = ASKED) {
  const { presentation: found, credentials } = await on.verifier.verifyPresentation({ presentation: given, ...asked });
  const checks = Object.fromEntries(found.checks.map(({ check, result, code }) => [check, `${result} ${code}`]));
  return { ...found, checks, credentials: credentials.map(({ verdict }) => verdict) };
}
const shown = async (more: JsonObject = {}, claims: JsonObject = BOUND, by = holder, asked?: Record<string, unknown>) =>
  verify(envelope('vp', await by.sign({ ...presentation(more), ...claims })), asked);

describe('VCDM 2.0, 4.13.2: an enveloped presentation', () => {
  it('is opened, and valid for the question it answers', async () => {
    const found = await shown();
    expect(found).toMatchObject({ verdict: 'valid', holder: holder.did, credentials: ['valid'] });
    expect(found.checks).toEqual({
      document: 'pass conforming',
      proof: 'pass signature_valid',
      holder: 'pass holder_signed',
    });
  });

  it.each(['key', 'jwk'] as const)(
    'is signed by the key of a did:%s, in an envelope, a data: address or alone',
    async (method) => {
      for (const alg of ['ES256', 'EdDSA'] as const) {
        const by = await party(method, alg);
        const token = await by.sign({ ...presentation({ holder: by.did }), ...BOUND });
        for (const form of [
          envelope('vp', token),
          JSON.stringify(envelope('vp', token)),
          `data:application/vp+jwt,${token}`,
          token,
        ]) {
          expect(await verify(form)).toMatchObject({ verdict: 'valid', holder: by.did, credentials: ['valid'] });
        }
      }
    },
  );

  it.each<[string, JsonObject, Record<string, unknown>, string, string]>([
    ['another nonce', { ...BOUND, nonce: 'other' }, ASKED, 'invalid', 'fail other_challenge'],
    ['no nonce', { aud: BOUND.aud }, ASKED, 'invalid', 'fail other_challenge'],
    ['a nonce of another kind', { ...BOUND, nonce: [BOUND.nonce] }, ASKED, 'invalid', 'fail other_challenge'],
    ['another aud', { ...BOUND, aud: 'other.example' }, ASKED, 'invalid', 'fail other_domain'],
    ['no aud', { nonce: BOUND.nonce }, ASKED, 'invalid', 'fail other_domain'],
    ['a second aud', { ...BOUND, aud: [BOUND.aud, 'other.example'] }, ASKED, 'invalid', 'fail other_domain'],
    ['one aud in a list', { ...BOUND, aud: [BOUND.aud] }, ASKED, 'valid', 'pass signature_valid'],
    ['a nonce that was not asked for', BOUND, {}, 'valid', 'warning challenge_not_asked'],
    ['an aud that was not asked for', BOUND, { challenge: BOUND.nonce }, 'valid', 'warning domain_not_asked'],
    ['neither', {}, {}, 'valid', 'pass signature_valid'],
    ['an end that is past', { ...BOUND, exp: 1_700_000_000 }, ASKED, 'invalid', 'fail token_expired'],
  ])('%s', async (_what, claims, asked, verdict, code) => {
    const found = await shown({}, claims, holder, asked);
    expect([found.verdict, found.checks.proof]).toEqual([verdict, code]);
    expect(found.holder).toBe(verdict === 'valid' ? holder.did : undefined);
  });

  it('by the key of somebody else', async () => {
    const found = await shown({}, BOUND, other);
    expect([found.verdict, found.checks.proof, found.holder]).toEqual(['invalid', 'fail method_not_issuer', undefined]);
    const named = await shown({}, { ...BOUND, iss: other.did }, other);
    expect([named.verdict, named.checks.proof]).toEqual(['invalid', 'fail iss_mismatch']);
    const claimed = await holder.sign({ ...presentation({ holder: other.did }), ...BOUND }, { kid: `${other.did}#0` });
    expect((await verify(claimed)).verdict).toBe('invalid');
  });

  it('changed afterwards', async () => {
    const [head, , signature] = (await holder.sign({ ...presentation(), ...BOUND })).split('.');
    const payload = Buffer.from(JSON.stringify({ ...presentation({ id: 'urn:x-specimen:1' }), ...BOUND })).toString(
      'base64url',
    );
    const found = await verify(`${head}.${payload}.${signature}`);
    expect([found.verdict, found.checks.proof]).toEqual(['invalid', 'fail signature_invalid']);
  });

  it('names its holder by iss alone, or nobody', async () => {
    const bare = without(presentation(), 'holder');
    const byClaim = await verify(await holder.sign({ ...bare, ...BOUND, iss: holder.did }));
    expect(byClaim).toMatchObject({ verdict: 'valid', holder: holder.did });
    const nobody = await verify(await holder.sign({ ...bare, ...BOUND }));
    expect([nobody.verdict, nobody.checks.proof, nobody.holder]).toEqual(['valid', 'pass signature_valid', undefined]);
    const lie = await verify(await other.sign({ ...bare, ...BOUND, iss: holder.did }));
    expect([lie.verdict, lie.checks.proof, lie.holder]).toEqual(['invalid', 'fail method_not_issuer', undefined]);
  });

  it('with terms or contexts without meaning', async () => {
    expect((await shown({ unknownName: 'x' })).checks.document).toBe('fail undefined_term');
    expect((await shown({ '@context': [CREDENTIALS_V2, 'https://other.example/1'] })).verdict).toBe('undetermined');
  });

  it('holds credentials that are each verified by itself', async () => {
    const forged = { ...member, id: `${String(member.id).slice(0, -8)}AAAAAAAA` };
    const stolen = envelope('vc', await other.sign(credential(issuer), { typ: 'vc+jwt' }));
    const found = await shown({ verifiableCredential: [member, forged, stolen] });
    expect([found.verdict, ...found.credentials]).toEqual(['valid', 'valid', 'invalid', 'invalid']);
  });

  it('says things of its own, and nothing in the name of others', async () => {
    expect(await shown({ verifiableCredential: [credential(holder)] })).toMatchObject({
      verdict: 'valid',
      credentials: ['valid'],
    });
    const others = await shown({ verifiableCredential: [credential(issuer)] });
    expect([others.verdict, others.checks.holder, ...others.credentials]).toEqual([
      'invalid',
      'fail self_asserted',
      'invalid',
    ]);
    const meaningless = await shown({ verifiableCredential: [credential(holder, { unknownName: 'x' })] });
    expect(meaningless.credentials).toEqual(['invalid']);
    const own = badge({ did: holder.did } as never, {
      issuer: { id: holder.did, type: ['Profile'], name: 'Specimen' },
    });
    expect((await shown({ verifiableCredential: [own] })).credentials).toEqual(['invalid']);
    const elsewhere = await shown({ verifiableCredential: [credential(holder)] }, { ...BOUND, nonce: 'x' });
    expect(elsewhere.credentials).toEqual(['invalid']);
  });

  it('holds as many as any other', async () => {
    const many = await holder.sign({ ...presentation({ verifiableCredential: Array(21).fill(member) }), ...BOUND });
    await expect(verify(many)).rejects.toMatchObject({ errors: [{ pointer: '/presentation/verifiableCredential' }] });
  });

  it('VCDM 2.0, 4.13: holds no compact token outside an envelope', async () => {
    const token = await issuer.sign(credential(issuer), { typ: 'vc+jwt' });
    const found = await shown({ verifiableCredential: [token] });
    expect([found.verdict, ...found.credentials]).toEqual(['invalid', 'invalid']);
  });

  it('with disclosures is recognised and not read', async () => {
    const token = `${await holder.sign({ ...presentation(), ...BOUND }, { typ: 'vp+sd-jwt' })}~`;
    for (const one of [token, envelope('vp', token, 'sd-jwt')]) {
      const found = await verify(one);
      expect([found.verdict, found.checks]).toEqual(['undetermined', { document: 'unknown unsupported' }]);
    }
  });

  it('is none when it holds a credential', async () => {
    const found = await verify(await holder.sign(credential(holder), { typ: 'vc+jwt' }), {});
    expect(found.verdict).toBe('invalid');
    const hidden = { vc: { ...presentation({ '@context': [V1] }) }, iss: holder.did };
    expect((await verify(await holder.sign(hidden, { typ: 'JWT' }), {})).verdict).toBe('invalid');
  });

  it('VC-JOSE-COSE 3.1: has no claim vp', async () => {
    const payloads: JsonObject[] = [
      { vp: presentation(), iss: holder.did },
      { ...presentation(), vp: presentation() },
    ];
    for (const payload of payloads) {
      for (const typ of ['vp+jwt', 'JWT']) {
        const token = await holder.sign(payload, { typ });
        await expect(verify(token, {})).rejects.toMatchObject({ kind: 'invalid-request' });
        await expect(verify(envelope('vp', token), {})).rejects.toMatchObject({ kind: 'invalid-request' });
      }
    }
  });
});

describe('VCDM 1.1, 6.3.1: a presentation in the claim vp', () => {
  const older = (by: Party): JsonObject => {
    const { issuanceDate, issuer: _, id, ...rest } = SAMPLES['credential-1.1']();
    const nbf = Date.parse(issuanceDate) / 1000;
    return {
      iss: by.did,
      jti: id,
      sub: 'did:example:subject',
      nbf,
      vc: { ...rest, credentialSubject: { specimenGrade: 'B' } },
    };
  };
  const inClaim = async (inside: (string | JsonObject)[], more: JsonObject = {}, by = holder) =>
    by.sign(
      {
        ...{ iss: holder.did, ...BOUND, iat: 1_795_000_000, nbf: 1_795_000_000, exp: 1_900_000_000 },
        vp: { '@context': [V1], type: ['VerifiablePresentation'], verifiableCredential: inside },
        ...more,
      },
      { typ: 'JWT' },
    );

  it('is verified, and so are the tokens in it', async () => {
    const good = await issuer.sign(older(issuer), { typ: 'JWT' });
    const stolen = await other.sign(older(issuer), { typ: 'JWT' });
    const found = await verify(await inClaim([good, stolen, 'https://specimen.example/1', 'not a token']));
    expect(found).toMatchObject({ verdict: 'valid', holder: holder.did });
    expect(found.credentials).toEqual(['valid', 'invalid', 'invalid', 'invalid']);
    expect(on.asked).toEqual([]);
  });

  it.each<[string, JsonObject, string]>([
    ['another nonce', { nonce: 'other' }, 'fail other_challenge'],
    ['another aud', { aud: 'other.example' }, 'fail other_domain'],
    ['an end that is past', { exp: 1_790_000_000 }, 'fail token_expired'],
    ['a start to come', { nbf: 1_899_000_000 }, 'fail token_not_yet_valid'],
  ])('with %s', async (_what, more, code) => {
    const found = await verify(await inClaim([], more));
    expect([found.verdict, found.checks.proof]).toEqual(['invalid', code]);
  });

  it('by the key of somebody else', async () => {
    expect((await verify(await inClaim([], {}, other))).verdict).toBe('invalid');
  });

  it('is in no envelope', async () => {
    const token = await inClaim([]);
    await expect(verify(envelope('vp', token))).rejects.toMatchObject({ kind: 'invalid-request' });
  });
});
