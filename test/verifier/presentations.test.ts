import { beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { CREDENTIALS_V2, createJwtMaker } from '#proofs';
import type { CheckName, Report } from '#verifier';
import { SAMPLES } from '../../src/credentials/vcdm/sample.ts';
import { rawSign } from './raw-sign.ts';
import { type Actor, actor, badge, loader, type World, world } from './world.ts';

const ASKED = { challenge: 'c2f9-31', domain: 'verifier.example' };

let issuer: Actor;
let holder: Actor;
let on: World;
let credential: JsonObject;

beforeAll(async () => {
  issuer = actor('issuer');
  holder = actor('holder');
  on = world([issuer, holder]);
  credential = await rawSign(issuer, SAMPLES.credential());
});

const of = (report: Report, name: CheckName) => report.checks.find((one) => one.check === name)!;
const presentation = (more: JsonObject = {}): JsonObject => ({
  ...SAMPLES.presentation(),
  verifiableCredential: [credential],
  ...more,
});
const signed = (document: JsonObject, more: JsonObject = ASKED, by = holder) =>
  rawSign(by, document, { proofPurpose: 'authentication', ...more });

async function verify(document: JsonObject | string, more: Record<string, unknown> = ASKED) {
  const { presentation: found, credentials } = await on.verifier.verifyPresentation({
    presentation: document,
    ...more,
  });
  const checks = Object.fromEntries(found.checks.map(({ check, result, code }) => [check, `${result} ${code}`]));
  return { ...found, checks, credentials };
}

describe('a signed presentation', () => {
  it('is valid for the question it answers, and each credential has its own report', async () => {
    const found = await verify(await signed(presentation()));
    expect(found).toMatchObject({ verdict: 'valid', holder: holder.did });
    expect(found.checks).toEqual({
      document: 'pass conforming',
      proof: 'pass signature_valid',
      holder: 'pass holder_signed',
    });
    expect(found.credentials.map(({ verdict, profile }) => [verdict, profile])).toEqual([['valid', 'vc']]);
    expect(found.sentence.en).toBe('Signed by its holder; each credential in it has its own answer.');
  });

  it('reads the same as text', async () => {
    expect((await verify(JSON.stringify(await signed(presentation())))).verdict).toBe('valid');
  });

  it('leaves the credentials alone when asked to', async () => {
    const found = await verify(await signed(presentation()), { ...ASKED, verifyCredentials: false });
    expect([found.verdict, found.credentials]).toEqual(['valid', []]);
  });

  it.each<[string, JsonObject, Record<string, unknown>, string, string]>([
    ['another challenge', { ...ASKED, challenge: 'other' }, ASKED, 'invalid', 'fail other_challenge'],
    ['no challenge', { domain: ASKED.domain }, ASKED, 'invalid', 'fail other_challenge'],
    ['another domain', { ...ASKED, domain: 'other.example' }, ASKED, 'invalid', 'fail other_domain'],
    ['no domain', { challenge: ASKED.challenge }, ASKED, 'invalid', 'fail other_domain'],
    ['a second domain', { ...ASKED, domain: [ASKED.domain, 'other.example'] }, ASKED, 'invalid', 'fail other_domain'],
    ['one domain in a list', { ...ASKED, domain: [ASKED.domain] }, ASKED, 'valid', 'pass signature_valid'],
    ['a domain that was not asked for', ASKED, { challenge: ASKED.challenge }, 'valid', 'pass signature_valid'],
    ['a challenge that was not asked for', ASKED, {}, 'valid', 'warning challenge_not_asked'],
    ['neither', {}, {}, 'valid', 'pass signature_valid'],
    ['another purpose', { ...ASKED, proofPurpose: 'assertionMethod' }, ASKED, 'invalid', 'fail wrong_purpose'],
  ])('VC-DI 4.4 %s', async (_name, proof, asked, verdict, code) => {
    const found = await verify(await signed(presentation(), proof), asked);
    expect([found.verdict, found.checks.proof]).toEqual([verdict, code]);
    expect(found.holder).toBe(verdict === 'valid' ? holder.did : undefined);
  });

  it('of two proofs, one must be both good and for this question', async () => {
    const { proof: good, ...document } = await signed(presentation());
    const { proof: other } = await signed(presentation(), { ...ASKED, challenge: 'other' });
    const { proof: foreign } = await signed(presentation(), ASKED, issuer);
    expect((await verify({ ...document, proof: [other!, good!] })).verdict).toBe('valid');
    const split = await verify({ ...document, proof: [other!, foreign!] });
    expect([split.verdict, split.checks.proof]).toEqual(['invalid', 'fail other_challenge']);
  });

  it('by somebody else than the holder it names', async () => {
    const found = await verify(await signed(presentation(), ASKED, issuer));
    expect([found.verdict, found.checks.proof]).toEqual(['invalid', 'fail method_not_issuer']);
    expect(found.holder).toBeUndefined();
  });

  it('changed afterwards', async () => {
    const found = await verify({
      ...(await signed(presentation())),
      id: 'urn:uuid:6f0e8a1c-6b8b-4c55-9f10-2f7f6b1d5aff',
    });
    expect([found.verdict, found.checks.proof]).toEqual(['invalid', 'fail signature_invalid']);
  });

  it('with its credential left out or exchanged', async () => {
    const whole = await signed(presentation());
    const another = await rawSign(issuer, {
      ...SAMPLES.credential(),
      id: 'urn:uuid:6f0e8a1c-6b8b-4c55-9f10-2f7f6b1d5afe',
    });
    for (const verifiableCredential of [[], [another], [credential, another]]) {
      expect((await verify({ ...whole, verifiableCredential })).verdict).toBe('invalid');
    }
  });

  it('that names no holder says whose key signed, and no holder', async () => {
    const { holder: _, ...document } = presentation();
    const found = await on.verifier.verifyPresentation({ presentation: await signed(document), ...ASKED });
    expect(found.presentation.verdict).toBe('valid');
    expect(found.presentation.holder).toBeUndefined();
    const proof = found.presentation.checks.find((one) => one.check === 'proof')!;
    expect(proof.evidence.verificationMethod).toBe(holder.signer.verificationMethod);
  });

  it('is not made invalid by a credential that is', async () => {
    const forged = { ...credential, name: 'Forged' };
    const found = await verify(await signed(presentation({ verifiableCredential: [forged, credential] })));
    expect([found.verdict, ...found.credentials.map((one) => one.verdict)]).toEqual(['valid', 'invalid', 'valid']);
    expect(JSON.stringify(found)).not.toContain('Forged');
  });

  it('may hold badges, which are read as such', async () => {
    const one = await rawSign(issuer, badge(issuer));
    const whole = await signed(presentation({ verifiableCredential: [one] }));
    expect((await verify(whole)).credentials.map(({ profile, verdict }) => [profile, verdict])).toEqual([
      ['openbadge', 'valid'],
    ]);
    const asked = await verify(whole, { ...ASKED, profile: 'vc' });
    expect(asked.credentials.map(({ profile }) => profile)).toEqual(['vc']);
    expect((await verify(whole, { ...ASKED, profile: 'openbadge' })).verdict).toBe('valid');
  });

  it('with terms of its own is for the profile vc only', async () => {
    const own = {
      '@context': [CREDENTIALS_V2, { Show: 'https://specimen.example/terms/Show' }],
      type: ['VerifiablePresentation', 'Show'],
    };
    const whole = await signed(presentation(own));
    expect((await verify(whole)).checks.document).toBe('warning inline_context');
    expect((await verify(whole, { ...ASKED, profile: 'openbadge' })).verdict).toBe('invalid');
  });
});

describe('a presentation that nobody signed', () => {
  it('conforms and says so; what it holds stands by itself', async () => {
    const found = await verify(presentation(), {});
    expect(found.verdict).toBe('undetermined');
    expect(found.checks).toEqual({
      document: 'pass conforming',
      proof: 'not_applicable not_signed',
      holder: 'not_applicable holder_not_shown',
    });
    expect(found.credentials.map(({ verdict }) => verdict)).toEqual(['valid']);
    expect(found.sentence.en).toMatch(/^Nobody signed this presentation/);
  });

  it.each([{ challenge: 'x' }, { domain: 'x' }])('answers no question: %j', async (asked) => {
    const found = await verify(presentation(), asked);
    expect([found.verdict, found.checks.proof]).toEqual(['invalid', 'fail no_proof']);
  });

  it('VCDM 4.13 may not hold a credential that nobody signed either', async () => {
    const found = await verify(presentation({ verifiableCredential: [SAMPLES.credential()] }), {});
    expect([found.verdict, found.checks.document]).toEqual(['invalid', 'fail unsecured_credential']);
    expect(found.credentials.map(({ verdict }) => verdict)).toEqual(['invalid']);
  });
});

describe('VCDM 4.13.3 what its holder says without a proof of its own', () => {
  const said = (by: Actor, more: JsonObject = {}): JsonObject => ({ ...SAMPLES.credential(), issuer: by.did, ...more });

  it('is secured by the presentation', async () => {
    const found = await verify(await signed(presentation({ verifiableCredential: [said(holder)] })));
    expect([found.verdict, ...found.credentials.map(({ verdict }) => verdict)]).toEqual(['valid', 'valid']);
    expect(found.credentials[0]!.credential?.issuerId).toBe(holder.did);
  });

  it.each<[string, () => JsonObject]>([
    ['issuer is another', () => presentation({ verifiableCredential: [said(issuer)] })],
    [
      'no holder is named',
      () => {
        const { holder: _, ...document } = presentation({ verifiableCredential: [said(holder)] });
        return document;
      },
    ],
  ])('is refused when the %s', async (_name, make) => {
    const found = await verify(await signed(make()));
    expect([found.verdict, found.checks.holder]).toEqual(['invalid', 'fail self_asserted']);
    expect(found.credentials.map(({ verdict }) => verdict)).toEqual(['invalid']);
  });

  it('is nothing when the presentation is for another question', async () => {
    const found = await verify(
      await signed(presentation({ verifiableCredential: [said(holder)] }), { ...ASKED, challenge: 'x' }),
    );
    expect([found.verdict, ...found.credentials.map(({ verdict }) => verdict)]).toEqual(['invalid', 'invalid']);
  });

  it('is never a badge: that has a proof of its own', async () => {
    const own = badge(holder, { issuer: { id: holder.did, type: ['Profile'], name: 'Specimen' } });
    const found = await verify(await signed(presentation({ verifiableCredential: [own] })));
    expect(found.credentials.map(({ verdict }) => verdict)).toEqual(['invalid']);
    expect(of(found.credentials[0]!, 'proof').code).toBe('no_proof');
  });
});

describe('VCDM 4.13.1 an envelope', () => {
  const jwt = createJwtMaker({ loader });
  const enveloped = (id: string): JsonObject => ({
    '@context': [CREDENTIALS_V2],
    type: 'EnvelopedVerifiableCredential',
    id,
  });
  const credentials = async (one: JsonObject, more = {}) =>
    (await verify(await signed(presentation({ verifiableCredential: [one] })), { ...ASKED, ...more })).credentials;

  it('is opened, and what is in it has its own answer', async () => {
    const bare = { ...SAMPLES.presentation().verifiableCredential[0], issuer: issuer.did };
    const token = await jwt.sign(bare, issuer.signer, 'vc+jwt', '2026-06-15T02:00:00Z');
    const [report] = await credentials(enveloped(`data:application/vc+jwt,${token}`));
    expect([report?.verdict, report?.profile]).toEqual(['valid', 'vc']);
    expect(report?.credential?.issuerId).toBe(issuer.did);
    const [head, body] = token.split('.');
    const [forged] = await credentials(enveloped(`data:application/vc+jwt,${head}.${body}.${'A'.repeat(86)}`));
    expect(forged?.verdict).toBe('invalid');
    expect(forged?.credential).toBeUndefined();
  });

  it.each([
    ['COSE, which is not read', 'data:application/vc+cose;base64,omlk', 'undetermined'],
    ['no token', 'data:application/vc+jwt,eyJ', 'invalid'],
    ['another kind of data', 'data:text/html,<p>', 'invalid'],
  ])('with %s', async (_name, id, verdict) => {
    expect((await credentials(enveloped(id))).map((one) => one.verdict)).toEqual([verdict]);
  });
});

describe('SS-6 what one presentation may cost', () => {
  const hostile = (n: number, entries: number) =>
    rawSign(issuer, {
      ...SAMPLES.credential(),
      id: `urn:uuid:6f0e8a1c-6b8b-4c55-9f10-${String(n).padStart(12, '0')}`,
      credentialStatus: Array.from({ length: entries }, (_, index) => ({
        type: 'BitstringStatusListEntry',
        statusPurpose: 'revocation',
        statusListIndex: '5',
        statusListCredential: `https://victim.example/${n}/${index}`,
      })),
    });
  const many = (count: number, entries: number) =>
    Promise.all(Array.from({ length: count }, (_, n) => hostile(n, entries)));

  it('a hundred credentials are not looked at', async () => {
    const verifiableCredential = await many(100, 1);
    on.asked.length = 0;
    const given = on.verifier.verifyPresentation({ presentation: presentation({ verifiableCredential }) });
    await expect(given).rejects.toMatchObject({
      kind: 'invalid-request',
      errors: [{ pointer: '/presentation/verifiableCredential' }],
    });
    expect(on.asked).toEqual([]);
  });

  it.each([
    [20, 5, 0],
    [1, 100, 0],
    [20, 4, 4],
    [3, 1, 3],
  ])('%i credentials with %i status lists each: %i fetches', async (count, entries, most) => {
    const document = presentation({ verifiableCredential: await many(count, entries) });
    on.asked.length = 0;
    const found = await verify(document, {});
    expect(on.asked.length).toBe(most);
    expect(new Set(found.credentials.map(({ verdict }) => verdict))).toEqual(new Set(['undetermined']));
  });
});

describe('what is no presentation', () => {
  it.each<[string, JsonObject]>([
    ['a credential', SAMPLES.credential()],
    ['an empty object', {}],
    ['members of other kinds', { '@context': 5, type: 5, holder: 5, verifiableCredential: 5, proof: 5 }],
    ['a proof that is none', { ...SAMPLES.presentation(), proof: null }],
    ['proofs that are none', { ...SAMPLES.presentation(), proof: [[], 5] }],
  ])('%s', async (_name, document) => {
    const found = await verify(document, {});
    expect(['invalid', 'undetermined']).toContain(found.verdict);
    expect(found.checks.document === 'pass conforming' && found.verdict === 'valid').toBe(false);
  });

  it('a form that is not read', async () => {
    const found = await verify('%PDF-1.7 of a presentation', {}).catch(({ kind }) => kind);
    expect(found).toBe('malformed-json');
    const cose = {
      '@context': [CREDENTIALS_V2],
      type: 'EnvelopedVerifiablePresentation',
      id: 'data:application/vp+cose;base64,omlk',
    };
    for (const one of [cose, JSON.stringify(cose)]) {
      const unread = await verify(one, {});
      expect([unread.verdict, unread.checks.document]).toEqual(['undetermined', 'unknown unsupported']);
    }
  });

  it('too large to be looked into: not known, and said so', async () => {
    const deep = (levels: number): JsonObject =>
      levels === 0 ? {} : { termsOfUse: { type: 'X', ...deep(levels - 1) } };
    const { presentation: found } = await on.verifier.verifyPresentation({
      presentation: { ...presentation(), ...deep(200) },
    });
    expect([found.verdict, found.checks[0]]).toMatchObject(['undetermined', { result: 'unknown', code: 'work_limit' }]);
    expect(found.checks[0]!.message.en).toMatch(/^It is too large/);
  });
});
