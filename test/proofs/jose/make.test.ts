import { compactVerify, decodeProtectedHeader } from 'jose';
import { afterAll, describe, expect, it } from 'vitest';
import { type JsonObject, Problem } from '#kernel';
import {
  createContextLoader,
  createJwtChecker,
  createJwtMaker,
  createProofChecker,
  createProofMaker,
  openJwt,
} from '#proofs';
import {
  CREATED,
  goldenBadge,
  ISSUER,
  resolverOf,
  TEST_PH_CONTEXT,
  TEST_PH_URL,
  testKey,
} from '../../support/golden-badge.ts';
import { ALGS, obClaims, tokenKey, tokenResolver } from './tokens.ts';

const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });
const maker = createJwtMaker({ loader });
const clock = { now: () => new Date('2026-11-03T00:00:00Z') };
const checker = createJwtChecker({ loader, clock });
afterAll(() => checker.close());
const keys = Object.fromEntries(ALGS.map((alg) => [alg, tokenKey(alg)]));
const resolve = tokenResolver(...Object.values(keys));
const expected = { controller: ISSUER, purpose: 'assertionMethod' as const };
const badge = goldenBadge();
const subject = badge.credentialSubject as JsonObject;

const cells = ALGS.flatMap((alg) => (['ob-jwt', 'vc+jwt'] as const).map((form) => [alg, form] as const));
const takes = { 'ob-jwt': ['RS256', 'ES256'], 'vc+jwt': ['EdDSA', 'ES256', 'ES384'] };

describe('a token we make', () => {
  it.each(cells)('%s %s', async (alg, form) => {
    const key = keys[alg]!;
    const made = maker.sign(badge, key.signer, form, CREATED);
    if (!takes[form].includes(alg)) {
      await expect(made).rejects.toMatchObject({ kind: 'lint-failed', errors: [{ code: 'key_wrong_kind' }] });
      return;
    }
    const text = await made;
    // The library reads and verifies it alone.
    const { payload, protectedHeader } = await compactVerify(text, key.publicKey.key);
    expect(protectedHeader).toEqual({ alg, typ: form === 'ob-jwt' ? 'JWT' : 'vc+jwt', kid: key.kid });
    const iat = Date.parse(CREATED) / 1_000;
    expect(JSON.parse(Buffer.from(payload).toString('utf8'))).toEqual(
      form === 'ob-jwt' ? { ...obClaims(), iat } : { ...badge, iss: ISSUER, iat },
    );
    // And so do we.
    const opened = openJwt(text);
    expect(opened.form).toBe(form);
    expect(opened.document).toEqual(badge);
    expect(await checker.verify(opened, expected, resolve)).toMatchObject({
      outcome: 'pass',
      code: 'signature_valid',
      proofs: [{ cryptosuite: alg, verificationMethod: key.kid, created: CREATED }],
    });
  });

  it('wraps a badge with its embedded proof, which stays whole', async () => {
    const embedded = await createProofMaker({ loader }).sign(badge, testKey(1).signer, CREATED);
    const text = await maker.sign(embedded, keys.ES256!.signer, 'ob-jwt', CREATED);
    const { document } = openJwt(text);
    expect(document).toEqual(embedded);
    expect(await checker.verify(openJwt(text), expected, resolve)).toMatchObject({ outcome: 'pass' });
    const proofs = createProofChecker({ loader, clock });
    expect(await proofs.verify(document, expected, resolverOf(testKey(1).method))).toMatchObject({ outcome: 'pass' });
    await proofs.close();
  });

  it('may hold endorsements as tokens, which an embedded proof cannot', async () => {
    const endorsed = { ...badge, endorsementJwt: ['eyJ.eyJ.AAAA'] };
    const text = await maker.sign(endorsed, keys.ES256!.signer, 'vc+jwt', CREATED);
    expect(await checker.verify(openJwt(text), expected, resolve)).toMatchObject({ outcome: 'pass' });
    await expect(createProofMaker({ loader }).sign(endorsed, testKey(1).signer, CREATED)).rejects.toThrow(Problem);
  });
});

