import { afterAll, describe, expect, it } from 'vitest';
import { type JsonObject, Problem } from '#kernel';
import { createContextLoader, createJwtChecker, openJwt } from '#proofs';
import { handToken, obClaims, part, plainV1, tokenKey, tokenResolver } from '../proofs/jose/tokens.ts';
import { goldenBadge, ISSUER, TEST_PH_CONTEXT, TEST_PH_URL } from '../support/golden-badge.ts';

const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });
const checker = createJwtChecker({ loader, clock: { now: () => new Date('2026-11-24T00:00:00Z') } });
afterAll(() => checker.close());
const key = tokenKey('ES256');
const resolve = tokenResolver(key);
const badge = goldenBadge();
const claims = obClaims();

/** `refused CODE` where the token is not even opened. */
async function verify(text: string): Promise<string> {
  try {
    const { outcome, code } = await checker.verify(
      openJwt(text),
      { controller: ISSUER, purpose: 'assertionMethod' },
      resolve,
    );
    return `${outcome} ${code}`;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return `refused ${error.errors[0]?.code ?? error.kind}`;
  }
}
const signed = (header: JsonObject | string, payload: JsonObject | string = badge) => handToken(key, header, payload);
const head = (more: JsonObject = {}): JsonObject => ({ alg: 'ES256', kid: key.kid, typ: 'vc+jwt', ...more });

describe('KP-7: what a header may ask for', () => {
  it.each<[string, JsonObject, string]>([
    ['nothing', {}, 'pass signature_valid'],
    ['crit of an unknown name', { crit: ['exp'], exp: 1 }, 'fail critical_header'],
    ['crit of b64', { crit: ['b64'], b64: false }, 'fail critical_header'],
    ['crit of b64 that is true', { crit: ['b64'], b64: true }, 'fail critical_header'],
    ['b64 without crit', { b64: false }, 'fail critical_header'],
    ['b64 as text', { b64: 'false' }, 'fail critical_header'],
    ['an empty crit', { crit: [] }, 'fail critical_header'],
    ['crit null', { crit: null }, 'fail critical_header'],
    ['crit as text', { crit: 'b64' }, 'fail critical_header'],
    ['crit of a registered name', { crit: ['alg'] }, 'fail critical_header'],
    ['crit of what is not there', { crit: ['x'] }, 'fail critical_header'],
    ['crit of __proto__-like', { crit: ['constructor'] }, 'fail critical_header'],
    ['a name nobody knows', { 'urn:x': 1 }, 'pass signature_valid'],
    ['cty vc', { cty: 'vc' }, 'pass signature_valid'],
    ['cty vp', { cty: 'vp' }, 'fail content_type'],
    ['cty JWT', { cty: 'JWT' }, 'refused nested'],
    ['cty application/jwt', { cty: 'application/jwt' }, 'refused nested'],
    ['cty json', { cty: 'json' }, 'fail content_type'],
    ['cty null', { cty: null }, 'fail content_type'],
    ['typ of a presentation', { typ: 'vp+jwt' }, 'refused unknown_typ'],
    ['typ of SD-JWT', { typ: 'vc+sd-jwt' }, 'refused unknown_typ'],
    ['typ of IETF SD-JWT VC', { typ: 'dc+sd-jwt' }, 'refused unknown_typ'],
    ['typ of an access token', { typ: 'at+jwt' }, 'refused unknown_typ'],
    ['typ of a proof of a wallet', { typ: 'openid4vci-proof+jwt' }, 'refused unknown_typ'],
    ['typ with white space', { typ: ' vc+jwt' }, 'refused unknown_typ'],
    ['typ twice a media type', { typ: 'application/application/vc+jwt' }, 'refused unknown_typ'],
    ['typ with a look-alike', { typ: 'vc+jwt\u200b' }, 'refused unknown_typ'],
    ['zip', { zip: 'DEF' }, 'refused compressed'],
    ['enc', { enc: 'A128GCM' }, 'refused encrypted'],
    ['iss that repeats', { iss: ISSUER }, 'pass signature_valid'],
  ])('%s', async (_what, more, answer) => {
    expect(await verify(await signed(head(more)))).toBe(answer);
  });

  it('claims in the header are the same as in the payload', async () => {
    expect(await verify(await signed(head({ iss: 'did:web:other.example' }), { ...badge, iss: ISSUER }))).toBe(
      'fail header_claim_mismatch',
    );
    expect(await verify(await signed(head({ sub: 'x' }), claims))).toBe('fail header_claim_mismatch');
  });

  it.each<[string, JsonObject]>([
    ['cty', { cty: 'vc' }],
    ['x5c', { x5c: ['AAAA'] }],
    ['a name nobody knows', { x: 1 }],
    ['iss', { iss: ISSUER }],
  ])('Open Badges allows no %s', async (_what, more) => {
    const { typ: _typ, ...header } = head(more);
    expect(await verify(await signed(header, claims))).toBe('fail header_not_allowed');
  });
});

