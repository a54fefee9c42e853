import { describe, expect, it } from 'vitest';
import { Problem } from '#kernel';
import { type Evaluation, evaluate, type Holding, type RuleNode } from '#pathways';
import { all, any, choose, code, credit, current, DATE, holding, pathway, require_, rule } from './support.ts';

const run = (root: RuleNode, holdings: Holding[], date = DATE): Evaluation =>
  evaluate({ pathway: pathway(root), holdings, date });
const node = (evaluation: Evaluation, id: string) => evaluation.nodes.find((one) => one.id === id)!;
const reasons = (evaluation: Evaluation, id: string) =>
  [...evaluation.notCountable, ...evaluation.surplus, ...evaluation.notes!]
    .filter((one) => one.holding === `urn:credential:${id}`)
    .flatMap((one) => one.reasons.map((reason) => reason.code));

const accredited = rule('accreditedAtAward', 'accredited', { role: 'Award' });
const AB = all('root', require_('core', code('A'), code('B')), accredited);

describe('a stack', () => {
  it('is met when every item is served, and says by what', () => {
    const result = run(AB, [holding('B'), holding('A')]);
    expect(result.state).toBe('met');
    expect(result.used).toEqual([
      { holding: 'urn:credential:A', node: 'core', item: 0 },
      { holding: 'urn:credential:B', node: 'core', item: 1 },
    ]);
    expect(result.missing).toEqual([]);
    expect(node(result, 'core').reason.fil).toContain('lahat ng 2');
  });

  it('names what is missing', () => {
    const result = run(AB, [holding('A')]);
    expect(result.state).toBe('unmet');
    expect(result.missing).toEqual([{ node: 'core', item: 1, text: { en: 'B', fil: 'B' } }]);
    expect(node(result, 'core').served).toEqual([{ item: 0, holding: 'urn:credential:A' }]);
  });

  it.each([
    ['revoked', { state: 'revoked' }],
    ['suspended', { state: 'suspended' }],
    ['future', { awarded: '2026-07-01' }],
    ['annulled', { state: 'annulled' }],
    ['accreditation', { accredited: [{ role: 'Award', answer: 'no' }] }],
    ['accreditation', { accredited: [] }],
  ] as [string, Partial<Holding>][])('does not count what is %s, and says so', (reason, over) => {
    const result = run(AB, [holding('A'), holding('B', over)]);
    expect(result.state).toBe('unmet');
    expect(reasons(result, 'B')).toEqual([reason]);
  });

  it.each([
    ['unknown', { state: 'unknown' }],
    ['unknown', { accredited: [{ role: 'Award', answer: 'unknown' }] }],
    ['provisional', { completion: 'provisional' }],
  ] as [string, Partial<Holding>][])('is pending, never met, with %s', (reason, over) => {
    const result = run(AB, [holding('A'), holding('B', over)]);
    expect(result.state).toBe('pending');
    expect(node(result, 'core').state).toBe('pending');
    expect(result.waitingFor).toEqual([
      { holding: 'urn:credential:B', reasons: [expect.objectContaining({ code: reason })] },
    ]);
    expect(result.missing).toEqual([expect.objectContaining({ node: 'core', item: 1 })]);
    // What is unknown does not help where something else is missing.
    expect(run(AB, [holding('B', over)]).state).toBe('unmet');
  });

  it('counts an award once, however many copies of it are shown', () => {
    const root = all('root', rule('chooseN', 'two', { min: 2, select: { code: ['A', 'B'] } }));
    const copies = ['c1', 'c2'].map((id) => holding(id, { awardId: 'urn:award:same', competencies: ['A', 'B'] }));
    const result = run(root, copies);
    expect(result.state).toBe('unmet');
    expect(reasons(result, 'c2')).toEqual(['same_award']);
    // A revoked first edition does not hide the good re-issue.
    const reissued = run(all('root', require_('core', code('A'))), [
      holding('a1', { awardId: 'urn:award:x', competencies: ['A'], state: 'revoked' }),
      holding('a2', { awardId: 'urn:award:x', competencies: ['A'] }),
    ]);
    expect(reissued.state).toBe('met');
  });

  it('counts two awards of one achievement once', () => {
    const root = all('root', rule('chooseN', 'two', { min: 2, select: { code: ['A', 'B'] } }));
    const same = 'https://specimen.example/achievements/same';
    const result = run(root, [
      holding('x', { achievement: same, competencies: ['A', 'B'] }),
      holding('y', { achievement: same, competencies: ['A', 'B'], version: '2' }),
    ]);
    expect(result.state).toBe('unmet');
    expect(reasons(result, 'y')).toEqual(['same_achievement']);
  });

  it('finds the assignment that serves most, not the first', () => {
    const root = all('root', require_('first', code('A')), require_('second', code('B')));
    // Both fit the first item, only one the second.
    const result = run(root, [holding('1', { competencies: ['A', 'B'] }), holding('2', { competencies: ['A'] })]);
    expect(result.state).toBe('met');
    expect(node(result, 'second').served).toEqual([{ item: 0, holding: 'urn:credential:1' }]);
  });

  it('lets a cluster certificate serve several units of one slot, but only one slot', () => {
    const cluster = holding('cluster', { competencies: ['A', 'B'] });
    expect(run(AB, [cluster]).state).toBe('met');
    expect(run(all('root', require_('a', code('A')), require_('b', code('B'))), [cluster]).state).toBe('unmet');
    // The cluster is worth more in the second slot.
    const root = all('root', require_('a', code('A')), require_('ab', code('A'), code('B'), code('C')));
    expect(run(root, [cluster, holding('A'), holding('C')]).state).toBe('met');
  });

  it('pins versions, and a holding without version is of none of them', () => {
    const achievement = 'https://specimen.example/achievements/A';
    const root = all('root', require_('core', { achievement, version: ['1'] }));
    expect(run(root, [holding('A', { version: '1' })]).state).toBe('met');
    expect(reasons(run(root, [holding('A', { version: '2' })]), 'A')).toEqual(['version']);
    expect(reasons(run(root, [holding('A')]), 'A')).toEqual(['version']);
  });

  it('takes expired awards unless a rule says they must be current; the last day still counts', () => {
    const old = holding('A', { expires: '2026-06-29' });
    const root = (more: RuleNode[]) => all('root', require_('core', code('A')), ...more);
    expect(run(root([]), [old]).state).toBe('met');
    const strict = run(root([current('now')]), [old]);
    expect(strict.state).toBe('unmet');
    expect(reasons(strict, 'A')).toEqual(['expired']);
    expect(run(root([current('now')]), [holding('A', { expires: DATE })]).state).toBe('met');
    // A filter acts below its own allOf only.
    const apart = all('root', all('strict', current('now'), require_('b', code('B'))), require_('core', code('A')));
    expect(run(apart, [old, holding('B')]).state).toBe('met');
  });

  it('never converts between credit systems', () => {
    const root = all('root', require_('core', code('A'), code('B')), credit('size', 'HE-UNIT-16', '6'));
    const result = run(root, [
      holding('A', { credit: { 'HE-UNIT-16': '3' } }),
      holding('B', { credit: { 'HE-UNIT-18': '300' } }),
    ]);
    expect(result.state).toBe('unmet');
    expect(node(result, 'size').credit).toEqual({ system: 'HE-UNIT-16', have: '3', need: '6' });
    expect(reasons(result, 'B')).toEqual(['other_system']);
    const [note] = result.notes![0]!.reasons;
    expect(note!.text.en).toMatch(/not converted without a recorded decision\.$/);
    expect(note!.evidence?.see).toBe('/framework/crosswalk#unit-of-size');
    expect(result.missing.map((one) => one.node)).toEqual(['size']);
  });

  it('adds exactly, in ten-thousandths', () => {
    const items = Array.from({ length: 10 }, (_, index) => `m${index}`);
    const root = all('root', choose('parts', 1, 10, ...items.map(code)), credit('size', 'ECTS', '1'));
    const result = run(
      root,
      items.map((id) => holding(id, { credit: { ECTS: '0.1' } })),
    );
    expect(result.state).toBe('met');
    expect(node(result, 'size').credit!.have).toBe('1');
  });

  it('takes more electives than the minimum only as far as credit needs them', () => {
    const root = all('root', choose('electives', 1, 3, code('A'), code('B'), code('C')), credit('size', 'ECTS', '5'));
    const holdings = ['A', 'B', 'C'].map((id, index) => holding(id, { credit: { ECTS: String(index + 2) } }));
    const result = run(root, holdings);
    expect(result.state).toBe('met');
    expect(result.used.length).toBe(2);
    expect(result.surplus.length).toBe(1);
    // Three would reach 9, but only three may be taken at all.
    const four = all('root', choose('electives', 1, 2, code('A'), code('B'), code('C')), credit('size', 'ECTS', '8'));
    expect(run(four, holdings).state).toBe('unmet');
  });

  it('limits a sum to its scope', () => {
    const root = all(
      'root',
      require_('core', code('A')),
      all('part', choose('electives', 0, 1, code('B')), credit('elective-size', 'ECTS', '3')),
    );
    expect(run(root, [holding('A', { credit: { ECTS: '30' } })]).state).toBe('unmet');
    expect(run(root, [holding('A'), holding('B', { credit: { ECTS: '3' } })]).state).toBe('met');
  });

  it('meets one alternative; two half-finished ones are not a whole one', () => {
    const root = all('root', any('track', require_('x', code('A'), code('B')), require_('y', code('C'), code('D'))));
    const met = run(root, [holding('C'), holding('D'), holding('A')]);
    expect(met.state).toBe('met');
    expect(node(met, 'x')).toMatchObject({ state: 'unmet', alternative: 'not_taken' });
    expect(run(root, [holding('A'), holding('C')]).state).toBe('unmet');
  });

  it('reports advisory nodes without letting them decide', () => {
    const advisory = { ...require_('nice', code('Z')), binding: 'Advisory' } as RuleNode;
    const result = run(all('root', require_('core', code('A')), advisory), [holding('A')]);
    expect(result.state).toBe('met');
    expect(node(result, 'nice').state).toBe('unmet');
    expect(result.missing).toEqual([]);
  });

  it('lists what the pathway does not ask for', () => {
    expect(reasons(run(AB, [holding('Z')]), 'Z')).toEqual(['not_asked']);
  });

  it('refuses two different credentials with one id, and takes one given twice once', () => {
    const one = holding('A');
    expect(run(AB, [one, { ...one }, holding('B')]).state).toBe('met');
    expect(() => run(AB, [one, { ...one, provider: 'did:web:other' }])).toThrow(Problem);
    expect(() => run(AB, [holding('A', { awarded: '2026-02-30' })])).toThrow(Problem);
    expect(() => run(AB, [], '2026-13-01')).toThrow(Problem);
  });

  it('decides when several sums compete', () => {
    // Two systems, each reachable alone, never both: one holding can be taken.
    const root = all(
      'root',
      choose('one', 1, 1, code('A'), code('B')),
      credit('hours', 'TESDA-HOUR', '5'),
      credit('units', 'ECTS', '5'),
    );
    const result = run(root, [
      holding('A', { credit: { 'TESDA-HOUR': '5' } }),
      holding('B', { credit: { ECTS: '5' } }),
    ]);
    expect(result).toMatchObject({ state: 'unmet', outstanding: 1, bound: 1, proved: { verdict: true } });
  });

  it('stops after a counted amount of search and then says "undecided", the same every time', () => {
    // All credits but one are even, each demand is odd: together they cannot be reached, which no sum shows.
    const parts = Array.from({ length: 6 }, (_, index) =>
      rule('creditMin', `part${index}`, { system: 'ECTS', min: '39', select: { category: ['X'] } }),
    );
    const holdings = Array.from({ length: 60 }, (_, index) =>
      holding(`h${index}`, { category: 'X', credit: { ECTS: index === 59 ? '1' : `${(index % 3) * 2 + 2}` } }),
    );
    expect(holdings.reduce((all, one) => all + Number(one.credit.ECTS), 0)).toBe(235);
    const once = run(all('root', ...parts), holdings);
    expect(once.state).toBe('undecided');
    expect(once.proved).toEqual({ verdict: false, objective: false, tieBreak: false });
    expect(once.outstanding).toBeGreaterThan(once.bound);
    expect(once.waitingFor).toEqual([{ reasons: [expect.objectContaining({ code: 'undecided' })] }]);
    expect(run(all('root', ...parts), [...holdings].reverse())).toEqual(once);
  });
});
