import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type JsonObject, LIMITS } from '#kernel';
import { publicKeyOf } from '#keystore';
import type { Finding } from '../../../src/proofs/finding.ts';
import { algorithmFinding, signatureFinding } from '../../../src/proofs/jose/algorithms.ts';
import { audienceFinding, claimFinding, numericDate, ownerFinding, signedAt } from '../../../src/proofs/jose/claims.ts';
import { headerFinding, keyReference } from '../../../src/proofs/jose/header.ts';
import type { JwtForm } from '../../../src/proofs/jose/ports.ts';

const said = (found: Finding | undefined) => (found ? `${found.outcome} ${found.code}` : 'good');
const SCHOOL = 'did:web:school.example';

describe('the header of a token', () => {
  it.each<[JwtForm, JsonObject, string]>([
    ['ob-jwt', {}, 'good'],
    ['ob-jwt', { kid: 'https://school.example/keys/1', typ: 'JWT' }, 'good'],
    ['ob-jwt', { jwk: { kty: 'EC' } }, 'good'],
    ['vc+jwt', { kid: 'x', jwk: { kty: 'EC' } }, 'good'],
    ['ob-jwt', { kid: 'x', jwk: { kty: 'EC' } }, 'fail key_named_twice'],
    ['ob-jwt', { x5c: [] }, 'fail header_not_allowed'],
    ['vc+jwt', { x5c: [], anything: 1 }, 'good'],
    ['vc+jwt', { crit: [] }, 'fail critical_header'],
    ['vc+jwt', { b64: false }, 'fail critical_header'],
    ['vc+jwt', { b64: true }, 'good'],
    ['vc+jwt', { alg: 'none' }, 'fail algorithm_refused'],
    ['vc+jwt', { alg: 'PS256' }, 'unknown unsupported_algorithm'],
    ['vc+jwt', { cty: 'vc' }, 'good'],
    ['vc+jwt', { cty: 'application/VC' }, 'good'],
    ['vc+jwt', { cty: 'vp' }, 'fail content_type'],
    ['vc+jwt', { cty: 'vcapplication/' }, 'fail content_type'],
    ['vc+jwt', { cty: 7 }, 'fail content_type'],
    ['vp+jwt', { cty: 'vp' }, 'good'],
    ['vc-claim-jwt', { cty: 'vc' }, 'fail content_type'],
    ['vc+jwt', { iss: SCHOOL }, 'good'],
    ['vc+jwt', { iss: `${SCHOOL}0` }, 'fail header_claim_mismatch'],
    ['vc+jwt', { aud: ['a'] }, 'fail header_claim_mismatch'],
    ['vc+jwt', { sub: 'not among the claims' }, 'good'],
    ['vc+jwt', { kid: '' }, 'fail key_reference_malformed'],
    ['vc+jwt', { kid: 7 }, 'fail key_reference_malformed'],
    ['vc+jwt', { kid: 'x'.repeat(LIMITS.identifierChars) }, 'good'],
    ['vc+jwt', { kid: 'x'.repeat(LIMITS.identifierChars + 1) }, 'fail key_reference_malformed'],
    ['vc+jwt', { jwk: 'x' }, 'fail key_reference_malformed'],
    ['vc+jwt', { jwk: { kty: 'EC', d: 'x' } }, 'fail private_key_in_header'],
    ['vc+jwt', { jwk: { kty: 'oct', k: 'x' } }, 'fail private_key_in_header'],
  ])('%s %j', (form, header, expected) => {
    expect(said(headerFinding(form, { alg: 'ES256', ...header }, { iss: SCHOOL, aud: 'a' }))).toBe(expected);
  });

  it('names a key of the issuer, and of nobody else', () => {
    const of = (header: JsonObject, controller = SCHOOL) => {
      const found = keyReference(header, controller);
      return 'outcome' in found ? said(found) : found;
    };
    expect(of({})).toBe('fail key_not_named');
    expect(of({}, 'https://school.example/')).toBe('unknown key_not_named');
    expect(of({ kid: `${SCHOOL}#key-1` })).toEqual({ kid: `${SCHOOL}#key-1` });
    for (const kid of [`${SCHOOL}0#key-1`, SCHOOL, `${SCHOOL}#`, `${SCHOOL}#a#b`, 'did:web:other.example#key-1']) {
      expect(of({ kid }), kid).toBe('fail method_not_issuer');
    }
    const jwk = { kty: 'EC' };
    expect(of({ jwk })).toEqual({ jwk });
    expect(of({ kid: 'https://school.example/key', jwk })).toEqual({ kid: 'https://school.example/key', jwk });
  });
});

