import { describe, expect, it } from 'vitest';
import { type EvaluationInput, evaluate, type Holding, type RuleNode } from '#pathways';
import { advisory, all, any, code, credit, DATE, holding, not, pathway, require_, rule } from './support.ts';

const run = (root: RuleNode, holdings: Holding[], more: Partial<EvaluationInput> = {}) =>
  evaluate({ pathway: pathway(root), holdings, date: DATE, ...more });
const state = (root: RuleNode, holdings: Holding[], more: Partial<EvaluationInput> = {}) =>
  run(root, holdings, more).state;
const reasons = (result: ReturnType<typeof run>) =>
  result.notCountable.flatMap((one) => one.reasons.map((r) => r.code));

const A = require_('a', code('A'));
const ects = (id: string, units: string, over: Partial<Holding> = {}) =>
  holding(id, { credit: { ECTS: units }, category: 'X', ...over });
/** Takes whatever is of category X, and asks for nothing. */
const pool = rule('chooseN', 'pool', { min: 0, select: { category: ['X', 'Y'] } });
const pooled = (...children: RuleNode[]) => all('root', pool, ...children);

describe('filters', () => {
  const last = '2026-06-30';
  it.each<[string, RuleNode, Partial<Holding>, Partial<Holding>]>([
    ['notAssessed', rule('assessedOnly', 'f', {}), { assessed: true }, {}],
    ['notAssessed', rule('assessedOnly', 'f', {}), { assessed: true }, { assessed: false }],
    [
      'supervision',
      rule('supervisionFloor', 'f', { min: 'SupervisedOnline' }),
      { supervision: 'OnsiteWithId' },
      { supervision: 'SupervisedNoId' },
    ],
    [
      'supervision',
      rule('supervisionFloor', 'f', { min: 'UnsupervisedNoId' }),
      { supervision: 'UnsupervisedNoId' },
      {},
    ],
    ['level', rule('levelFloor', 'f', { min: 5 }), { level: 5 }, { level: 4 }],
    ['level', rule('levelFloor', 'f', { min: 0 }), { level: 1 }, {}],
    [
      'usedElsewhere',
      rule('singleUse', 'f', { across: ['urn:x:degree'] }),
      { usedFor: ['urn:x:other'] },
      { usedFor: ['urn:x:degree'] },
    ],
    [
      'window',
      rule('earnedWithin', 'f', { mode: 'evaluation', period: 'P1Y' }),
      { awarded: '2025-07-01' },
      { awarded: '2025-06-30' },
    ],
    ['version', rule('versionPin', 'f', { versions: ['2'] }), { version: '2' }, { version: '1' }],
    ['version', rule('versionPin', 'f', { versions: ['2'] }), { version: '2' }, {}],
    [
      'version',
      rule('versionPin', 'f', { versions: ['2'], transition: { versions: ['1'], acceptUntil: '2026-01-31' } }),
      { version: '1', awarded: '2026-01-31' },
      { version: '1', awarded: '2026-02-01' },
    ],
    [
      'result',
      rule('resultThreshold', 'f', { mode: 'each', scale: 'urn:x:s', direction: 'LowerBetter', value: '2' }),
      { result: { scale: 'urn:x:s', direction: 'LowerBetter', value: '2.0' } },
      { result: { scale: 'urn:x:s', direction: 'LowerBetter', value: '2.01' } },
    ],
    [
      'result',
      rule('resultThreshold', 'f', { mode: 'each', scale: 'urn:x:s', direction: 'HigherBetter', value: '75' }),
      { result: { scale: 'urn:x:s', direction: 'HigherBetter', value: '75' } },
      { result: { scale: 'urn:x:other', direction: 'HigherBetter', value: '99' } },
    ],
  ])('%s', (reason, filter, good, bad) => {
    const root = all('root', A, filter);
    expect(state(root, [holding('A', good)])).toBe('met');
    const refused = run(root, [holding('A', bad)]);
    expect([refused.state, ...reasons(refused)]).toEqual(['unmet', reason]);
    // An advisory filter changes nothing and is only reported.
    const advised = run(all('root', A, advisory(filter)), [holding('A', bad)]);
    expect([advised.state, advised.nodes[2]!.state]).toEqual(['met', 'unmet']);
  });

  it('a transition by the day of the evaluation is a sunset', () => {
    const pin = (acceptUntil: string) =>
      rule('versionPin', 'f', { versions: ['2'], transition: { versions: ['1'], acceptUntil, by: 'evaluation' } });
    expect(state(all('root', A, pin(last)), [holding('A', { version: '1' })])).toBe('met');
    expect(state(all('root', A, pin('2026-06-29')), [holding('A', { version: '1' })])).toBe('unmet');
  });

  it('prerequisite and sequence look at history, not at what counts', () => {
    const before = rule('prerequisite', 'f', { before: { code: ['B'] }, after: { code: ['A'] } });
    const order = rule('sequence', 'f', { items: [code('B'), code('A')] });
    for (const [filter, reason] of [
      [before, 'prerequisite'],
      [order, 'sequence'],
    ] as const) {
      const root = all('root', A, filter);
      const first = (over: Partial<Holding>) => holding('B', { awarded: '2025-01-01', ...over });
      expect(state(root, [holding('A'), first({ expires: '2025-02-01' })])).toBe('met');
      expect(state(root, [holding('A'), first({ awarded: '2026-01-15' })])).toBe('met');
      expect(reasons(run(root, [holding('A'), first({ awarded: '2026-01-16' })]))).toEqual([reason]);
      expect(state(root, [holding('A'), first({ state: 'revoked' })])).toBe('unmet');
      expect(state(root, [holding('A'), first({ completion: 'provisional' })])).toBe('pending');
    }
    // Absent items are not demanded.
    expect(state(all('root', require_('b', code('B')), order), [holding('B')])).toBe('met');
  });
});

