import { describe, expect, it } from 'vitest';
import { CPD_RENEWALS } from '#framework';
import type { Json } from '#kernel';
import {
  accountancyRenewalOn,
  checkTree,
  evaluate,
  type Holding,
  licenceRenewal,
  licenceRenewalOn,
  type RuleNode,
} from '#pathways';
import { holding, pathway } from './support.ts';

const COUNCIL = 'did:web:council.example';
const OTHER = 'did:web:other-council.example';
const run = (root: RuleNode, holdings: Holding[], date: string) => evaluate({ pathway: pathway(root), holdings, date });
const unit = (id: string, category: string, units: string, over: Partial<Holding> = {}, council = COUNCIL) =>
  holding(id, {
    ...{ category, credit: { 'PRC-CPD-CU': units }, awarded: '2026-05-01' },
    accredited: [{ role: 'Award', authority: council, answer: 'yes' }],
    ...over,
  });
const node = (result: ReturnType<typeof run>, id: string) => result.nodes.find((one) => one.id === id)!;

const TERMS = {
  ...{ council: COUNCIL, activities: ['Seminar', 'OnlineCourse', 'ResourceSpeaker'] },
  ...{ capped: { category: 'SelfDirected', units: '10' }, conferrers: ['did:web:regulator.example'] },
};

describe('parameters of a renewal by day', () => {
  const on = (day: string) => licenceRenewalOn(day, TERMS);
  const numbers = (day: string) =>
    on(day).rule!.children.flatMap((one) =>
      one.kind === 'creditMin' && !one.select ? [one.min] : one.kind === 'earnedWithin' ? [one.period] : [],
    );

  it('are those of the row for the day', () => {
    expect(numbers('2024-01-01')).toEqual(['15', 'P6Y']);
    expect(numbers('2024-12-16')).toEqual(['15', 'P6Y']);
    expect(numbers('2024-12-17')).toEqual(['15', 'P3Y']);
    expect(numbers('2025-12-31')).toEqual(['15', 'P3Y']);
    expect(on('2025-06-01').effectivePeriod).toEqual({ from: '2024-12-17', until: '2026-01-01' });
    expect(on('2025-06-01').rule).toMatchObject({ realism: 'Published' });
    expect(on('2025-06-01').rule!.source).toContain('S45');
    expect(checkTree(on('2025-06-01').rule as unknown as Json)).toEqual([]);
  });

  it('are unknown where nothing certain was found, and it says so', () => {
    for (const day of ['2023-12-31', '2026-01-01', '2026-11-25', '2027-06-30']) {
      expect(on(day).rule).toBeUndefined();
      expect(on(day).says.en).toContain('not known');
      expect(on(day).says.fil).toContain('Hindi alam');
    }
  });

  it('decide what is too old', () => {
    const old = [unit('old', 'Seminar', '15', { awarded: '2019-06-01' })];
    expect(run(on('2024-06-01').rule!, old, '2024-06-01').state).toBe('met');
    const later = run(on('2025-01-15').rule!, old, '2025-01-15');
    expect(later.state).toBe('unmet');
    expect(later.notCountable[0]!.reasons.map(({ code }) => code)).toEqual(['window']);
    // (start, end]: the day three years ago is out.
    const edge = (awarded: string) =>
      run(on('2025-01-15').rule!, [unit('edge', 'Seminar', '15', { awarded })], '2025-01-15');
    expect([edge('2022-01-15').state, edge('2022-01-16').state]).toEqual(['unmet', 'met']);
  });
});

