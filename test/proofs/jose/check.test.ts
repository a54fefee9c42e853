import { compactVerify } from 'jose';
import { afterAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { createContextLoader, createJwtChecker, openJwt } from '#proofs';
import { goldenBadge, ISSUER, TEST_PH_CONTEXT, TEST_PH_URL } from '../../support/golden-badge.ts';
import { ALGS, handToken, joseToken, obClaims, plainV1, tokenKey, tokenResolver } from './tokens.ts';

const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });
let now = '2026-11-03T00:00:00Z';
const checker = createJwtChecker({ loader, clock: { now: () => new Date(now) } });
afterAll(() => checker.close());
const keys = Object.fromEntries(ALGS.map((alg) => [alg, tokenKey(alg)]));
const es = keys.ES256!;
const expected = { controller: ISSUER, purpose: 'assertionMethod' as const };
const badge = goldenBadge();
const claims = obClaims();
const EXP = claims.exp as number;

async function codeOf(text: string, resolve = tokenResolver(...Object.values(keys)), more: object = {}) {
  const { outcome, code } = await checker.verify(openJwt(text), { ...expected, ...more }, resolve);
  return `${outcome} ${code}`;
}

describe('a token of the library jose', () => {
  const forms: [string, JsonObject, JsonObject][] = [
    ['ob-jwt', {}, claims],
    ['ob-jwt with typ', { typ: 'JWT' }, claims],
    ['vc+jwt', { typ: 'vc+jwt' }, badge],
    ['vc+jwt with claims', { typ: 'vc+jwt', cty: 'vc' }, { ...claims, iat: 1_793_606_400 }],
  ];
  it.each(ALGS.flatMap((alg) => forms.map((form) => [alg, ...form] as const)))(
    '%s %s',
    async (alg, _name, header, payload) => {
      const text = await joseToken(keys[alg]!, header, payload);
      expect(await codeOf(text)).toBe('pass signature_valid');
    },
  );

  it('is judged alike after any change of its signature or payload', async () => {
    const text = await joseToken(es, {}, claims);
    const [header, payload, signature] = text.split('.') as [string, string, string];
    const agree: string[] = [];
    for (let at = 0; at < signature.length - 1; at += 5) {
      const other = signature[at] === 'A' ? 'B' : 'A';
      const changed = `${header}.${payload}.${signature.slice(0, at)}${other}${signature.slice(at + 1)}`;
      const theirs = await compactVerify(changed, es.publicKey.key).then(
        () => 'pass signature_valid',
        () => 'fail signature_invalid',
      );
      const ours = await codeOf(changed);
      if (ours === theirs) agree.push(ours);
      expect(ours).toBe('fail signature_invalid');
    }
    expect(agree).toHaveLength(Math.ceil((signature.length - 1) / 5));
    expect(await codeOf(await handToken(es, { alg: 'ES256', kid: es.kid }, { ...claims, name: 'other' }))).toBe(
      'pass signature_valid',
    );
    const spliced = `${header}.${(await joseToken(es, {}, { ...claims, name: 'other' })).split('.')[1]}.${signature}`;
    expect(await codeOf(spliced)).toBe('fail signature_invalid');
  });
});

describe('claims of a badge after Open Badges', () => {
  const { jti: _jti, ...withoutJti } = claims;
  const { sub: _sub, ...withoutSub } = claims;
  const { iss: _iss, ...withoutIss } = claims;
  const { nbf: _nbf, ...withoutNbf } = claims;
  const { exp: _exp, ...withoutExp } = claims;
  const { validUntil: _end, ...endless } = claims;
  it.each([
    ['another issuer', { ...claims, iss: 'did:web:other.example' }, 'iss_mismatch'],
    ['another id', { ...claims, jti: 'urn:uuid:1' }, 'jti_mismatch'],
    ['another subject', { ...claims, sub: 'did:example:mallory' }, 'sub_mismatch'],
    ['another start', { ...claims, nbf: (claims.nbf as number) + 1 }, 'nbf_mismatch'],
    ['another end', { ...claims, exp: EXP + 1 }, 'exp_mismatch'],
    ['no jti', withoutJti, 'jti_missing'],
    ['no sub', withoutSub, 'sub_missing'],
    ['no iss', withoutIss, 'iss_missing'],
    ['no nbf', withoutNbf, 'nbf_missing'],
    ['no exp although it ends', withoutExp, 'exp_missing'],
    ['an exp although it does not end', endless, 'exp_mismatch'],
    ['nbf as text', { ...claims, nbf: String(claims.nbf) }, 'nbf_malformed'],
    ['exp as null', { ...claims, exp: null }, 'exp_malformed'],
    ['a negative exp', { ...claims, exp: -1 }, 'exp_malformed'],
    ['iat as text', { ...claims, iat: '1' }, 'iat_malformed'],
    [
      'two subjects',
      { ...claims, credentialSubject: [claims.credentialSubject!, claims.credentialSubject!] },
      'sub_mismatch',
    ],
  ] as const)('%s', async (_what, payload, code) => {
    expect(await codeOf(await joseToken(es, {}, payload as JsonObject))).toBe(`fail ${code}`);
  });
  it('a fraction of a second in the document is not compared', async () => {
    const text = await joseToken(es, {}, { ...claims, validFrom: '2026-11-02T16:00:00.250+08:00' });
    expect(await codeOf(text)).toBe('pass signature_valid');
  });
  it('an end that is over is for the validity of the badge', async () => {
    now = '2031-01-01T00:00:00Z';
    expect(await codeOf(await joseToken(es, {}, claims))).toBe('pass signature_valid');
    now = '2026-11-03T00:00:00Z';
  });
});

