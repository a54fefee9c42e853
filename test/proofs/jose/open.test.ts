import { describe, expect, it } from 'vitest';
import { type JsonObject, Problem } from '#kernel';
import { openJwt } from '#proofs';
import { goldenBadge } from '../../support/golden-badge.ts';
import { obClaims, part, plainV1 } from './tokens.ts';

const SIGNATURE = Buffer.alloc(64, 7).toString('base64url');
const token = (header: string | JsonObject, payload: string | JsonObject): string =>
  `${part(header)}.${part(payload)}.${SIGNATURE}`;
const badge = goldenBadge();

/** The stable code of what the text was refused for. */
function refusal(text: string): string {
  try {
    openJwt(text);
    return 'opened';
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error.errors[0]?.code ?? error.kind;
  }
}

describe('the form of a token', () => {
  const v2 = { '@context': ['https://www.w3.org/ns/credentials/v2'], type: ['VerifiableCredential'] };
  const vp = { '@context': ['https://www.w3.org/ns/credentials/v2'], type: ['VerifiablePresentation'] };
  const v1vp = { '@context': ['https://www.w3.org/2018/credentials/v1'], type: ['VerifiablePresentation'] };
  it.each([
    ['a badge with typ JWT', { typ: 'JWT' }, badge, 'ob-jwt'],
    ['a badge without typ', {}, badge, 'ob-jwt'],
    ['a badge as vc+jwt', { typ: 'vc+jwt' }, badge, 'vc+jwt'],
    ['typ as a media type', { typ: 'application/VC+JWT' }, badge, 'vc+jwt'],
    ['another credential without typ', {}, v2, 'vc+jwt'],
    ['a presentation', { typ: 'vp+jwt' }, vp, 'vp+jwt'],
    ['a presentation without typ', {}, vp, 'vp+jwt'],
    ['version 1.1', { typ: 'JWT' }, { iss: 'did:example:i', vc: plainV1() }, 'vc-claim-jwt'],
    ['a presentation of version 1.1', {}, { iss: 'did:example:h', vp: v1vp }, 'vp-claim-jwt'],
  ] as const)('%s', (_what, header, payload, form) => {
    expect(openJwt(token({ alg: 'ES256', ...header }, payload as JsonObject)).form).toBe(form);
  });

  it.each([
    ['version 2 in the claim', {}, { vc: badge }, 'claim_and_context'],
    ['version 2 beside the claim', {}, { ...badge, vc: badge }, 'claim_and_context'],
    ['version 2 beside an empty claim', {}, { ...badge, vc: {} }, 'claim_and_context'],
    ['version 2 beside a claim of null', { typ: 'vc+jwt' }, { ...badge, vc: null }, 'claim_and_context'],
    ['version 2 beside the claim vp', { typ: 'vc+jwt' }, { ...badge, vp: {} }, 'claim_and_context'],
    ['version 1.1 without the claim', {}, plainV1(), 'claim_and_context'],
    ['version 1.1 in the claim and typ of version 2', { typ: 'vc+jwt' }, { vc: plainV1() }, 'claim_and_context'],
    ['both claims', {}, { vc: plainV1(), vp: plainV1() }, 'claim_and_context'],
    ['a claim that is a text', {}, { vc: 'eyJ' }, 'not_a_credential'],
    ['a presentation called vc+jwt', { typ: 'vc+jwt' }, vp, 'unknown_typ'],
    ['a credential called vp+jwt', { typ: 'vp+jwt' }, badge, 'unknown_typ'],
    ['a security event', { typ: 'secevent+jwt' }, badge, 'unknown_typ'],
    ['an access token', { typ: 'at+jwt' }, badge, 'unknown_typ'],
    ['a key binding token', { typ: 'kb+jwt' }, badge, 'unknown_typ'],
    ['an SD-JWT without its tilde', { typ: 'vc+sd-jwt' }, badge, 'unknown_typ'],
    ['typ __proto__-like', { typ: 'constructor' }, badge, 'unknown_typ'],
    ['typ null', { typ: null }, badge, 'unknown_typ'],
    ['typ list', { typ: ['vc+jwt'] }, badge, 'unknown_typ'],
    ['a nested token', { typ: 'JWT', cty: 'JWT' }, badge, 'nested'],
    ['compression', { zip: 'DEF' }, badge, 'compressed'],
    ['encryption', { enc: 'A256GCM' }, badge, 'encrypted'],
  ] as const)('refuses %s', (_what, header, payload, code) => {
    expect(refusal(token({ alg: 'ES256', ...(header as JsonObject) }, payload as JsonObject))).toBe(code);
  });
});