describe('the worked renewal of 45 units', () => {
  const DAY = '2027-06-30';
  const row = CPD_RENEWALS.find(({ units }) => units === '45')!;
  const root = licenceRenewal(row, TERMS);
  const seminar = unit('seminar', 'Seminar', '16');
  const speaker = unit('speaker', 'ResourceSpeaker', '6');
  /** The same programme at the council of another profession. */
  const mismatch = unit('mismatch', 'Seminar', '6', { achievement: seminar.achievement }, OTHER);
  const listed = [seminar, unit('online', 'OnlineCourse', '12'), unit('self', 'SelfDirected', '8'), speaker, mismatch];

  it('is illustrative: that the number is in force was not found', () => {
    expect(checkTree(root as unknown as Json)).toEqual([]);
    expect(root.realism).toBe('Illustrative');
  });

  it('is 42 of 48 listed, unmet by 3, with no surplus', () => {
    const result = run(root, listed, DAY);
    expect(result).toMatchObject({ state: 'unmet', outstanding: 1, total: { 'PRC-CPD-CU': '42' }, surplus: [] });
    expect(result.missing.map(({ node: id }) => id)).toEqual(['units']);
    expect(node(result, 'units').credit).toEqual({ system: 'PRC-CPD-CU', have: '42', need: '45' });
    expect(node(result, 'units').reason.en).toContain('3 missing');
    expect(result.notCountable).toEqual([
      { holding: mismatch.id, reasons: [expect.objectContaining({ code: 'accreditation' })] },
    ]);
  });

  it('is met by three more of the own profession, of the same programme too', () => {
    const again = unit('again', 'Seminar', '3', { achievement: seminar.achievement });
    const result = run(root, [...listed, again], DAY);
    expect(result).toMatchObject({ state: 'met', total: { 'PRC-CPD-CU': '45' }, carriesOver: {} });
    // Both councils accredited it: then it counts.
    const both = [COUNCIL, OTHER].map((authority) => ({ role: 'Award' as const, authority, answer: 'yes' as const }));
    expect(run(root, [...listed.slice(0, 4), { ...mismatch, accredited: both }], DAY).state).toBe('met');
  });

  it('counts no more than 10 of self-directed learning', () => {
    const more = run(root, [...listed, unit('self2', 'SelfDirected', '5')], DAY);
    expect(more).toMatchObject({ state: 'unmet', total: { 'PRC-CPD-CU': '44' } });
    expect(run(root, [...listed, unit('self2', 'SelfDirected', '2')], DAY).total).toEqual({ 'PRC-CPD-CU': '44' });
    expect(run(root, [unit('much', 'SelfDirected', '45')], DAY).total).toEqual({ 'PRC-CPD-CU': '10' });
  });

  it('waits for provisional units, which are not earned yet', () => {
    const provisional = unit('soon', 'Seminar', '3', { completion: 'provisional' });
    const result = run(root, [...listed, provisional], DAY);
    expect(result).toMatchObject({ state: 'pending', total: { 'PRC-CPD-CU': '42' } });
    expect(result.waitingFor).toEqual([
      { holding: provisional.id, reasons: [expect.objectContaining({ code: 'provisional' })] },
    ]);
    expect(run(root, [...listed, { ...provisional, credit: { 'PRC-CPD-CU': '2' } }], DAY).state).toBe('unmet');
  });
});

describe('the overlay of accountancy', () => {
  const DAY = '2021-06-30';
  const terms = { council: COUNCIL, areas: ['Audit', 'Taxation'], flexible: ['Seminar'] };
  const root = accountancyRenewalOn(DAY, terms).rule!;
  /** One award of the required areas and one other in each year, oldest year first. */
  const years = (...units: [areas: number, other: number][]) =>
    units.flatMap(([areas, other], at) => [
      unit(`areas${at}`, 'Audit', String(areas), { awarded: `${2019 + at}-01-10` }),
      unit(`other${at}`, 'Seminar', String(other), { awarded: `${2019 + at}-01-11` }),
    ]);
  const missing = (result: ReturnType<typeof run>) => result.missing.map(({ node: id }) => id);

  it('is dated, and says that it is of 2017', () => {
    expect(checkTree(root as unknown as Json)).toEqual([]);
    expect(accountancyRenewalOn('2018-12-31', terms).rule).toBeUndefined();
    const first = accountancyRenewalOn('2019-06-30', terms);
    expect(first.rule!.children.map(({ kind }) => kind)).not.toContain('perPeriodMin');
    expect(first.effectivePeriod).toEqual({ from: '2019-01-01', until: '2020-01-01' });
    expect(first.says.en).toContain('ask whether it is in force');
  });

  it('60 + 45 + 15 is 120, and fails the last year', () => {
    const result = run(root, years([20, 40], [20, 25], [10, 5]), DAY);
    expect(result).toMatchObject({ state: 'unmet', outstanding: 1, total: { 'PRC-CPD-CU': '120' } });
    expect(missing(result)).toEqual(['each-year']);
    expect(node(result, 'each-year').credit).toEqual({ system: 'PRC-CPD-CU', have: '15', need: '20' });
    // Before the yearly minimum it would have been enough.
    const before = accountancyRenewalOn('2019-06-30', terms).rule!;
    expect(run(before, years([20, 40], [20, 25], [10, 5]), DAY).state).toBe('met');
  });

  it('asks for 120, and for 40 in the areas', () => {
    expect(run(root, years([20, 40], [15, 25], [10, 10]), DAY).state).toBe('met');
    expect(missing(run(root, years([20, 39], [15, 25], [10, 10]), DAY))).toEqual(['units']);
    expect(missing(run(root, years([19, 41], [10, 30], [10, 10]), DAY))).toEqual(['areas']);
  });
});