describe('claims of vc+jwt', () => {
  const vc = { typ: 'vc+jwt' };
  it.each([
    ['another issuer', { ...badge, iss: 'did:web:other.example' }, 'fail iss_mismatch'],
    ['another id', { ...badge, jti: 'urn:uuid:1' }, 'fail jti_mismatch'],
    ['another subject', { ...badge, sub: 'did:example:mallory' }, 'fail sub_mismatch'],
    ['a signature that is over', { ...badge, exp: 1_793_606_400 - 86_400 }, 'fail token_expired'],
    ['a signature that is not yet', { ...badge, nbf: 1_900_000_000 }, 'fail token_not_yet_valid'],
    ['times of the signature', { ...badge, iat: 1_793_606_400, exp: 1_900_000_000 }, 'pass signature_valid'],
    ['an unknown member', { ...badge, gradeBand: 'A' }, 'fail dropped_term'],
    [
      'an unknown member inside',
      { ...badge, credentialSubject: { ...(badge.credentialSubject as JsonObject), gradeBand: 'A' } },
      'fail dropped_term',
    ],
    ['an unknown type', { ...badge, type: [...(badge.type as string[]), 'Knighthood'] }, 'fail dropped_term'],
    [
      'a claim nobody here reads',
      { ...badge, status: { status_list: { idx: 1, uri: 'https://x.example' } } },
      'fail dropped_term',
    ],
    [
      'a context nobody knows',
      { ...badge, '@context': [...(badge['@context'] as string[]), 'https://x.example/c'] },
      'unknown unsupported_context',
    ],
    [
      '@vocab',
      { ...badge, '@context': [...(badge['@context'] as string[]), { '@vocab': 'https://x.example/' }] },
      'fail bad_context',
    ],
    ['no context', { ...badge, '@context': undefined }, 'fail bad_context'],
  ] as const)('%s', async (_what, payload, answer) => {
    expect(await codeOf(await joseToken(es, vc, payload as unknown as JsonObject))).toBe(answer);
  });
});

describe('version 1.1', () => {
  const vc = { ...plainV1(), issuer: ISSUER, issuanceDate: '2026-11-02T08:00:00Z' };
  const both = { iss: ISSUER, nbf: claims.nbf!, sub: 'did:example:learner' };
  it.each([
    ['claims and members', { ...both, vc }, 'pass signature_valid'],
    ['claims alone', { ...both, vc: plainV1() }, 'pass signature_valid'],
    ['members alone', { vc }, 'pass signature_valid'],
    ['another issuer', { ...both, iss: 'did:web:other.example', vc }, 'fail iss_mismatch'],
    ['another start', { ...both, nbf: 5, vc }, 'fail nbf_mismatch'],
    ['another subject', { ...both, sub: 'did:example:mallory', vc }, 'fail sub_mismatch'],
    ['another end', { ...both, exp: EXP, vc: { ...vc, expirationDate: '2026-11-04T00:00:00Z' } }, 'fail exp_mismatch'],
    ['a claim nobody here reads', { ...both, vc, status: { status_list: {} } }, 'unknown unsupported_claim'],
    ['an unknown member', { ...both, vc: { ...vc, gradeBand: 'A' } }, 'fail dropped_term'],
  ] as const)('%s', async (_what, payload, answer) => {
    expect(await codeOf(await joseToken(es, { typ: 'JWT' }, payload as unknown as JsonObject))).toBe(answer);
  });
});