describe('one text, one token', () => {
  it('a right token changed in its spelling is refused, or the same token', async () => {
    const token = await signed(head());
    const [header, payload, signature] = token.split('.') as [string, string, string];
    const texts: [string, string][] = [
      ['padding', `${header}=.${payload}.${signature}`],
      ['padding of the signature', `${token}==`],
      ['a dot behind', `${token}.`],
      ['a dot before', `.${token}`],
      ['two dots between', `${header}..${payload}.${signature}`],
      ['a tilde behind', `${token}~`],
      ['two tildes', `${token}~~`],
      ['a tilde before', `~${token}`],
      ['a full-width dot', token.replace('.', '\uff0e')],
      ['a percent-encoded dot', token.replace('.', '%2E')],
      ['a null', `${token}\u0000`],
      ['a line feed inside', `${header}.\n${payload}.${signature}`],
      ['a tab inside', `${header}.${payload}.\t${signature}`],
      ['a no-break space before', `\u00a0${token}`],
      ['a byte order mark', `\ufeff${token}`],
      ['a soft hyphen', `${header.slice(0, 4)}\u00ad${header.slice(4)}.${payload}.${signature}`],
      ['a Cyrillic letter', `${header.replace('e', '\u0435')}.${payload}.${signature}`],
      ['quotes', `"${token}"`],
      ['Bearer', `Bearer ${token}`],
      ['two tokens', `${token} ${token}`],
      ['two tokens by tilde', `${token}~${token}`],
      ['the signature of another', `${header}.${part({ ...badge, name: 'x' })}.${signature}`],
      ['no payload', `${header}..${signature}`],
      ['no header', `.${payload}.${signature}`],
      ['no signature', `${header}.${payload}.`],
      ['JSON serialisation', JSON.stringify({ protected: header, payload, signature })],
    ];
    for (const [what, text] of texts)
      expect([what, await verify(text)]).not.toEqual([what, expect.stringMatching(/^pass/)]);
    expect(await verify(` ${token}\r\n`)).toBe('pass signature_valid');
    console.log(`KP-7: ${texts.length} spellings, none of them passes`);
  });

  it('every changed character of header or payload is seen', async () => {
    const token = await signed(head());
    let seen = 0;
    for (let at = 0; at < token.lastIndexOf('.'); at += 7) {
      if (token[at] === '.') continue;
      const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
      expect(await verify(changed)).toMatch(/^(refused|fail|unknown) /);
      seen++;
    }
    expect(seen).toBeGreaterThan(200);
  });
});

describe('duplicate and polluting members', () => {
  it.each([
    ['alg', `{"alg":"ES256","alg":"none","kid":"${key.kid}"}`],
    ['alg, escaped', `{"alg":"ES256","\\u0061lg":"none","kid":"${key.kid}"}`],
    ['kid', `{"alg":"ES256","kid":"${key.kid}","kid":"x"}`],
    ['crit', `{"alg":"ES256","kid":"${key.kid}","crit":[],"crit":["b64"]}`],
    ['__proto__', `{"alg":"ES256","kid":"${key.kid}","__proto__":{"alg":"none"}}`],
  ])('header: %s', async (_what, header) => {
    expect(await verify(await signed(header))).toBe('refused malformed-json');
  });
  it.each([
    ['iss', JSON.stringify(claims).replace('"iss":', '"iss":"did:web:other.example","iss":')],
    ['issuer', JSON.stringify(claims).replace('"issuer":', '"issuer":"did:web:other.example","issuer":')],
    ['validUntil, inside', JSON.stringify(claims).replace('"creditsEarned":', '"creditsEarned":9,"creditsEarned":')],
    ['__proto__', JSON.stringify(claims).replace('"iss":', '"__proto__":{"polluted":true},"iss":')],
  ])('payload: %s', async (_what, payload) => {
    expect(await verify(await signed(head(), payload))).toBe('refused malformed-json');
    expect(({} as JsonObject).polluted).toBeUndefined();
  });
  it('constructor and prototype are names like others, without a meaning', async () => {
    for (const name of ['constructor', 'prototype', 'hasOwnProperty', 'toString', 'valueOf']) {
      expect(await verify(await signed(head(), { ...badge, [name]: { polluted: true } }))).toBe('fail dropped_term');
      expect(await verify(await signed(head({ [name]: { polluted: true } })))).toBe('pass signature_valid');
    }
    expect(({} as JsonObject).polluted).toBeUndefined();
  });
});

describe('tokens in tokens, and long ones', () => {
  it('a token as payload is none', async () => {
    const inner = await signed(head());
    expect(await verify(await signed(head(), inner))).toBe('refused malformed-json');
    expect(await verify(await signed(head(), JSON.stringify(inner)))).toBe('refused payload');
    expect(await verify(await signed(head({ typ: 'JWT' }), { vc: inner }))).toBe('refused not_a_credential');
    expect(await verify(await signed(head({ typ: 'JWT' }), { vc: plainV1(), vp: inner }))).toBe(
      'refused claim_and_context',
    );
  });
  it('long texts end at once', async () => {
    const many = 2 ** 20;
    for (const text of [
      '.'.repeat(many),
      '~'.repeat(many),
      'a'.repeat(many),
      ' '.repeat(many),
      `${'eyJ'.repeat(60_000)}.a.b`,
    ]) {
      expect(await verify(text)).toMatch(/^refused /);
    }
    expect(await verify(`${await signed(head())}${'~'.repeat(500)}`)).toMatch(/^refused /);
    const wide = Object.fromEntries(Array.from({ length: 10_001 }, (_one, at) => [`m${at}`, 1]));
    expect(await verify(await signed(head(), wide))).toBe('refused malformed-json');
  });
});
