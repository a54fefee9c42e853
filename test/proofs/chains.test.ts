import { afterAll, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '#kernel';
import { createProofChecker, type ExpectedProof, type IssuingCryptosuite } from '#proofs';
import { CREATED, goldenBadge, ISSUER, resolverOf } from '../support/golden-badge.ts';
import { forged } from './forge.ts';
import { keyOf } from './keys.ts';
import { loader, maker, signedWith } from './made.ts';

const checker = createProofChecker({ loader, clock: { now: () => new Date('2026-11-03T00:00:00Z') } });
afterAll(() => checker.close());

const WITNESS = 'did:web:witness.example.ph';
const issuer = keyOf('Ed25519');
const second = keyOf('P-256', 2);
const witness = keyOf('Ed25519', 3, WITNESS);
const KEYS = [issuer.method, second.method, witness.method];
const verify = (document: JsonObject, more: Partial<ExpectedProof> = {}, methods = KEYS) =>
  checker.verify(document, { controller: ISSUER, purpose: 'assertionMethod', ...more }, resolverOf(...methods));
const proofsOf = (document: JsonObject): JsonObject[] => [document.proof].flat() as JsonObject[];
const codes = (report: { proofs: { code: string }[] }): string[] => report.proofs.map(({ code }) => code);
const [A, B, C] = ['urn:uuid:aaaaaaaa-0000-4000-8000-000000000001', 'urn:uuid:b', 'urn:uuid:c'] as const;
const broken = (proof: JsonObject): JsonObject => ({ ...proof, created: '2026-11-02T07:00:00Z' });

const first = await maker.sign(goldenBadge(), issuer.signer, CREATED, { proofId: A });

describe('sets of proofs', () => {
  it('a second proof stands beside the first, by any suite, and covers the document without it', async () => {
    for (const [cryptosuite, key] of [
      ['ecdsa-rdfc-2019', second],
      ['ecdsa-jcs-2019', second],
      ['eddsa-jcs-2022', keyOf('Ed25519', 2)],
    ] as [IssuingCryptosuite, typeof second][]) {
      const set = await maker.sign(first, key.signer, CREATED, { cryptosuite, existing: 'set' });
      expect(proofsOf(set)).toHaveLength(2);
      expect(proofsOf(set)[0]).toEqual(first.proof);
      expect(await verify(set, { policy: 'all' }, [...KEYS, key.method])).toMatchObject({ outcome: 'pass' });
      // Each proof alone, and in the other order.
      for (const proof of [proofsOf(set)[1]!, [...proofsOf(set)].reverse()] as Json[]) {
        expect(await verify({ ...goldenBadge(), proof }, { policy: 'all' }, [...KEYS, key.method])).toMatchObject({
          outcome: 'pass',
        });
      }
    }
  });

  it('any: one good proof of the issuer suffices, and a bad one is told; all: it does not', async () => {
    const set = await maker.sign(first, second.signer, CREATED, { cryptosuite: 'ecdsa-rdfc-2019', existing: 'set' });
    const [one, two] = proofsOf(set) as [JsonObject, JsonObject];
    for (const proof of [
      [broken(one), two],
      [two, broken(one)],
    ]) {
      const document = { ...goldenBadge(), proof };
      expect(await verify(document)).toMatchObject({ outcome: 'pass' });
      expect(codes(await verify(document))).toContain('signature_invalid');
      expect(await verify(document, { policy: 'all' })).toMatchObject({ outcome: 'fail', code: 'signature_invalid' });
    }
    const strange = { ...two, cryptosuite: 'mldsa44-rdfc-2024' };
    expect(await verify({ ...goldenBadge(), proof: [one, strange] })).toMatchObject({ outcome: 'pass' });
    expect(await verify({ ...goldenBadge(), proof: [one, strange] }, { policy: 'all' })).toMatchObject({
      outcome: 'unknown',
      code: 'unsupported_suite',
    });
  });

  it('a proof of somebody else is never the issuer’s, and under policy all it must hold for its own key', async () => {
    const set = await maker.sign(first, witness.signer, CREATED, { existing: 'set' });
    const asking = resolverOf(...KEYS);
    const plain = await checker.verify(set, { controller: ISSUER, purpose: 'assertionMethod' }, asking);
    expect(plain.outcome).toBe('pass');
    expect(codes(plain)).toEqual(['signature_valid', 'method_not_issuer']);
    expect(asking.asked).toEqual([issuer.method.id]);

    const all = await verify(set, { policy: 'all' });
    expect(all.outcome).toBe('pass');
    expect(all.proofs[1]).toMatchObject({ outcome: 'fail', code: 'method_not_issuer', other: 'signature_valid' });
    const [one, two] = proofsOf(set) as [JsonObject, JsonObject];
    const bad = await verify({ ...goldenBadge(), proof: [one, broken(two)] }, { policy: 'all' });
    expect(bad).toMatchObject({ outcome: 'fail', code: 'signature_invalid' });
    expect(bad.proofs[1]).not.toHaveProperty('other');
    // Without any proof of the issuer nothing passes, however good the others are.
    for (const policy of ['any', 'all'] as const) {
      expect(await verify({ ...goldenBadge(), proof: [two] }, { policy })).toMatchObject({
        outcome: 'fail',
        code: 'method_not_issuer',
      });
    }
  });

  it('what cannot be added is refused with the pointer', async () => {
    const refused = async (promise: Promise<unknown>, pointer: string) =>
      expect(promise).rejects.toMatchObject({ kind: 'lint-failed', errors: [{ pointer }] });
    await refused(maker.sign(first, second.signer, CREATED, { cryptosuite: 'ecdsa-rdfc-2019' }), '/proof');
    await refused(maker.sign(first, issuer.signer, CREATED, { existing: 'set', proofId: A }), '/proof/id');
    await refused(maker.sign(goldenBadge(), issuer.signer, CREATED, { proofId: 'x' }), '/proof/id');
    await refused(maker.sign(goldenBadge(), issuer.signer, CREATED, { existing: 'chain' }), '/proof');
    const four = { ...goldenBadge(), proof: [1, 2, 3, 4].map(() => first.proof!) };
    await refused(maker.sign(four, issuer.signer, CREATED, { existing: 'set' }), '/proof');
    const nameless = await maker.sign(goldenBadge(), issuer.signer, CREATED);
    await refused(
      maker.sign(nameless, second.signer, CREATED, { cryptosuite: 'ecdsa-rdfc-2019', existing: 'chain' }),
      '/proof/0/id',
    );
    await refused(
      maker.sign(first, second.signer, CREATED, { cryptosuite: 'ecdsa-sd-2023', existing: 'chain' }),
      '/proof',
    );
  });
});

describe('chains of proofs', () => {
  const suites = [
    ['ecdsa-rdfc-2019', second],
    ['ecdsa-jcs-2019', second],
    ['eddsa-rdfc-2022', issuer],
    ['eddsa-jcs-2022', issuer],
  ] as [IssuingCryptosuite, typeof second][];

  it.each(suites)('%s: a link covers the proof before it', async (cryptosuite, key) => {
    const chain = await maker.sign(first, key.signer, CREATED, { cryptosuite, existing: 'chain', proofId: B });
    const [one, two] = proofsOf(chain) as [JsonObject, JsonObject];
    expect(two).toMatchObject({ id: B, previousProof: A });
    for (const policy of ['any', 'all'] as const)
      expect(await verify(chain, { policy })).toMatchObject({ outcome: 'pass' });
    expect(codes(await verify(chain))).toEqual(['signature_valid', 'signature_valid']);

    const codesOf = async (proof: Json) => codes(await verify({ ...goldenBadge(), proof }));
    // The first stands alone; the second does not, nor with a first that was changed, exchanged or made twice.
    expect(await codesOf([one])).toEqual(['signature_valid']);
    expect(await codesOf([two])).toEqual(['previous_proof_missing']);
    expect(await codesOf([broken(one), two])).toEqual(['signature_invalid', 'previous_proof_invalid']);
    expect(await codesOf([one, one, two])).toEqual(['signature_valid', 'signature_valid', 'previous_proof_ambiguous']);
    const another = (await maker.sign(goldenBadge(), issuer.signer, '2026-11-02T07:30:00Z', { proofId: A })).proof!;
    expect(await codesOf([another, two])).toEqual(['signature_valid', 'signature_invalid']);
    const { previousProof: _, ...loose } = two;
    expect(await codesOf([one, loose])).toEqual(['signature_valid', 'signature_invalid']);
    expect(await codesOf([two, one])).toEqual(['signature_valid', 'signature_valid']);
  });

  it('each link covers the ends; the chain of three falls with its first', async () => {
    const set = await maker.sign(first, second.signer, CREATED, {
      cryptosuite: 'ecdsa-jcs-2019',
      existing: 'set',
      proofId: B,
    });
    const third = await maker.sign(set, issuer.signer, CREATED, { existing: 'chain', proofId: C });
    expect(proofsOf(third)[2]).toMatchObject({ previousProof: [A, B] });
    const fourth = await maker.sign(third, second.signer, CREATED, {
      cryptosuite: 'ecdsa-rdfc-2019',
      existing: 'chain',
    });
    expect(proofsOf(fourth)[3]).toMatchObject({ previousProof: C });
    expect(codes(await verify(fourth))).toEqual(Array(4).fill('signature_valid'));
    expect((await verify(fourth, { policy: 'all' })).outcome).toBe('pass');
    const [one, two, three, four] = proofsOf(fourth) as [JsonObject, JsonObject, JsonObject, JsonObject];
    const fallen = await verify({ ...goldenBadge(), proof: [one, broken(two), three, four] });
    expect(codes(fallen)).toEqual([
      'signature_valid',
      'signature_invalid',
      'previous_proof_invalid',
      'previous_proof_invalid',
    ]);
    const cut = await verify({ ...goldenBadge(), proof: [two, three, four] });
    expect(codes(cut)).toEqual(['signature_valid', 'previous_proof_missing', 'previous_proof_invalid']);
  });

  it('a chain on somebody else’s proof: his key is asked, and his proof carries only if it holds', async () => {
    const seen = await maker.sign(goldenBadge(), witness.signer, CREATED, { proofId: A });
    const chain = await maker.sign(seen, issuer.signer, CREATED, { existing: 'chain' });
    const report = await verify(chain);
    expect(report).toMatchObject({ outcome: 'pass' });
    expect(report.proofs[0]).toMatchObject({ outcome: 'fail', code: 'method_not_issuer', other: 'signature_valid' });
    const [one, two] = proofsOf(chain) as [JsonObject, JsonObject];
    expect(await verify({ ...goldenBadge(), proof: [broken(one), two] })).toMatchObject({ outcome: 'fail' });
    // Not to be had is not known, and never a pass.
    const unreachable = await checker.verify(chain, { controller: ISSUER, purpose: 'assertionMethod' }, async (id) =>
      id === witness.method.id
        ? { outcome: 'unknown', code: 'did_unreachable', detail: 'x' }
        : { outcome: 'ok', method: issuer.method, document: {} },
    );
    expect(unreachable).toMatchObject({ outcome: 'unknown', code: 'previous_proof_unknown' });
    // The other way round: a witness who signs after the issuer takes nothing from him and gives nothing to him.
    const after = await maker.sign(first, witness.signer, CREATED, { existing: 'chain' });
    expect(codes(await verify(after))).toEqual(['signature_valid', 'method_not_issuer']);
    expect(await verify({ ...goldenBadge(), proof: proofsOf(after)[1]! })).toMatchObject({ outcome: 'fail' });
  });

  it('loops and references that name nothing end at once', async () => {
    const honest = first.proof as JsonObject;
    const link = (id: string, previousProof: Json): JsonObject => ({ ...honest, id, previousProof });
    const cases: [Json, string[]][] = [
      [[link(A, A)], ['previous_proof_loop']],
      [
        [link(A, B), link(B, A)],
        ['previous_proof_loop', 'previous_proof_loop'],
      ],
      [[link(A, B), link(B, C), link(C, A)], Array(3).fill('previous_proof_loop')],
      [
        [link(A, [B, B]), link(B, [C]), link(C, [B])],
        ['previous_proof_invalid', 'previous_proof_loop', 'previous_proof_loop'],
      ],
      [
        [link(A, []), honest],
        ['proof_malformed', 'signature_valid'],
      ],
      [[link(A, '')], ['proof_malformed']],
      [[link(A, [B, 5])], ['proof_malformed']],
      [[link(A, { id: B })], ['proof_malformed']],
      [[link(A, null)], ['proof_malformed']],
      [[link(A, '__proto__x')], ['previous_proof_missing']],
      [[{ ...honest, id: 'no-url' }], ['proof_malformed']],
      [[{ ...honest, id: [A] }], ['proof_malformed']],
    ];
    for (const [proof, found] of cases) {
      const report = await verify({ ...goldenBadge(), proof });
      expect(codes(report), JSON.stringify(proof).slice(0, 200)).toEqual(found);
    }
  });
});

describe('challenge, domain, times and other options of a proof', () => {
  const options = { challenge: 'c-1', domain: ['https://a.example', 'https://b.example'] };
  const asked = async (expected: Partial<ExpectedProof>, made: JsonObject = options) => {
    const signed = await maker.sign(goldenBadge(), issuer.signer, CREATED, made as never);
    return (await verify(signed, expected)).code;
  };

  it('are signed, and compared when they are expected: domains as a set', async () => {
    expect(await asked({})).toBe('signature_valid');
    expect(await asked({ challenge: 'c-1' })).toBe('signature_valid');
    expect(await asked({ challenge: 'c-2' })).toBe('invalid_challenge');
    expect(await asked({ challenge: '' })).toBe('invalid_challenge');
    expect(await asked({ challenge: 'c-1' }, {})).toBe('invalid_challenge');
    expect(await asked({ domain: ['https://b.example', 'https://a.example'] })).toBe('signature_valid');
    expect(await asked({ domain: 'https://a.example' })).toBe('invalid_domain');
    expect(await asked({ domain: [...options.domain, 'https://c.example'] })).toBe('invalid_domain');
    expect(await asked({ domain: 'https://a.example' }, { domain: 'https://a.example' })).toBe('signature_valid');
    expect(await asked({ domain: ['https://a.example'] }, { domain: 'https://a.example' })).toBe('signature_valid');
    expect(await asked({ domain: 'https://a.example' }, {})).toBe('invalid_domain');
    expect(await asked({ domain: [] }, {})).toBe('invalid_domain');
  });

  it('a proof for authentication is one for nothing else, and a presentation can carry it', async () => {
    const holder = keyOf('P-256', 4, 'did:web:holder.example.ph');
    const presentation: JsonObject = {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiablePresentation'],
      holder: 'did:web:holder.example.ph',
      verifiableCredential: [await signedWith('eddsa-jcs-2022', 'Ed25519')],
    };
    for (const cryptosuite of ['ecdsa-rdfc-2019', 'ecdsa-jcs-2019'] as const) {
      const proofPurpose = 'authentication' as const;
      const signed = await maker.sign(presentation, holder.signer, CREATED, { cryptosuite, proofPurpose, ...options });
      const expected = { controller: 'did:web:holder.example.ph', purpose: proofPurpose, ...options };
      expect(await checker.verify(signed, expected, resolverOf(holder.method))).toMatchObject({ outcome: 'pass' });
      const other = { ...expected, purpose: 'assertionMethod' as const };
      expect(await checker.verify(signed, other, resolverOf(holder.method))).toMatchObject({ code: 'wrong_purpose' });
    }
  });

  it('a time without offset is taken as UTC; one that is no time is not', async () => {
    const code = async (more: JsonObject) =>
      (await verify({ ...goldenBadge(), proof: await forged('eddsa-rdfc-2022', issuer, 'Ed25519', more) })).code;
    expect(await code({ created: '2026-11-02T08:00:00' })).toBe('signature_valid');
    expect(await code({ expires: '2026-11-03T00:00:01' })).toBe('signature_valid');
    expect(await code({ expires: '2026-11-02T23:59:59' })).toBe('proof_expired');
    expect(await code({ expires: '2026-02-30T00:00:00' })).toBe('proof_malformed');
    expect(await code({ created: '2026-11-02' })).toBe('proof_malformed');
    expect(await code({ created: 5 })).toBe('proof_malformed');
    expect(await code({ nonce: 'n-1' })).toBe('signature_valid');
    expect(await code({ nonce: ['n'] })).toBe('proof_malformed');
    const revoked = { ...issuer.method, revoked: '2026-11-02T08:00:00Z' };
    const unzoned = await forged('eddsa-rdfc-2022', issuer, 'Ed25519', { created: '2026-11-02T08:00:00' });
    expect(await verify({ ...goldenBadge(), proof: unzoned }, {}, [revoked])).toMatchObject({ code: 'key_revoked' });
  });
});