describe('limits never make unmet what less would meet', () => {
  it('span: open at its start', () => {
    const root = (period: string) =>
      all('root', require_('ab', code('A'), code('B')), rule('earnedWithin', 'l', { mode: 'span', period }));
    const holdings = [holding('A', { awarded: '2025-01-15' }), holding('B', { awarded: '2026-01-15' })];
    expect(run(root('P1Y'), holdings)).toMatchObject({ state: 'unmet', outstanding: 1 });
    expect(state(root('P1Y1D'), holdings)).toBe('met');
  });

  it('noOverlap: any, and subset', () => {
    const two = rule('chooseN', 'two', { min: 2, select: { category: ['X'] } });
    const pair = (a: string[], b: string[]) => [
      ects('1', '1', { competencies: a }),
      ects('2', '1', { competencies: b }),
    ];
    const root = (mode: 'any' | 'subset') => all('root', two, rule('noOverlap', 'l', { mode }));
    expect(state(root('any'), pair(['K', 'L'], ['L', 'M']))).toBe('unmet');
    expect(state(root('subset'), pair(['K', 'L'], ['L', 'M']))).toBe('met');
    expect(state(root('subset'), pair(['K', 'L'], ['L']))).toBe('unmet');
    expect(state(root('any'), pair([], []))).toBe('met');
  });

  it('creditMax: whole credentials, and the best that fit', () => {
    const root = pooled(rule('creditMax', 'l', { system: 'ECTS', max: '5' }), credit('sum', 'ECTS', '5'));
    expect(state(root, [ects('1', '4'), ects('2', '3'), ects('3', '2')])).toBe('met');
    expect(run(root, [ects('1', '4'), ects('2', '3')])).toMatchObject({ state: 'unmet', total: { ECTS: '4' } });
  });

  it('capstone: one, and none before it was earned', () => {
    const root = all('root', A, rule('capstone', 'cap', { items: [code('Z')] }));
    expect(state(root, [holding('A'), holding('Z')])).toBe('met');
    expect(run(root, [holding('A'), holding('Z', { awarded: '2026-01-14' })]).outstanding).toBe(1);
  });
});

