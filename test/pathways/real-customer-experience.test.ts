import { describe, expect, it } from 'vitest';
import type { Json } from '#kernel';
import { checkTree, customerExperienceAssociate, type EquivalenceDecision, evaluate, type Holding } from '#pathways';
import { DATE, holding, pathway } from './support.ts';

const IRI = (id: string) => `https://specimen.example/achievements/${id}`;
const SKILLS = 'did:web:skills.example';
const CHARTER = 'did:web:charter.example';
const DEGREE = 'https://specimen.example/degrees/1';
const answer = (role: 'Assess' | 'Award', authority: string, said: 'yes' | 'no' | 'unknown' = 'yes') => [
  { role, authority, answer: said },
];

const root = customerExperienceAssociate({
  ...{ contactCenter: IRI('a'), contactCenterVersions: ['2014-10'], serviceData: IRI('b') },
  ...{ industry: [IRI('c'), IRI('c2')], workplace: IRI('d'), parents: [DEGREE], skillsAuthority: SKILLS },
  ...{ transfer: { decisions: ['pcts'], achievement: IRI('b-transfer') }, conferrers: [CHARTER] },
});
const a = (over: Partial<Holding> = {}) =>
  holding('a', {
    ...{
      provider: 'did:web:centre.example',
      level: 2,
      version: '2014-10',
      expires: '2029-02-28',
      awarded: '2024-03-01',
    },
    credit: { 'TESDA-HOUR': '144', 'NOTIONAL-HOUR': '144' },
    ...{ accredited: answer('Assess', SKILLS), ...over },
  });
const b = (over: Partial<Holding> = {}) =>
  holding('b', {
    ...{ provider: 'did:web:university.example', level: 6, awarded: '2025-06-01' },
    ...{ credit: { 'HE-UNIT-18': '3', 'NOTIONAL-HOUR': '54' }, accredited: answer('Award', CHARTER), ...over },
  });
const c = (over: Partial<Holding> = {}) =>
  holding('c', {
    ...{ provider: 'did:web:industry.example', level: 3, awarded: '2025-09-01', accredited: [] },
    ...{ credit: { 'NOTIONAL-HOUR': '24' }, ...over },
  });
const d = (over: Partial<Holding> = {}) =>
  holding('d', {
    ...{ provider: 'did:web:employer.example', level: 5, awarded: '2026-05-01', accredited: [] },
    ...{ credit: { 'NOTIONAL-HOUR': '40' }, ...over },
  });
const run = (holdings: Holding[], decisions: EquivalenceDecision[] = []) =>
  evaluate({ pathway: pathway(root), holdings, decisions, date: DATE });
const missing = (holdings: Holding[]) => run(holdings).missing.map(({ node }) => node);
const why = (holdings: Holding[], id: string) =>
  run(holdings)
    .notCountable.filter((one) => one.holding === `urn:credential:${id}`)
    .flatMap(({ reasons }) => reasons.map(({ code }) => code));
const percent = (hours: string) => Math.round((Number(hours) * 100) / 262);

