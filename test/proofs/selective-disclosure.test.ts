import { afterAll, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '#kernel';
import { createProofChecker } from '#proofs';
import { CREATED, goldenBadge, ISSUER, resolverOf } from '../support/golden-badge.ts';
import { keyOf } from './keys.ts';
import { libraryVerify } from './library.ts';
import { loader, maker } from './made.ts';
import { badge, base, derived, issue, key, proof, SD } from './sd-made.ts';
import { partsOf, proofValueOf } from './sd-value.ts';

const checker = createProofChecker({ loader });
afterAll(() => checker.close());

const expected = { controller: ISSUER, purpose: 'assertionMethod' as const };
const verify = (document: JsonObject) => checker.verify(document, expected, resolverOf(key.method));

describe('what is issued', () => {
  it('is a base proof for the holder; what is derived from it verifies, by the library too', async () => {
    expect(base.proof).toMatchObject({
      type: 'DataIntegrityProof',
      cryptosuite: SD,
      proofValue: expect.stringMatching(/^u2V0A/),
    });
    expect(await verify(base)).toMatchObject({ outcome: 'unknown', code: 'base_proof', proofs: [{ selective: true }] });
    expect(proof.proofValue).toMatch(/^u2V0B/);
    expect(await verify(derived)).toMatchObject({ outcome: 'pass', proofs: [{ outcome: 'pass', selective: true }] });
    expect(await libraryVerify(loader, derived, key.method, SD)).toBe(true);
  });

  it('shows what was selected and what is mandatory, and nothing else', async () => {
    const { proof: _, ...document } = derived;
    const { credentialSubject, ...rest } = badge();
    const { achievement, id, type } = credentialSubject as JsonObject;
    const { '@context': context, issuer, validFrom, validUntil, credentialStatus, name, evidence, awardedDate } = rest;
    expect(document).toEqual({
      '@context': context,
      id: rest.id,
      type: rest.type,
      issuer,
      validFrom,
      validUntil,
      credentialStatus,
      credentialSubject: { id, type, achievement },
      name,
      evidence,
      awardedDate,
    });
  });

  it('status, times and issuer cannot be hidden, whatever the issuer forgot to make mandatory', async () => {
    for (const pointers of [undefined, [], ['/name']]) {
      const signed = await issue(pointers);
      const shown = await maker.deriveCredential(signed, { selectivePointers: ['/name'] });
      expect(Object.keys(shown)).toEqual(
        expect.arrayContaining(['issuer', 'validFrom', 'validUntil', 'credentialStatus', 'name']),
      );
      expect((await verify(shown)).outcome).toBe('pass');
      for (const member of ['issuer', 'validFrom', 'validUntil', 'credentialStatus']) {
        const { [member]: _, ...hidden } = shown;
        expect((await verify(hidden as JsonObject)).outcome, member).toBe('fail');
      }
    }
  });

  it.each([
    ['no pointer', 'name'],
    ['the whole document', ''],
    ['not there', '/nothing'],
    ['not there, deeper', '/credentialSubject/achievement/nothing'],
    ['a member of a prototype', '/constructor'],
    ['a member of a prototype, deeper', '/credentialSubject/__proto__'],
    ['a member of a list', '/evidence/length'],
    ['an index that is none', '/evidence/0x0'],
    ['an index with more behind', '/evidence/0abc'],
    ['an index with a zero', '/evidence/00'],
    ['out of range', '/evidence/1'],
    ['below zero', '/evidence/-1'],
    ['into a text', '/name/0'],
    ['a wrong escape', '/name~2'],
    ['the context', '/@context'],
    ['the proof', '/proof'],
  ])('a bad pointer is refused with its place: %s', async (_name, pointer) => {
    const refusal = (at: string) => ({ kind: 'lint-failed', errors: [{ pointer: at, code: 'bad_pointer' }] });
    await expect(issue(['/issuer', pointer])).rejects.toMatchObject(refusal('/mandatoryPointers/1'));
    await expect(maker.deriveCredential(base, { selectivePointers: ['/name', pointer] })).rejects.toMatchObject(
      refusal('/selectivePointers/1'),
    );
  });

  it('of a list of one only the whole can be shown; of a longer list any item, and parts of it', async () => {
    await expect(maker.deriveCredential(base, { selectivePointers: ['/name', '/evidence/0'] })).rejects.toMatchObject({
      kind: 'lint-failed',
      errors: [{ pointer: '/selectivePointers', code: 'bad_pointer' }],
    });
    await expect(issue(['/evidence/0'])).rejects.toMatchObject({ errors: [{ pointer: '/mandatoryPointers' }] });
    const evidence = ['a', 'b', 'c'].map((name) => ({
      id: `https://x.example/${name}`,
      type: ['Evidence'],
      name,
      genre: 'Photo',
    }));
    const signed = await issue([], { ...badge(), evidence });
    const shown = await maker.deriveCredential(signed, { selectivePointers: ['/evidence/2', '/evidence/0/name'] });
    const [first, , third] = evidence as JsonObject[] as [JsonObject, JsonObject, JsonObject];
    const { genre: _, ...part } = first;
    expect(shown.evidence).toEqual([part, third]);
    expect((await verify(shown)).outcome).toBe('pass');
  });

  it('refuses what it cannot carry: lists in order, labels in texts, too many pointers, other documents', async () => {
    const refused = async (promise: Promise<unknown>, code: string) =>
      expect(promise).rejects.toMatchObject({ kind: 'lint-failed', errors: [{ code }] });
    await refused(issue(undefined, goldenBadge()), 'ordered_list');
    await refused(issue(undefined, { ...badge(), name: 'see _:c14n0 there' }), 'label_in_text');
    await refused(
      issue(undefined, { ...badge(), evidence: [{ id: 'urn:bnid:x', type: ['Evidence'] }] }),
      'label_in_text',
    );
    await refused(issue(undefined, { ...badge(), strange: 1 }), 'dropped_term');
    await expect(issue(Array(201).fill('/name'))).rejects.toMatchObject({ kind: 'lint-failed' });
    await refused(maker.deriveCredential(derived, { selectivePointers: ['/name'] }), 'no_base_proof');
    const plain = await maker.sign(badge(), keyOf('Ed25519').signer, CREATED);
    await refused(maker.deriveCredential(plain, { selectivePointers: ['/name'] }), 'no_base_proof');
    await expect(
      maker.sign(badge(), key.signer, CREATED, { cryptosuite: 'ecdsa-rdfc-2019', mandatoryPointers: ['/name'] }),
    ).rejects.toMatchObject({ kind: 'lint-failed' });
    const twice = await maker.sign(base, key.signer, CREATED, {
      cryptosuite: SD,
      existing: 'set',
      proofId: 'urn:uuid:2',
    });
    await refused(maker.deriveCredential(twice, { selectivePointers: ['/name'] }), 'no_base_proof');
    const one = await maker.deriveCredential(twice, { selectivePointers: ['/name'], proofId: 'urn:uuid:2' });
    expect((await verify(one)).outcome).toBe('pass');
  });

  it('derives nothing from a base that was changed', async () => {
    for (const change of [{ name: 'Another' }, { validUntil: '2039-11-02T08:00:00Z' }] as JsonObject[]) {
      const made = maker.deriveCredential({ ...base, ...change }, { selectivePointers: ['/name', '/awardedDate'] });
      // Hidden or mandatory parts show only to a verifier, who has the issuer's key.
      const shown = await made.catch(() => undefined);
      if (shown) expect((await verify(shown)).outcome).toBe('fail');
    }
  });

  it('a poison graph is refused before the library sees it', async () => {
    const node = (depth: number): JsonObject =>
      depth === 0
        ? { type: ['Alignment'], targetName: 'x', targetUrl: 'urn:x' }
        : { type: ['RubricCriterionLevel'], name: 'x', alignment: [node(0), node(0)] };
    const document = badge();
    const achievement = (document.credentialSubject as JsonObject).achievement as JsonObject;
    const described = { type: ['ResultDescription'], name: 'x', rubricCriterionLevel: [node(1), node(1)] };
    achievement.resultDescription = [described, described];
    const start = performance.now();
    await expect(issue(undefined, document)).rejects.toMatchObject({ errors: [{ code: 'work_limit' }] });
    await expect(
      maker.deriveCredential({ ...document, proof: base.proof! }, { selectivePointers: ['/name'] }),
    ).rejects.toMatchObject({ errors: [{ code: 'work_limit' }] });
    expect(await verify({ ...document, proof })).toMatchObject({ outcome: 'unknown', code: 'work_limit' });
    console.log(
      `JL-7 selective disclosure of a poison graph refused three times in ${(performance.now() - start).toFixed(0)} ms`,
    );
  });
});

describe('reads only what is shown', () => {
  it('a hidden member put back, a shown one taken away or exchanged: nothing holds', async () => {
    const whole = badge();
    const cases: JsonObject[] = [
      { ...derived, credentialSubject: { ...(derived.credentialSubject as JsonObject), creditsEarned: 1.5 } },
      {
        ...derived,
        credentialSubject: {
          ...(derived.credentialSubject as JsonObject),
          result: (whole.credentialSubject as JsonObject).result!,
        },
      },
      { ...derived, name: 'Another' },
      { ...derived, evidence: [] },
      { ...derived, evidence: [...(derived.evidence as Json[]), { id: 'urn:x', type: ['Evidence'], name: 'y' }] },
      { ...whole, proof },
      { ...derived, issuer: { ...(derived.issuer as JsonObject), name: 'Another' } },
      { ...derived, awardedDate: derived.validFrom! },
    ];
    const { name: _, ...without } = derived;
    for (const document of [...cases, without as JsonObject]) {
      expect(await verify(document)).toMatchObject({ outcome: 'fail', code: 'signature_invalid' });
      expect(await libraryVerify(loader, document, key.method, SD)).toBe(false);
    }
  });

  it('parts of two credentials do not go together, nor the proof of one with the other', async () => {
    const other = await maker.deriveCredential(
      await issue(['/credentialSubject/achievement'], { ...badge(), name: 'Other' }),
      {
        selectivePointers: ['/name', '/evidence', '/awardedDate'],
      },
    );
    expect((await verify(other)).outcome).toBe('pass');
    expect((await verify({ ...derived, name: 'Other' })).outcome).toBe('fail');
    expect((await verify({ ...derived, proof: other.proof! })).outcome).toBe('fail');
    const [mine, theirs] = [partsOf(proof), partsOf(other.proof as JsonObject)];
    for (const part of [0, 1, 2, 3]) {
      const mixed = mine.map((one, index) => (index === part ? theirs[index]! : one));
      expect(
        (await verify({ ...derived, proof: { ...proof, proofValue: proofValueOf(mixed) } })).outcome,
        `part ${part}`,
      ).toBe('fail');
    }
    expect((await verify({ ...derived, proof: { ...proof, proofValue: proofValueOf(mine) } })).outcome).toBe('pass');
  });
});

describe('budgets', () => {
  it('a document with more statements than are worth it is refused, made or derived', async () => {
    const evidence = Array.from({ length: 100 }, (_, at) => ({
      id: `urn:x:${at}`,
      type: ['Evidence'],
      name: `n${at}`,
    }));
    const large = { ...badge(), evidence };
    const refusal = { kind: 'lint-failed', errors: [{ code: 'work_limit' }] };
    await expect(issue(undefined, large)).rejects.toMatchObject(refusal);
    const select = { selectivePointers: ['/name'] };
    await expect(maker.deriveCredential({ ...large, proof: base.proof! }, select)).rejects.toMatchObject(refusal);
    const tags = Array.from({ length: 1001 }, (_, at) => `t${at}`);
    await expect(maker.deriveCredential({ ...base, tags }, select)).rejects.toMatchObject(refusal);
  });
});