describe('what is not signed as a token', () => {
  const { id: _subjectId, ...nameless } = subject;
  const { id: _id, ...anonymous } = badge;
  it.each([
    [
      'a badge whose subject has no id',
      'ob-jwt',
      { ...badge, credentialSubject: nameless },
      '/credentialSubject/id',
      'subject_without_id',
    ],
    [
      'two subjects',
      'ob-jwt',
      { ...badge, credentialSubject: [subject, subject] },
      '/credentialSubject/id',
      'subject_without_id',
    ],
    ['a badge without an id', 'ob-jwt', anonymous, '/id', 'credential_without_id'],
    [
      'a start between two seconds',
      'ob-jwt',
      { ...badge, validFrom: '2026-11-02T08:00:00.5Z' },
      '/validFrom',
      'fractional_second',
    ],
    [
      'an end between two seconds',
      'ob-jwt',
      { ...badge, validUntil: '2029-11-02T08:00:00.001Z' },
      '/validUntil',
      'fractional_second',
    ],
    ['a start without offset', 'ob-jwt', { ...badge, validFrom: '2026-11-02T08:00:00' }, '/validFrom', 'date-times'],
    ['no badge', 'ob-jwt', { ...badge, type: ['VerifiableCredential'] }, '/type', 'not_a_badge'],
    [
      'an issuer without an id',
      'vc+jwt',
      { ...badge, issuer: { type: ['Profile'], name: 'x' } },
      '/issuer',
      'issuer_without_id',
    ],
    ['an unknown member', 'vc+jwt', { ...badge, gradeBand: 'A' }, '', 'dropped_term'],
    [
      'an unknown member inside',
      'ob-jwt',
      { ...badge, credentialSubject: { ...subject, gradeBand: 'A' } },
      '',
      'dropped_term',
    ],
    ['a claim vc', 'vc+jwt', { ...badge, vc: {} }, '/vc', 'claim_name'],
    ['a claim of the token', 'vc+jwt', { ...badge, exp: 5 }, '/exp', 'claim_name'],
    ['digests of disclosures', 'vc+jwt', { ...badge, _sd: [] }, '/_sd', 'claim_name'],
    [
      'version 1.1',
      'vc+jwt',
      { ...badge, '@context': ['https://www.w3.org/2018/credentials/v1'] },
      '/@context/0',
      'context',
    ],
    [
      'a context nobody knows',
      'vc+jwt',
      { ...badge, '@context': [...(badge['@context'] as string[]), 'https://x.example/c'] },
      '/@context/2',
      'unsupported_context',
    ],
    [
      'an inline context',
      'vc+jwt',
      { ...badge, '@context': [...(badge['@context'] as string[]), { '@vocab': 'https://x.example/' }] },
      '/@context/2',
      'bad_context',
    ],
  ] as const)('%s', async (_what, form, document, pointer, code) => {
    await expect(
      maker.sign(document as unknown as JsonObject, keys.ES256!.signer, form, CREATED),
    ).rejects.toMatchObject({
      kind: 'lint-failed',
      errors: [{ pointer, code }],
    });
  });

  it('stops when the signer answers with another signature', async () => {
    const { signer } = keys.ES256!;
    const wrong = { ...signer, sign: async (data: Uint8Array) => signer.sign(Buffer.concat([data, Buffer.of(0)])) };
    await expect(maker.sign(badge, wrong, 'ob-jwt', CREATED)).rejects.toMatchObject({ kind: 'signing-stopped' });
  });

  it('needs a whole second', async () => {
    await expect(maker.sign(badge, keys.ES256!.signer, 'ob-jwt', '2026-11-02T08:00:00.5Z')).rejects.toThrow(RangeError);
  });

  it('names the key of the institution', async () => {
    expect(decodeProtectedHeader(await maker.sign(badge, keys.RS256!.signer, 'ob-jwt', CREATED)).kid).toBe(
      `${ISSUER}#key-RS256`,
    );
  });
});