describe('checks', () => {
  const at = (provider: string) => ({ provider: `did:web:${provider}.example` });
  it.each<[string, RuleNode, Holding[], Holding[]]>([
    [
      'shareMin of what counts',
      rule('shareMin', 'c', { system: 'ECTS', by: 'category', values: ['Y'], percent: '50' }),
      [ects('1', '3', { category: 'Y' })],
      [ects('1', '3')],
    ],
    [
      'shareMax of the declared size, for every provider',
      all(
        'in',
        pool,
        credit('sum', 'ECTS', '6'),
        rule('shareMax', 'c', { system: 'ECTS', by: 'provider', percent: '50', total: '6' }),
      ),
      [ects('1', '3', at('a')), ects('2', '3', at('b'))],
      [ects('1', '3', at('a')), ects('2', '3', at('a'))],
    ],
    [
      'residencyMin at the conferrer',
      rule('residencyMin', 'c', { system: 'ECTS', min: '3' }),
      [ects('1', '3', at('specimen'))],
      [ects('1', '9', at('b'))],
    ],
    [
      'levelShare',
      rule('levelShare', 'c', { system: 'ECTS', level: 5, percent: '30', total: '10' }),
      [ects('1', '3', { level: 6 })],
      [ects('1', '9', { level: 4 })],
    ],
    [
      'categoryMin',
      rule('categoryMin', 'c', { system: 'ECTS', categories: ['Y'], min: '2' }),
      [ects('1', '2', { category: 'Y' })],
      [ects('1', '9')],
    ],
    [
      'perPeriodMin',
      rule('perPeriodMin', 'c', { system: 'ECTS', min: '2', period: 'P1Y', periods: 2 }),
      [ects('1', '2', { awarded: '2026-06-30' }), ects('2', '2', { awarded: '2025-06-30' })],
      [ects('1', '2', { awarded: '2026-06-30' }), ects('2', '2', { awarded: '2024-06-30' })],
    ],
  ])('%s', (_, check, good, bad) => {
    const root = check.kind === 'allOf' ? check : pooled(check);
    expect(state(root, good)).toBe('met');
    const open = run(root, bad);
    expect([open.state, open.outstanding]).toEqual(['unmet', 1]);
    expect(open.missing).not.toEqual([]);
  });

  it('average: bad grades can be left out of what counts, not of what is matched', () => {
    const average = (basis: 'counted' | 'matched') =>
      pooled(
        rule('resultThreshold', 'c', {
          ...{ mode: 'average', basis, system: 'ECTS', scale: 'urn:x:s' },
          ...{ direction: 'LowerBetter', value: '2' },
        }),
      );
    const graded = (id: string, value: string, units = '3') =>
      ects(id, units, { result: { scale: 'urn:x:s', direction: 'LowerBetter', value } });
    const holdings = [graded('1', '1.5'), graded('2', '3')];
    expect([state(average('counted'), holdings), state(average('matched'), holdings)]).toEqual(['met', 'unmet']);
    expect(state(average('matched'), [graded('1', '1.5', '6'), graded('2', '3', '3')])).toBe('met');
    expect(state(average('counted'), [])).toBe('unmet');
  });

  it('three years of 60, 45 and 15 make 120, and fail the last year', () => {
    const cpd = (id: string, units: string, awarded: string) =>
      holding(id, { credit: { 'PRC-CPD-CU': units }, category: 'X', awarded });
    const root = pooled(
      credit('sum', 'PRC-CPD-CU', '120'),
      rule('perPeriodMin', 'each', { system: 'PRC-CPD-CU', min: '20', period: 'P1Y', periods: 3 }),
    );
    const years = [cpd('1', '60', '2023-10-01'), cpd('2', '45', '2024-10-01'), cpd('3', '15', '2025-10-01')];
    expect(run(root, years).missing.map(({ node }) => node)).toEqual(['each']);
    expect(state(root, [...years, cpd('4', '5', '2026-03-01')])).toBe('met');
  });
});