describe('Customer Experience Associate, across sectors', () => {
  const parts = [a(), b(), c(), d()];

  it('is saved as it is, illustrative with a real part, and has no level of its own', () => {
    expect(checkTree(root as unknown as Json)).toEqual([]);
    const { nodes } = run(parts);
    expect(nodes[0]).toMatchObject({ realism: 'Illustrative' });
    expect(nodes.find(({ id }) => id === 'a-hours')).toMatchObject({ realism: 'Published' });
    expect(pathway(root)).not.toHaveProperty('level');
  });

  it('passes with 55, 21, 9 and 15 % of 262 hours, 36 % at level 5 or above', () => {
    const result = run(parts);
    expect(result).toMatchObject({ state: 'met', surplus: [], notCountable: [] });
    expect(parts.map(({ credit }) => percent(credit['NOTIONAL-HOUR']!))).toEqual([55, 21, 9, 15]);
    const credit = (id: string) => result.nodes.find((one) => one.id === id)!.credit!;
    expect(credit('one-provider')).toEqual({ system: 'NOTIONAL-HOUR', have: '144', need: '157.2' });
    expect(percent(credit('upper').have)).toBe(36);
    expect(credit('upper')).toMatchObject({ have: '94', need: '78.6' });
  });

  it('keeps the sums of the groups apart', () => {
    expect(run(parts).total).toEqual({ 'TESDA-HOUR': '144', 'HE-UNIT-18': '3', 'NOTIONAL-HOUR': '262' });
    // Hours are no units, nor units hours.
    expect(missing([a({ credit: { 'NOTIONAL-HOUR': '144' } }), b(), c(), d()])).toEqual(['a-hours']);
    const hoursOnly = b({ credit: { 'HE-UNIT-16': '3', 'NOTIONAL-HOUR': '54' } });
    expect(missing([a(), hoursOnly, c(), d()])).toEqual(['b-units']);
  });

  it('asks for every part, and for one of C', () => {
    expect(missing([b(), c(), d()])).toContain('a-certificate');
    expect(missing([a(), c(), d()])).toContain('b-micro-credential');
    expect(missing([a(), b(), d()])).toEqual(['c']);
    expect(missing([a(), b(), c()])).toEqual(['d', 'upper']);
    const two = run([...parts, { ...c(), id: 'urn:credential:c2', awardId: 'urn:award:c2', achievement: IRI('c2') }]);
    expect(two.state).toBe('met');
    expect(two.surplus).toHaveLength(1);
  });

  it('refuses A of the other curriculum of the same title, expired, or of a centre not accredited', () => {
    const rest = [b(), c(), d()];
    expect(why([a({ version: 'other' }), ...rest], 'a')).toEqual(['version']);
    expect(why([a({ expires: '2026-06-29' }), ...rest], 'a')).toEqual(['expired']);
    expect(run([a({ expires: DATE }), ...rest]).state).toBe('met');
    expect(why([a({ accredited: answer('Assess', SKILLS, 'no') }), ...rest], 'a')).toEqual(['accreditation']);
    expect(why([a({ accredited: answer('Assess', CHARTER) }), ...rest], 'a')).toEqual(['accreditation']);
    expect(run([a({ accredited: answer('Assess', SKILLS, 'unknown') }), ...rest]).state).toBe('pending');
  });

  it('asks accreditation of B, and only the endorsement of C', () => {
    expect(why([a(), b({ accredited: [] }), c(), d()], 'b')).toEqual(['accreditation']);
    expect(run([a(), b({ accredited: answer('Award', SKILLS) }), c(), d()]).state).toBe('met');
    const other = c({ achievement: IRI('not-endorsed') });
    expect(missing([a(), b(), other, d()])).toEqual(['c']);
  });

  it('lets no provider give more than 60 %', () => {
    const provider = 'did:web:centre.example';
    // 144 + 24 are 64 %, 144 + 40 are 70 %.
    expect(missing([a(), b(), c({ provider }), d()])).toContain('one-provider');
    expect(missing([a(), b(), c(), d({ provider })])).toContain('one-provider');
    expect(run([a(), b({ provider: 'did:web:employer.example' }), c(), d()]).state).toBe('met');
  });

  it('has a floor of level 2, and 30 % at level 5', () => {
    expect(why([a({ level: 1 }), b(), c(), d()], 'a')).toEqual(['level']);
    const { level: _, ...unlevelled } = c();
    expect(why([a(), b(), unlevelled, d()], 'c')).toEqual(['level']);
    // 54 of 262 hours are 21 %.
    expect(missing([a(), b(), c(), d({ level: 4 })])).toEqual(['upper']);
  });

  it('has D last', () => {
    expect(run([a(), b(), c(), d({ awarded: '2025-09-01' })]).state).toBe('met');
    expect(run([a(), b(), c(), d({ awarded: '2025-08-31' })]).state).toBe('unmet');
    expect(why([a({ awarded: '2026-05-02' }), b(), c(), d()], 'd')).toEqual(['prerequisite']);
  });

  it('wants B to D within three years, whenever A was', () => {
    expect(run([a(), b({ awarded: '2023-05-02' }), c(), d()]).state).toBe('met');
    expect(run([a(), b({ awarded: '2023-05-01' }), c(), d()]).state).toBe('unmet');
    expect(run([a({ awarded: '2022-01-01' }), b(), c(), d()]).state).toBe('met');
  });

  it('counts B once: not when the parent degree used it, unless by a decision', () => {
    const used = [a(), b({ usedFor: [DEGREE] }), c(), d()];
    expect(run(used).state).toBe('unmet');
    expect(why(used, 'b')).toEqual(['usedElsewhere']);
    expect(run([a(), b({ usedFor: ['https://specimen.example/degrees/2'] }), c(), d()]).state).toBe('met');
    const pcts: EquivalenceDecision = {
      ...{ id: 'pcts', from: { achievement: IRI('b') }, to: { mode: 'specified', achievement: IRI('b-transfer') } },
      ...{ credit: { system: 'NOTIONAL-HOUR', value: '54' }, validFrom: '2026-01-01' },
    };
    const decided = run(used, [pcts]);
    expect(decided.state).toBe('met');
    expect(decided.placements.find(({ node }) => node === 'b-decided')).toMatchObject({ guise: 'pcts' });
    // Not one that has ended, nor of another name, nor of fewer hours.
    expect(run(used, [{ ...pcts, validUntil: '2026-06-29' }]).state).toBe('unmet');
    expect(run(used, [{ ...pcts, id: 'other' }]).state).toBe('unmet');
    expect(run(used, [{ ...pcts, credit: { system: 'NOTIONAL-HOUR', value: '53' } }]).state).toBe('unmet');
    // The decision does not make two of one.
    expect(run([a(), b(), c(), d()], [pcts]).placements).toHaveLength(4);
  });
});
