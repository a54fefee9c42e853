import { describe, expect, it } from 'vitest';
import { type JsonObject, Problem } from '#kernel';
import type { Holding } from '#pathways';
import type { ProofReport } from '#proofs';
import { checkStackability, stackabilityIn } from '../../../src/verifier/checks/stackability.ts';
import type { VerifiedBadge } from '../../../src/verifier/model.ts';
import type { Session } from '../../../src/verifier/session.ts';

const COURSE = 'https://school.example/achievements/1';
const HOME = 'did:web:university.example';
const TEXT = { en: 'x', fil: 'y' };

describe('what its issuer says it counts toward', () => {
  const badge = (more: object) => ({ contributesTo: [], ...more }) as unknown as VerifiedBadge;
  it('is told and never judged', () => {
    expect(checkStackability(badge({}))).toMatchObject({
      check: 'stackability',
      result: 'not_applicable',
      code: 'not_asked',
      evidence: {},
    });
    expect(checkStackability(badge({ stackability: 'Stackable' })).evidence).toEqual({ stackability: 'Stackable' });
    expect(checkStackability(badge({ stackability: 'Stackable', contributesTo: [COURSE] }))).toMatchObject({
      result: 'not_applicable',
      code: 'stated',
      evidence: { stackability: 'Stackable', contributesTo: [COURSE] },
    });
  });
});

describe('whether it serves in a pathway', () => {
  const holding = (more: Partial<Holding> = {}): Holding => ({
    ...{ id: 'https://school.example/credentials/1', awardId: 'urn:award:1', achievement: COURSE },
    ...{ provider: 'did:web:school.example', competencies: [], credit: {}, accredited: [] },
    ...{ awarded: '2026-01-01', state: 'active' },
    ...more,
  });
  const node = (kind: string, id: string, more: object) => ({
    ...{ id, kind, text: TEXT, source: 'x', binding: 'Mandatory', realism: 'Illustrative' },
    ...more,
  });
  const pathway = (item: string, subject: JsonObject = {}, more: JsonObject = {}): JsonObject =>
    ({
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiableCredential', 'PhPathwayCredential'],
      issuer: HOME,
      validFrom: '2026-01-01T00:00:00Z',
      credentialSubject: {
        ...{ id: 'https://university.example/pathways/1', name: 'Certificate', version: '3' },
        stackingRule: node('allOf', 'root', {
          children: [node('requireAll', 'course', { items: [{ achievement: item }] })],
        }),
        ...subject,
      },
      ...more,
    }) as unknown as JsonObject;

  const session = (proof: Partial<ProofReport> = {}, fetch?: () => Promise<never>) =>
    ({
      now: new Date('2026-06-01T00:00:00Z'),
      deps: { fetch },
      budget: { slot: (work: () => unknown) => work() },
      proof: async () => ({ outcome: 'pass', code: 'signature_valid', proofs: [], ...proof }),
    }) as unknown as Session;
  const said = ({ check, result, code }: { check: string; result: string; code: string }) =>
    `${check} ${result} ${code}`;

  it('serves, does not count, or is not asked for', async () => {
    const serves = await stackabilityIn(pathway(COURSE), holding(), session());
    expect(said(serves)).toBe('stackability pass serves');
    expect(serves.evidence).toMatchObject({
      pathway: 'https://university.example/pathways/1',
      version: '3',
      name: 'Certificate',
      issuer: HOME,
      date: '2026-06-01',
      inEffect: true,
      places: [{ node: 'course', text: 'x' }],
    });
    expect('reasons' in serves.evidence).toBe(false);
    const other = await stackabilityIn(pathway(`${COURSE}0`), holding(), session());
    expect(said(other)).toBe('stackability fail not_asked_for');
    expect(other.evidence).toMatchObject({ places: [], reasons: [{ code: 'not_asked' }] });
  });

  it('does not count when it was taken back, and is not known when its state is not', async () => {
    const over = await stackabilityIn(pathway(COURSE), holding({ state: 'revoked' }), session());
    expect(said(over)).toBe('stackability fail does_not_count');
    expect(over.evidence.reasons).toMatchObject([{ code: expect.any(String), text: expect.any(String) }]);
    const unsure = await stackabilityIn(pathway(COURSE), holding({ state: 'unknown' }), session());
    expect(said(unsure)).toBe('stackability unknown not_found_out');
  });

  it('a pathway that is not in effect makes it a warning', async () => {
    const over = pathway(COURSE, { effectivePeriod: { from: '2025-01-01', until: '2026-01-01' } });
    const found = await stackabilityIn(over, holding(), session());
    expect(said(found)).toBe('stackability warning serves_not_in_effect');
    expect(found.evidence.inEffect).toBe(false);
  });

  it('a pathway that is not relied on says nothing', async () => {
    for (const [outcome, verdict] of [
      ['fail', 'invalid'],
      ['unknown', 'undetermined'],
    ] as const) {
      const found = await stackabilityIn(pathway(COURSE), holding(), session({ outcome, code: 'x' }));
      expect(said(found)).toBe('stackability unknown pathway_not_relied_on');
      expect(found.evidence).toMatchObject({ verdict, code: 'x', date: '2026-06-01' });
    }
  });

  it('one that cannot be had is not known; one that is none is refused', async () => {
    const address = 'https://university.example/pathways/1';
    const silent = session({}, async () => {
      throw new Problem('fetch-failed', 'no answer');
    });
    const found = await stackabilityIn(address, holding(), silent);
    expect(said(found)).toBe('stackability unknown pathway_not_had');
    expect(found.evidence).toMatchObject({ pathway: address, date: '2026-06-01' });
    await expect(stackabilityIn({ type: ['Diploma'] }, holding(), session())).rejects.toMatchObject({
      kind: 'invalid-request',
      errors: [{ pointer: '/pathway' }],
    });
    const broken = session({}, async () => {
      throw new TypeError('a mistake of ours');
    });
    await expect(stackabilityIn(address, holding(), broken)).rejects.toThrow();
  });
});