describe('structure', () => {
  it('not: closed, without the filters above it, and swapped when something is unknown', () => {
    const root = all('root', A, rule('levelFloor', 'f', { min: 1 }), not('no', require_('degree', code('D'))));
    const a = holding('A', { level: 2 });
    expect(state(root, [a])).toBe('met');
    expect(run(root, [a, holding('D')])).toMatchObject({ state: 'unmet', placements: [{ node: 'a' }] });
    const waiting = run(root, [a, holding('D', { completion: 'provisional' })]);
    expect(waiting.state).toBe('pending');
    expect(waiting.waitingFor.map((one) => one.holding)).toEqual(['urn:credential:D']);
  });

  it('nOf: met children, and no half-finished one that took something', () => {
    const root = rule('nOf', 'root', {
      n: 2,
      children: [A, require_('b', code('B')), require_('cd', code('C'), code('D'))],
    });
    expect(state(root, [holding('A'), holding('B'), holding('C')])).toBe('met');
    expect(run(root, [holding('A'), holding('C')])).toMatchObject({ state: 'unmet', outstanding: 1 });
  });

  it('a check inside an alternative is asked of the nearest allOf', () => {
    const half = rule('shareMin', 'half', { system: 'ECTS', by: 'level', values: ['5'], percent: '50' });
    const here = rule('residencyMin', 'here', { system: 'ECTS', min: '9' });
    const root = pooled(any('either', half, here), credit('sum', 'ECTS', '9'));
    expect(state(root, [ects('1', '9', { level: 4 })])).toBe('met');
    expect(state(root, [ects('1', '9', { level: 4, provider: 'did:web:b.example' })])).toBe('unmet');
    expect(state(root, [ects('1', '9', { level: 5, provider: 'did:web:b.example' })])).toBe('met');
  });

  it('consume: false takes nothing, and what it asks for may serve elsewhere', () => {
    const entry = rule('requireAll', 'entry', { items: [code('A')], consume: false });
    expect(run(all('root', entry, A), [holding('A')])).toMatchObject({ state: 'met', placements: [{ node: 'a' }] });
    expect(run(all('root', entry, require_('b', code('B'))), [holding('B')]).missing[0]).toMatchObject({
      node: 'entry',
    });
  });

  it('truncating slots hand on no more than their max; repeatable ones take the same twice', () => {
    const root = all(
      'root',
      rule('creditMin', 'self', {
        ...{ system: 'ECTS', min: '1', max: '4', excess: 'truncate' },
        select: { category: ['X'] },
        repeatable: true,
      }),
      rule('chooseN', 'rest', { min: 0, select: { category: ['Y'] } }),
      credit('sum', 'ECTS', '7'),
    );
    const same = { achievement: 'urn:x:same' };
    const cut = run(root, [ects('1', '3', same), ects('2', '6', same)]);
    expect(cut).toMatchObject({ state: 'unmet', total: { ECTS: '4' } });
    expect(state(root, [ects('1', '3', same), ects('2', '3', same), ects('3', '3', { category: 'Y' })])).toBe('met');
  });

  it('carryOver comes in for totals only, and hands out what was not needed', () => {
    const root = pooled(credit('sum', 'ECTS', '10'), rule('carryOver', 'carry', { system: 'ECTS', max: '3' }));
    expect(state(root, [ects('1', '8')], { carried: { ECTS: '2' } })).toBe('met');
    expect(state(root, [ects('1', '6')], { carried: { ECTS: '9' } })).toBe('unmet');
    expect(run(root, [ects('1', '10'), ects('2', '5')]).carriesOver).toEqual({ ECTS: '3' });
  });

  it('credit that was only stated to be carried in leaves it pending where it is needed, also inside a not', () => {
    const root = pooled(credit('sum', 'ECTS', '10'), rule('carryOver', 'carry', { system: 'ECTS', max: '3' }));
    const stated = (units: string) => ({ carriedStated: { ECTS: units } });
    expect(state(root, [ects('1', '10')], stated('2'))).toBe('met');
    expect(state(root, [ects('1', '6')], stated('9'))).toBe('unmet');
    const result = run(root, [ects('1', '8')], stated('2'));
    expect(result).toMatchObject({ state: 'pending', waitingFor: [{ reasons: [{ code: 'carried_stated' }] }] });
    expect(state(root, [ects('1', '8')], { ...stated('1'), carried: { ECTS: '1' } })).toBe('pending');
    // What must not be so is not ruled out by what was only stated either.
    const closed = all('top', rule('chooseN', 'any', { min: 0, select: { category: ['X'] } }), not('no', root));
    expect(state(closed, [ects('1', '8')])).toBe('met');
    expect(state(closed, [ects('1', '8')], stated('2'))).toBe('pending');
    expect(state(closed, [ects('1', '8')], { carried: { ECTS: '2' } })).toBe('unmet');
  });

  it('equivalence by who decided: every decision of that body, and none of which it is not known', () => {
    const decision = {
      ...{ id: 'd', from: { achievement: 'urn:x:from' }, credit: { system: 'ECTS', value: '3' } },
      ...{ to: { mode: 'specified' as const, achievement: 'urn:x:to' }, validFrom: '2026-01-01' },
    };
    const held = [holding('1', { achievement: 'urn:x:from' })];
    const at = (accepts: object, decidedBy?: string) =>
      state(
        all('root', require_('to', { achievement: 'urn:x:to' }), rule('equivalence', 'e', accepts as never)),
        held,
        {
          decisions: [{ ...decision, ...(decidedBy ? { decidedBy } : {}) }],
        },
      );
    const [panel, other] = ['did:web:panel.example', 'did:web:other.example'];
    expect(at({ decidedBy: [panel] }, panel)).toBe('met');
    expect(at({ decidedBy: [other, panel] }, panel)).toBe('met');
    expect(at({ decidedBy: [panel] }, other)).toBe('unmet');
    expect(at({ decidedBy: [panel] })).toBe('unmet');
    expect(at({ decisions: ['d'], decidedBy: [panel] }, panel)).toBe('met');
    expect(at({ decisions: ['d'], decidedBy: [panel] }, other)).toBe('unmet');
    expect(at({ decisions: ['e'], decidedBy: [panel] }, panel)).toBe('unmet');
  });

  it('a decision of which nothing is known leaves pending what it could change', () => {
    const accept = rule('equivalence', 'e', { decisions: ['d'] });
    const unknown = { unknownDecisions: ['d'] };
    const root = all('root', require_('to', { achievement: 'urn:x:to' }), accept);
    const result = run(root, [holding('1')], unknown);
    expect(result).toMatchObject({
      ...{ state: 'pending', outstanding: 1 },
      waitingFor: [{ decision: 'd', reasons: [{ code: 'decision_unknown' }] }],
    });
    expect(result.nodes[0]!.state).toBe('pending');
    expect(state(root, [holding('1')], { unknownDecisions: ['other'] })).toBe('unmet');
    expect(state(root, [], unknown)).toBe('unmet');
    expect(state(root, [holding('1', { state: 'revoked' })], unknown)).toBe('unmet');
    expect(state(root, [holding('1', { achievement: 'urn:x:to' })], unknown)).toBe('met');
    // Where it could show that somebody holds what must not be held, it is no pass.
    const closed = all('root', A, not('no', require_('to', { achievement: 'urn:x:to' })), accept);
    expect(state(closed, [holding('A')])).toBe('met');
    expect(state(closed, [holding('A')], unknown)).toBe('pending');
  });

  it('equivalence: block, unspecified and cap', () => {
    const decision = (id: string, to: object, more: object = {}) =>
      ({
        id,
        from: { achievement: 'urn:x:from' },
        to,
        credit: { system: 'ECTS', value: '3' },
        validFrom: '2026-01-01',
        ...more,
      }) as never;
    const from = (id: string) =>
      holding(id, { achievement: 'urn:x:from', awardId: id, credit: { 'TESDA-HOUR': '40' } });
    const accept = rule('equivalence', 'e', { decisions: ['d'] });
    const two = require_('two', { achievement: 'urn:x:1' }, { achievement: 'urn:x:2' });
    const block = decision('d', { mode: 'block', achievements: ['urn:x:1', 'urn:x:2'] });
    expect(run(all('root', two, accept), [from('1')], { decisions: [block] })).toMatchObject({
      state: 'met',
      placements: [{ items: [0, 1], guise: 'd' }],
    });
    const free = decision('d', { mode: 'unspecified', category: 'X' }, { cap: '3' });
    const root = all('root', rule('chooseN', 'n', { min: 2, select: { category: ['X'] }, repeatable: true }), accept);
    expect(run(root, [from('1'), from('2')], { decisions: [free] }).outstanding).toBe(1);
    expect(() => run(root, [], { decisions: [decision('d', { mode: 'unspecified' }, { cap: '2' })] })).toThrow(
      'could never be used',
    );
  });

  it('exitAward: a node alone, with the filters above it', () => {
    const root = all(
      'root',
      A,
      require_('b', code('B')),
      rule('levelFloor', 'f', { min: 2 }),
      rule('exitAward', 'exit', { award: 'Certificate', node: 'a' }),
    );
    expect(run(root, [holding('A', { level: 2 })])).toMatchObject({
      state: 'unmet',
      exitAwards: [{ award: 'Certificate', node: 'a' }],
    });
    expect(run(root, [holding('A', { level: 1 })]).exitAwards).toEqual([]);
  });

  it('shows other ways to finish, none of which contains another', () => {
    const root = any('root', require_('x', code('A'), code('B')), require_('y', code('C')), require_('z', code('D')));
    // As much is open in x and y, and y takes nothing (A6, level 4).
    const ways = run(root, [holding('A')]).waysToFinish.map((way) => way.map((one) => `${one.node} ${one.item}`));
    expect(ways).toEqual([['y 0'], ['x 1'], ['z 0']]);
  });

  it('prefers early expiry, then few credits, then ids, once everything is met', () => {
    const root = all(
      'root',
      rule('chooseN', 'one', { min: 1, select: { category: ['X'] } }),
      credit('sum', 'ECTS', '2'),
    );
    const chosen = (...holdings: Holding[]) => run(root, holdings).placements.map((one) => one.holding.slice(-1));
    expect(chosen(ects('1', '2'), ects('2', '9', { expires: '2027-01-01' }))).toEqual(['2']);
    expect(chosen(ects('1', '3'), ects('2', '2'))).toEqual(['2']);
    expect(chosen(ects('2', '2'), ects('1', '2'))).toEqual(['1']);
    // While something is open, all credit counts.
    const open = all(
      'root',
      rule('chooseN', 'one', { min: 1, select: { category: ['X'] } }),
      A,
      credit('sum', 'ECTS', '2'),
    );
    expect(run(open, [ects('1', '2'), ects('2', '2')]).total).toEqual({ ECTS: '4' });
  });
});
