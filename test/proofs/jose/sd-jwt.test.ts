import { createHash, randomBytes } from 'node:crypto';
import { SDJwtInstance } from '@sd-jwt/core';
import { afterAll, describe, expect, it } from 'vitest';
import { type JsonObject, Problem } from '#kernel';
import { verifySignature } from '#keystore';
import { createContextLoader, createJwtChecker, openJwt } from '#proofs';
import { goldenBadge, ISSUER, TEST_PH_CONTEXT, TEST_PH_URL } from '../../support/golden-badge.ts';
import { handToken, part, tokenKey, tokenResolver } from './tokens.ts';

const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });
const checker = createJwtChecker({ loader, clock: { now: () => new Date('2026-11-03T00:00:00Z') } });
afterAll(() => checker.close());
const issuer = tokenKey('ES256');
const holder = tokenKey('ES256', 'did:example:holder#0');
const badge = goldenBadge();
const expected = { controller: ISSUER, purpose: 'assertionMethod' as const };
const sha256 = (text: string): string => createHash('sha256').update(text, 'ascii').digest('base64url');

const signerOf = (key: typeof issuer) => async (data: string) =>
  Buffer.from(await key.signer.sign(Buffer.from(data))).toString('base64url');
const verifierOf = (key: typeof issuer) => async (data: string, signature: string) =>
  verifySignature(key.publicKey, Buffer.from(data), Buffer.from(signature, 'base64url'));
/** The library: it makes what is verified here, and says what it makes of our changes. */
const library = new SDJwtInstance({
  signer: signerOf(issuer),
  verifier: verifierOf(issuer),
  signAlg: 'ES256',
  kbSigner: signerOf(holder),
  kbVerifier: verifierOf(holder),
  kbSignAlg: 'ES256',
  hasher: async (data: string | ArrayBuffer) =>
    createHash('sha256')
      .update(typeof data === 'string' ? data : Buffer.from(data))
      .digest(),
  hashAlg: 'sha-256',
  saltGenerator: async () => randomBytes(16).toString('base64url'),
});
const header = { typ: 'vc+sd-jwt', kid: issuer.kid };
const FRAME = {
  credentialSubject: {
    _sd: ['creditsEarned'],
    achievement: { _sd: ['description'], alignment: { _sd: [0] } },
    result: { _sd: [0] },
  },
};
const payload = { ...badge, iat: 1_793_606_400, cnf: { jwk: holder.publicKey.jwk } };
const full = await library.issue(payload as never, FRAME as never, { header });
const [signed, ...disclosures] = full.slice(0, -1).split('~') as [string, ...string[]];
const shown = (...texts: string[]): string => [signed, ...texts, ''].join('~');
const bind = async (token: string, more: JsonObject = {}, head: JsonObject = {}, key = holder): Promise<string> =>
  token +
  (await handToken(
    key,
    { alg: key.alg, typ: 'kb+jwt', ...head },
    { iat: 1_793_606_500, aud: 'https://v.example', nonce: 'n-1', sd_hash: sha256(token), ...more },
  ));

async function answer(text: string, more: object = {}): Promise<string> {
  let opened: ReturnType<typeof openJwt>;
  try {
    opened = openJwt(text);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return `refused ${error.errors[0]?.code ?? error.kind}`;
  }
  const { outcome, code } = await checker.verify(opened, { ...expected, ...more }, tokenResolver(issuer));
  return `${outcome} ${code}`;
}

describe('an SD-JWT of the library', () => {
  it('whole: every disclosure in its place', async () => {
    expect(disclosures).toHaveLength(4);
    const opened = openJwt(full);
    expect(opened.form).toBe('vc+sd-jwt');
    expect(opened.document).toEqual(badge);
    expect(await answer(full)).toBe('pass signature_valid');
  });

  it('each of the sixteen choices reads as the library reads it', async () => {
    for (let choice = 0; choice < 16; choice++) {
      const text = shown(...disclosures.filter((_one, bit) => choice & (1 << bit)));
      const { payload: theirs } = await library.verify(text);
      const { cnf: _cnf, iat: _iat, ...document } = theirs as JsonObject;
      expect(openJwt(text).document).toEqual(document);
      const report = await checker.verify(openJwt(text), expected, tokenResolver(issuer));
      expect(report).toMatchObject({ outcome: 'pass', code: 'signature_valid' });
      // Where something was kept back, the report says so.
      expect(report.proofs[0]!.selective).toBe(choice === 15 ? undefined : true);
    }
  });

  // The library leaves a disclosure out that stands nowhere; RFC 9901 7.1 step 5 refuses the whole.
  it.each([
    ['a disclosure of nothing', () => shown(...disclosures, part('["salt","name","Other"]')), 'leaves out'],
    ['a disclosure twice', () => shown(disclosures[0]!, disclosures[0]!), 'leaves out'],
    ['a changed disclosure', () => shown(part('["salt","creditsEarned",9.5]')), 'leaves out'],
    ['a changed signature', () => `${signed.slice(0, -2)}${signed.endsWith('AA') ? 'BA' : 'AA'}~`, 'refuses'],
  ])('%s is refused, where the library %3$s', async (_what, make, theirs) => {
    const text = make();
    const library_ = await library.verify(text).then(
      ({ payload: read }) => ((read as unknown as JsonObject).name === badge.name ? 'leaves out' : 'believes'),
      () => 'refuses',
    );
    expect(library_).toBe(theirs);
    expect(await answer(text)).toMatch(/^(refused|fail) /);
  });
});