describe('presentations', () => {
  const holder = 'did:web:holder.example';
  const key = tokenKey('ES256', `${holder}#key-1`);
  const vp = { '@context': ['https://www.w3.org/ns/credentials/v2'], type: ['VerifiablePresentation'], holder };
  const asked = { controller: holder, purpose: 'authentication' as const, nonce: 'n-1', audience: 'https://v.example' };
  const good = { ...vp, iss: holder, aud: 'https://v.example', nonce: 'n-1' };
  it.each([
    ['answers the question', good, 'pass signature_valid'],
    ['for several', { ...good, aud: ['x', 'https://v.example'] }, 'pass signature_valid'],
    ['for another', { ...good, aud: 'https://w.example' }, 'fail audience_mismatch'],
    ['for nobody', { ...vp, nonce: 'n-1' }, 'fail audience_mismatch'],
    ['to another question', { ...good, nonce: 'n-2' }, 'fail nonce_mismatch'],
    ['of another holder', { ...good, iss: 'did:web:mallory.example' }, 'fail iss_mismatch'],
    ['over', { ...good, exp: 1_793_500_000 }, 'fail token_expired'],
    ['with a member nobody defines', { ...good, mood: 'x' }, 'fail dropped_term'],
    [
      'with an envelope',
      {
        ...good,
        verifiableCredential: [
          {
            '@context': 'https://www.w3.org/ns/credentials/v2',
            type: 'EnvelopedVerifiableCredential',
            id: 'data:application/vc+jwt,x',
          },
        ],
      },
      'pass signature_valid',
    ],
    ['with a badge', { ...good, verifiableCredential: [badge] }, 'pass signature_valid'],
    [
      'with a badge of @vocab',
      {
        ...good,
        verifiableCredential: [{ ...badge, '@context': [...(badge['@context'] as string[]), { '@vocab': 'x:' }] }],
      },
      'fail bad_context',
    ],
  ] as const)('%s', async (_what, payload, answer) => {
    const text = await joseToken(key, { typ: 'vp+jwt' }, payload as unknown as JsonObject);
    expect(await codeOf(text, tokenResolver(key), asked)).toBe(answer);
  });
});

describe('the key', () => {
  it('is asked for with the purpose, of the issuer', async () => {
    const asked: unknown[] = [];
    const text = await joseToken(es, {}, claims);
    await checker.verify(openJwt(text), expected, async (...all) => {
      asked.push(all);
      return { outcome: 'unknown', code: 'did_unreachable', detail: 'x' };
    });
    expect(asked).toEqual([[{ kid: es.kid }, ISSUER, 'assertionMethod']]);
  });
  it.each([
    ['unreachable', { outcome: 'unknown', code: 'did_unreachable', detail: '' }, 'unknown did_unreachable'],
    ['refused', { outcome: 'refused', code: 'method_not_listed', detail: '' }, 'fail method_not_listed'],
    [
      'of another',
      {
        outcome: 'ok',
        method: { id: es.kid, controller: 'did:web:o.example', publicKeyMultibase: es.publicKey.multibase },
        document: {},
      },
      'fail method_not_issuer',
    ],
    [
      'of another name',
      {
        outcome: 'ok',
        method: { id: `${ISSUER}#x`, controller: ISSUER, publicKeyMultibase: es.publicKey.multibase },
        document: {},
      },
      'fail method_not_issuer',
    ],
    [
      'malformed',
      { outcome: 'ok', method: { id: es.kid, controller: ISSUER, publicKeyMultibase: 'z0' }, document: {} },
      'fail key_malformed',
    ],
  ] as const)('%s', async (_what, resolution, answer) => {
    const { outcome, code } = await checker.verify(
      openJwt(await joseToken(es, {}, claims)),
      expected,
      async () => resolution,
    );
    expect(`${outcome} ${code}`).toBe(answer);
  });
  it.each([
    ['revoked before', { revoked: '2026-11-01T00:00:00Z' }, {}, 'fail key_revoked'],
    ['revoked after', { revoked: '2026-11-03T00:00:00Z' }, {}, 'pass signature_valid'],
    ['expired at that second', { expires: '2026-11-02T08:00:00Z' }, {}, 'fail key_expired'],
    [
      'expired after the start and before the signature',
      { expires: '2026-11-02T09:00:00Z' },
      { iat: 1_793_700_000 },
      'fail key_expired',
    ],
    ['ended on no date', { revoked: 'yesterday' }, {}, 'fail key_malformed'],
  ] as const)('%s', async (_what, end, more, answer) => {
    const text = await joseToken(es, {}, { ...claims, ...more });
    expect(await codeOf(text, tokenResolver({ ...es, ...end }))).toBe(answer);
  });
  it('that was ended needs a token that says when it was signed', async () => {
    const text = await joseToken(es, { typ: 'vc+jwt' }, badge);
    expect(await codeOf(text, tokenResolver({ ...es, expires: '2030-01-01T00:00:00Z' }))).toBe('fail key_expired');
  });
  it('may be named by its fragment', async () => {
    expect(await codeOf(await joseToken(es, { kid: '#key-ES256' }, claims))).toBe('pass signature_valid');
  });
});

it('judges the text, not what is handed over with it', async () => {
  const opened = openJwt(await joseToken(es, {}, claims));
  const other = { ...opened, document: { ...opened.document, name: 'Other' } };
  expect(await checker.verify(other, expected, tokenResolver(es))).toMatchObject({
    outcome: 'fail',
    code: 'document_mismatch',
  });
  expect(await checker.verify({ ...opened, text: 'x' }, expected, tokenResolver(es))).toMatchObject({
    code: 'token_malformed',
  });
});