describe('the document of a token', () => {
  it('is the payload without the claims of the token, whatever else is in it', () => {
    const opened = openJwt(token({ alg: 'RS256' }, { ...obClaims(), iat: 1, aud: 'x', status: { list: 1 } }));
    expect(opened.document).toEqual({ ...badge, status: { list: 1 } });
    expect(Object.keys(opened.document)).toEqual([...Object.keys(badge), 'status']);
    expect(opened.claims.jti).toBe(badge.id);
  });

  it('of version 1.1 gets from the claims what was left out, and keeps what is there', () => {
    const claims = {
      iss: 'did:example:i',
      sub: 'did:example:s',
      jti: 'urn:uuid:1',
      nbf: 1_700_000_000,
      exp: 1_800_000_000,
    };
    expect(
      openJwt(token({ alg: 'RS256' }, { ...claims, vc: { ...plainV1(), credentialSubject: { name: 'n' } } })).document,
    ).toEqual({
      ...plainV1(),
      id: 'urn:uuid:1',
      issuer: 'did:example:i',
      issuanceDate: '2023-11-14T22:13:20Z',
      expirationDate: '2027-01-15T08:00:00Z',
      credentialSubject: { name: 'n', id: 'did:example:s' },
    });
    const kept = {
      ...plainV1(),
      id: 'urn:uuid:2',
      issuer: { id: 'did:example:j' },
      issuanceDate: '2020-01-01T00:00:00Z',
    };
    expect(
      openJwt(token({ alg: 'RS256' }, { iss: 'did:example:i', jti: 'urn:uuid:1', nbf: 5, vc: kept })).document,
    ).toEqual(kept);
  });
});

describe('the text of a token', () => {
  const good = token({ alg: 'ES256' }, badge);
  const [header, payload] = good.split('.') as [string, string];
  it('keeps the text as it came', () => {
    expect(openJwt(` \r\n\t${good}\n`).text).toBe(good);
  });
  it.each([
    ['two parts', `${header}.${payload}`, 'not_compact'],
    ['four parts', `${good}.`, 'not_compact'],
    ['five parts', `${good}.a.b`, 'encrypted'],
    ['a thousand dots', '.'.repeat(1_000), 'not_compact'],
    ['nothing', '', 'not_compact'],
    ['only spaces', '   ', 'not_compact'],
    ['a no-break space', `\u00a0${good}`, 'base64url'],
    ['a byte order mark', `\ufeff${good}`, 'base64url'],
    ['a zero-width space in the payload', `${header}.\u200b${payload}.${SIGNATURE}`, 'base64url'],
    ['a line feed in the payload', `${header}.${payload.slice(0, 9)}\n${payload.slice(9)}.${SIGNATURE}`, 'base64url'],
    ['padding', `${header}=.${payload}.${SIGNATURE}`, 'base64url'],
    ['plain base64', `${header}.${payload}.${'+/'.repeat(43)}`, 'base64url'],
    ['spare bits of the signature', `${header}.${payload}.${SIGNATURE.slice(0, -1)}x`, 'base64url'],
    ['a header that is a list', token('[]', badge), 'header'],
    ['a payload that is a text', token({ alg: 'ES256' }, '"x"'), 'payload'],
    ['a payload of bytes', `${header}.${Buffer.of(0xff, 0xfe).toString('base64url')}.${SIGNATURE}`, 'malformed-json'],
    ['a payload after a byte order mark', token({ alg: 'ES256' }, `\ufeff${JSON.stringify(badge)}`), 'malformed-json'],
    ['twice alg', token('{"alg":"ES256","alg":"none"}', badge), 'malformed-json'],
    ['twice alg, once escaped', token('{"alg":"ES256","\\u0061lg":"none"}', badge), 'malformed-json'],
    ['twice issuer', token({ alg: 'ES256' }, '{"issuer":"a","issuer":"b"}'), 'malformed-json'],
    ['twice issuer, nested', token({ alg: 'ES256' }, '{"vc":{"issuer":"a","issuer":"b"}}'), 'malformed-json'],
    ['__proto__ in the header', token('{"alg":"ES256","__proto__":{"kid":"x"}}', badge), 'malformed-json'],
    ['__proto__ in the payload', token({ alg: 'ES256' }, '{"__proto__":{"issuer":"x"}}'), 'malformed-json'],
    ['a header of 20 KiB', token({ alg: 'ES256', kid: 'k'.repeat(20_000) }, badge), 'payload-too-large'],
    ['a payload of 300 KiB', token({ alg: 'ES256' }, { a: 'x'.repeat(300_000) }), 'payload-too-large'],
    ['a text of one MiB', 'e'.repeat(1_048_576), 'too_large'],
    [
      'a payload nested 40 levels deep',
      token({ alg: 'ES256' }, `{"a":${'['.repeat(40)}${']'.repeat(40)}}`),
      'malformed-json',
    ],
  ])('refuses %s', (_what, text, code) => {
    expect(refusal(text)).toBe(code);
  });
  it('names the member that occurs twice', () => {
    expect(() => openJwt(token({ alg: 'ES256' }, '{"a":{"b":1,"b":2}}'))).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ pointer: '/a/b' })] }),
    );
  });
});