describe('the algorithm of a token', () => {
  it.each([
    [undefined, 'fail algorithm_refused'],
    ['none', 'fail algorithm_refused'],
    ['HS256', 'fail algorithm_refused'],
    ['toString', 'fail algorithm_refused'],
    ['ES512', 'unknown unsupported_algorithm'],
    ['EdDSA', 'good'],
    ['RS256', 'good'],
  ])('%s', (alg, expected) => expect(said(algorithmFinding(alg))).toBe(expected));

  it('is that of the key', () => {
    const key = publicKeyOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey);
    const of = (alg: string) => said(signatureFinding(alg, key, Buffer.from('x'), Buffer.alloc(64, 1)));
    expect(of('ES384')).toBe('fail algorithm_mismatch');
    expect(of('EdDSA')).toBe('fail algorithm_mismatch');
    expect(of('none')).toBe('fail algorithm_refused');
    expect(of('ES256')).toBe('fail signature_invalid');
  });
});

describe('claims and the document', () => {
  const NOW = Date.parse('2026-06-01T00:00:00Z') / 1_000;
  const SKEW = LIMITS.clockSkew / 1_000;
  const clock = { now: () => new Date(NOW * 1_000) };
  const FROM = Date.parse('2026-01-01T00:00:00Z') / 1_000;
  const document: JsonObject = {
    id: 'urn:uuid:1',
    issuer: { id: SCHOOL },
    credentialSubject: { id: 'did:key:z6Mk' },
    validFrom: '2026-01-01T00:00:00Z',
  };
  const claims = { iss: SCHOOL, jti: 'urn:uuid:1', sub: 'did:key:z6Mk', nbf: FROM };
  const of = (form: JwtForm, change: JsonObject = {}, other: JsonObject = {}) => {
    const whole = JSON.parse(JSON.stringify({ ...claims, ...change }));
    return said(claimFinding(form, whole, JSON.parse(JSON.stringify({ ...document, ...other })), clock));
  };
  const gone = undefined as unknown as string;

  it.each<[JwtForm, JsonObject, JsonObject, string]>([
    ['ob-jwt', {}, {}, 'good'],
    ['ob-jwt', { jti: gone }, {}, 'fail jti_missing'],
    ['ob-jwt', { sub: gone }, { credentialSubject: {} }, 'fail sub_missing'],
    ['ob-jwt', { nbf: gone }, {}, 'fail nbf_missing'],
    ['ob-jwt', {}, { validUntil: '2027-01-01T00:00:00Z' }, 'fail exp_missing'],
    ['ob-jwt', { exp: NOW }, {}, 'fail exp_mismatch'],
    ['ob-jwt', { exp: NOW }, { validUntil: '2026-06-01T00:00:00Z' }, 'good'],
    ['ob-jwt', { iss: 'x' }, {}, 'fail iss_mismatch'],
    ['ob-jwt', {}, { issuer: SCHOOL }, 'good'],
    ['ob-jwt', { nbf: FROM + 1 }, {}, 'fail nbf_mismatch'],
    ['ob-jwt', { nbf: FROM + 0.5 }, {}, 'good'],
    ['ob-jwt', {}, { credentialSubject: [{ id: 'did:key:z6Mk' }] }, 'good'],
    ['ob-jwt', {}, { credentialSubject: [{ id: 'did:key:z6Mk' }, { id: 'x' }] }, 'fail sub_mismatch'],
    ['vc-claim-jwt', { jti: gone, sub: gone, nbf: gone }, {}, 'good'],
    ['vc-claim-jwt', { jti: 'x' }, {}, 'fail jti_mismatch'],
    ['vc-claim-jwt', {}, { validFrom: gone, issuanceDate: '2026-01-01T00:00:00Z' }, 'good'],
    ['vc-claim-jwt', { exp: NOW }, { expirationDate: '2026-06-01T00:00:00Z' }, 'good'],
    ['vc-claim-jwt', { sub: 'x' }, { credentialSubject: {} }, 'fail sub_mismatch'],
    ['vc+jwt', { sub: 'x' }, { credentialSubject: {} }, 'good'],
    ['vc+jwt', { sub: 'x' }, {}, 'fail sub_mismatch'],
    ['vc+jwt', { iss: SCHOOL }, { issuer: gone }, 'fail iss_mismatch'],
    ['vp+jwt', { jti: gone, sub: gone }, { issuer: gone, holder: SCHOOL }, 'good'],
    ['vp+jwt', { iss: SCHOOL }, { issuer: gone }, 'good'],
    ['vp-claim-jwt', { exp: NOW - SKEW }, {}, 'fail token_expired'],
    ['vc+jwt', { exp: NOW - SKEW }, {}, 'fail token_expired'],
    ['vc+jwt', { exp: NOW - SKEW + 1 }, {}, 'good'],
    ['vc+jwt', { exp: FROM }, { validUntil: '2026-01-01T00:00:00Z' }, 'good'],
    ['vc+jwt', { nbf: NOW + SKEW }, {}, 'good'],
    ['vc+jwt', { nbf: NOW + SKEW + 1 }, {}, 'fail token_not_yet_valid'],
    ['vc+jwt', { nbf: NOW + SKEW + 60 }, { validFrom: new Date((NOW + SKEW + 60) * 1_000).toISOString() }, 'good'],
    ['vc+jwt', { exp: 'x' }, {}, 'fail exp_malformed'],
    ['vc+jwt', { nbf: -1 }, {}, 'fail nbf_malformed'],
    ['vc+jwt', { nbf: 0 }, {}, 'good'],
    ['vc+jwt', { iat: '1' }, {}, 'fail iat_malformed'],
    ['vc+jwt', { exp: 253_402_300_799 }, {}, 'good'],
    ['vc+jwt', { exp: 253_402_300_800 }, {}, 'fail exp_malformed'],
  ])('%s %j beside %j', (form, change, other, expected) => expect(of(form, change, other)).toBe(expected));

  it('name the owner that was asked about', () => {
    expect(said(ownerFinding(document, SCHOOL))).toBe('good');
    expect(said(ownerFinding(document, `${SCHOOL}0`))).toBe('fail issuer_mismatch');
    expect(said(ownerFinding({ credentialSubject: {} }, SCHOOL))).toBe('fail issuer_mismatch');
    expect(said(ownerFinding({ holder: { id: 'did:web:other.example' } }, SCHOOL))).toBe('fail issuer_mismatch');
    // A presentation need not say whose it is.
    expect(said(ownerFinding({ verifiableCredential: [] }, SCHOOL))).toBe('good');
    // Where it says it by `iss` alone, that counts; of a credential it does not.
    expect(said(ownerFinding({}, SCHOOL, { iss: SCHOOL }))).toBe('good');
    expect(said(ownerFinding({}, SCHOOL, { iss: `${SCHOOL}0` }))).toBe('fail issuer_mismatch');
    expect(said(ownerFinding({ credentialSubject: {} }, SCHOOL, { iss: SCHOOL }))).toBe('fail issuer_mismatch');
  });

  it('answer the question that was asked, to whom asked it', () => {
    const asked = { nonce: 'n', audience: 'https://verifier.example' };
    const ask = (more: JsonObject, expected: object = asked) => said(audienceFinding(more, expected));
    expect(ask({ nonce: 'n', aud: asked.audience })).toBe('good');
    expect(ask({ nonce: 'n', aud: ['x', asked.audience] })).toBe('good');
    expect(ask({ nonce: 'm', aud: asked.audience })).toBe('fail nonce_mismatch');
    expect(ask({ aud: asked.audience })).toBe('fail nonce_mismatch');
    expect(ask({ nonce: 'n', aud: 'x' })).toBe('fail audience_mismatch');
    expect(ask({ nonce: 'n' })).toBe('fail audience_mismatch');
    expect(ask({ nonce: 'x', aud: 'x' }, {})).toBe('good');
  });

  it('say when it was signed', () => {
    expect(signedAt({ iat: 10.9, nbf: 5 })).toEqual(new Date(10_000));
    expect(signedAt({ nbf: 5 })).toEqual(new Date(5_000));
    expect(signedAt({})).toBeUndefined();
    expect([numericDate('1970-01-01T00:00:01.900Z'), numericDate('x')]).toEqual([1, undefined]);
  });
});