describe('rules of disclosure (RFC 9901, 7.1)', () => {
  const disclosure = (...parts: unknown[]): string => part(JSON.stringify(parts));
  const digest = (...parts: unknown[]): string => sha256(disclosure(...parts));
  const token = (claims: JsonObject, ...texts: string[]) =>
    `${part({ alg: 'ES256', typ: 'vc+sd-jwt' })}.${part({ ...badge, ...claims })}.AAAA~${texts.map((one) => `${one}~`).join('')}`;
  const deep = (levels: number): [string, string[]] => {
    let at = disclosure('s', 'x', 1);
    const all = [at];
    for (let level = 0; level < levels; level++) {
      at = disclosure('s', 'x', { _sd: [sha256(at)] });
      all.push(at);
    }
    return [sha256(at), all];
  };
  it.each([
    ['another digest', token({ _sd_alg: 'sha-512' }), 'digest_algorithm'],
    ['sha-1', token({ _sd_alg: 'sha-1' }), 'digest_algorithm'],
    ['_sd_alg further in', token({ evidence: { _sd_alg: 'sha-256' } }), 'disclosure'],
    ['a digest in two places', token({ _sd: ['a'], evidence: [{ _sd: ['a'] }] }), 'disclosure'],
    ['_sd that is no list', token({ _sd: 'a' }), 'disclosure'],
    ['a digest that is no text', token({ _sd: [1] }), 'disclosure'],
    ['a hidden element with more members', token({ evidence: [{ '...': 'a', id: 'b' }] }), 'disclosure'],
    ['"..." as a member', token({ evidence: { '...': 'a' } }), 'disclosure'],
    [
      'a member that would be replaced',
      token({ _sd: [digest('s', 'name', 'Other')] }, disclosure('s', 'name', 'Other')),
      'disclosure',
    ],
    ['the name _sd', token({ _sd: [digest('s', '_sd', ['b'])] }, disclosure('s', '_sd', ['b'])), 'disclosure'],
    ['the name "..."', token({ _sd: [digest('s', '...', 'b')] }, disclosure('s', '...', 'b')), 'disclosure'],
    [
      'the name __proto__',
      token({ _sd: [digest('s', '__proto__', {})] }, disclosure('s', '__proto__', {})),
      'malformed-json',
    ],
    ['an element for a member', token({ _sd: [digest('s', 1)] }, disclosure('s', 1)), 'disclosure'],
    [
      'a member for an element',
      token({ evidence: [{ '...': digest('s', 'n', 1) }] }, disclosure('s', 'n', 1)),
      'disclosure',
    ],
    ['a disclosure of four', token({}, disclosure('s', 'n', 1, 2)), 'disclosure'],
    ['a disclosure of one', token({}, disclosure('s')), 'disclosure'],
    ['a salt that is a number', token({}, disclosure(1, 'n', 1)), 'disclosure'],
    ['a disclosure that is an object', token({}, part('{}')), 'disclosure'],
    ['a disclosure with padding', token({}, `${disclosure('s', 'n', 1)}=`), 'disclosure'],
    ['twice a key in a disclosure', token({}, part('["s","n",{"a":1,"a":2}]')), 'malformed-json'],
    ['an empty disclosure', token({}, ''), 'disclosure'],
    ['501 disclosures', token({}, ...Array.from({ length: 501 }, (_one, at) => disclosure('s', at))), 'too_large'],
    ['a chain 40 levels deep', (([root, all]) => token({ _sd: [root] }, ...all))(deep(40)), 'disclosure'],
    [
      'a claim vc in a disclosure',
      token({ _sd: [digest('s', 'vc', {})] }, disclosure('s', 'vc', {})),
      'claim_and_context',
    ],
  ])('refuses %s', async (_what, text, code) => {
    expect(await answer(text)).toBe(`refused ${code}`);
  });

  it('a chain of disclosures is followed', () => {
    const [root, all] = deep(5);
    expect(openJwt(token({ _sd: [root] }, ...all)).document.x).toEqual({ x: { x: { x: { x: { x: 1 } } } } });
  });

  it.each<[string, JsonObject]>([
    ['one of two status entries', { credentialStatus: [{ '...': sha256('x') }, badge.credentialStatus ?? {}] }],
    ['one of its types', { type: [...(badge.type as string[]), { '...': sha256('x') }] }],
    ['a member of its status', { credentialStatus: { ...(badge.credentialStatus as JsonObject), _sd: [sha256('x')] } }],
  ])('cannot judge a credential that hides %s', async (_what, more) => {
    const payload = { ...badge, ...more, _sd_alg: 'sha-256' };
    const hidden = await handToken(issuer, { alg: 'ES256', ...header }, payload);
    expect(await answer(`${hidden}~`)).toBe('unknown undisclosed_members');
  });

  it('cannot judge a credential that hides members of its own: a status could be one', async () => {
    const hidden = await handToken(
      issuer,
      { alg: 'ES256', ...header },
      { ...badge, _sd: [sha256('x')], _sd_alg: 'sha-256' },
    );
    expect(await answer(`${hidden}~`)).toBe('unknown undisclosed_members');
  });

  it('a disclosed member nobody defines is refused as any other', async () => {
    const text = disclosure('s', 'gradeBand', 'A');
    const token_ = await handToken(issuer, { alg: 'ES256', ...header }, { ...badge, _sd: [sha256(text)] });
    expect(await answer(`${token_}~${text}~`)).toBe('fail dropped_term');
  });
});

describe('key binding (RFC 9901, 7.3)', () => {
  const asked = { nonce: 'n-1', audience: 'https://v.example' };
  it('of the library passes', async () => {
    const kb = { payload: { iat: 1_793_606_500, aud: 'https://v.example', nonce: 'n-1' } };
    const text = await library.present(full, { credentialSubject: { creditsEarned: true } } as never, { kb });
    expect(openJwt(text).keyBinding?.claims.nonce).toBe('n-1');
    expect(await answer(text, asked)).toBe('pass signature_valid');
  });
  const other = tokenKey('ES256');
  it.each([
    ['as it should be', () => bind(shown(disclosures[0]!)), 'pass signature_valid'],
    [
      'over other disclosures',
      async () => shown(disclosures[1]!) + (await bind(shown(disclosures[0]!))).split('~').pop(),
      'fail key_binding_other_token',
    ],
    ['to another question', () => bind(full, { nonce: 'n-2' }), 'fail nonce_mismatch'],
    ['for another verifier', () => bind(full, { aud: 'https://w.example' }), 'fail audience_mismatch'],
    ['without iat', () => bind(full, { iat: 'x' }), 'fail key_binding_malformed'],
    ['with another typ', () => bind(full, {}, { typ: 'JWT' }), 'fail key_binding_malformed'],
    ['with crit', () => bind(full, {}, { crit: ['b64'], b64: false }), 'fail critical_header'],
    ['by another key', () => bind(full, {}, {}, other), 'fail key_binding_signature_invalid'],
    [
      'by alg none',
      async () =>
        `${full}${part({ alg: 'none', typ: 'kb+jwt' })}.${part({ iat: 1, aud: 'https://v.example', nonce: 'n-1', sd_hash: sha256(full) })}.`,
      'fail key_binding_algorithm_refused',
    ],
    ['by the public key as secret', () => bind(full, {}, { alg: 'HS256' }), 'fail key_binding_algorithm_refused'],
  ] as const)('%s', async (_what, make, expectedAnswer) => {
    expect(await answer(await make(), asked)).toBe(expectedAnswer);
  });
  it('without a key of the holder is refused', async () => {
    const bare = `${await handToken(issuer, { alg: 'ES256', ...header }, badge)}~`;
    expect(await answer(await bind(bare), asked)).toBe('fail key_binding_without_key');
    const named = `${await handToken(issuer, { alg: 'ES256', ...header }, { ...badge, cnf: { kid: 'x' } })}~`;
    expect(await answer(await bind(named), asked)).toBe('unknown unsupported_key_binding');
  });
});
