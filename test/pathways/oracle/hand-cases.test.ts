// Expected answers written by hand from the specification of stacking, part A. They test the oracle, not the evaluator.
import { describe, expect, it } from 'vitest';
import { minus } from './dates.ts';
import {
  accept,
  all,
  allAs,
  any,
  expectCase as c,
  credit,
  decision,
  h,
  items,
  MET,
  n,
  not,
  open,
  pick,
  req,
  specified,
  sum,
} from './hand-support.ts';
import { oracle } from './oracle.ts';

/** A filter beside a slot for A. */
const filtered = (filter: ReturnType<typeof n>) => all(filter, req('s', 'A'));

describe('days and amounts (A1)', () => {
  it('clamps to the last day of the month, and multiplies', () => {
    expect(minus('2024-02-29', 'P1Y')).toBe('2023-02-28');
    expect(minus('2026-03-31', 'P1M')).toBe('2026-02-28');
    expect(minus('2024-03-31', 'P1M')).toBe('2024-02-29');
    expect(minus('2026-03-31', 'P1M', 2)).toBe('2026-01-31');
    expect(minus('2026-01-15', 'P30D')).toBe('2025-12-16');
    expect(minus('2026-01-31', 'P1Y2M')).toBe('2024-11-30');
  });
  c('[1] awarded on the day counts', all(req('s', 'A')), [h('1', 'A', { awarded: '2026-02-28' })], {
    ...MET,
    placed: ['1>s'],
    total: {},
    not: {},
    surplus: [],
  });
  c('awarded tomorrow does not', all(req('s', 'A')), [h('1', 'A', { awarded: '2026-03-01' })], {
    ...open(1),
    not: { 1: ['future'] },
  });
  for (const state of ['suspended', 'revoked', 'annulled'] as const) {
    c(`[2] ${state} never counts`, all(req('s', 'A')), [h('1', 'A', { state })], { ...open(1), not: { 1: [state] } });
  }
  c('expiry is not base', all(req('s', 'A')), [h('1', 'A', { expires: '2025-12-31' })], MET);
  c('the same holding twice is one', all(credit('s', '4')), [h('1', 'A'), h('1', 'A')], {
    ...open(1),
    total: { U: '3' },
  });
  it('same id with another content is an input error', () => {
    const pathway = { id: 'w', name: 'x', version: '1', conferrer: 'p', root: all(req('s', 'A')) };
    expect(() => oracle({ pathway, holdings: [h('1', 'A'), h('1', 'B')], date: '2026-01-01' })).toThrow();
  });
  c('copies of one award: one of them', all(credit('s', '6')), [h('1', 'A'), h('2', 'A', { awardId: '1' })], {
    ...open(1),
    placed: ['1>s'],
    surplus: ['2'],
  });
  c(
    'also where repeats are allowed',
    all(credit('s', '6', { repeatable: true })),
    [h('1', 'A'), h('2', 'A', { awardId: '1' })],
    {
      ...open(1),
      total: { U: '3' },
    },
  );
});

describe('guises (A2)', () => {
  const to = specified('B');
  c(
    'a decision lets A stand for B',
    all(accept('d'), req('s', 'B')),
    [h('1', 'A')],
    { ...MET, placed: ['1>s=d'] },
    { decisions: [decision('d', 'A', to)] },
  );
  c(
    'only where it is accepted',
    all(req('s', 'B')),
    [h('1', 'A')],
    { ...open(1), not: {}, surplus: [] },
    { decisions: [decision('d', 'A', to)] },
  );
  c('[3] in force on its last day', all(accept('d'), req('s', 'B')), [h('1', 'A')], MET, {
    decisions: [decision('d', 'A', to, { validUntil: '2026-02-28' })],
  });
  c('[3] not the day after', all(accept('d'), req('s', 'B')), [h('1', 'A')], open(1), {
    decisions: [decision('d', 'A', to, { validUntil: '2026-02-27' })],
  });
  c('[3] from its first day on', all(accept('d'), req('s', 'B')), [h('1', 'A')], MET, {
    decisions: [decision('d', 'A', to, { validFrom: '2026-02-28' })],
  });
  c('it names the version', all(accept('d'), req('s', 'B')), [h('1', 'A', { version: '1' })], open(1), {
    decisions: [decision('d', 'A', to, { from: { achievement: 'A', version: ['2'] } })],
  });
  c(
    'its credit is the only credit',
    all(accept('d'), req('s', 'B'), sum('3')),
    [h('1', 'A', { credit: { U: '9' } })],
    { ...open(1), total: { U: '2' } },
    { decisions: [decision('d', 'A', to, { credit: { system: 'U', value: '2' } })] },
  );
  c(
    'a block stands for its list, with its value once',
    all(accept('d'), req('s', 'B', 'C'), sum('4')),
    [h('1', 'A')],
    { ...open(1), total: { U: '3' }, placed: ['1>s=d'] },
    { decisions: [decision('d', 'A', { mode: 'block', achievements: ['B', 'C'] })] },
  );
  c('unspecified stands for no achievement', all(accept('d'), req('s', 'B')), [h('1', 'A')], open(1), {
    decisions: [decision('d', 'A', { mode: 'unspecified', category: 'k' })],
  });
  c(
    'unspecified is credit in a category',
    all(accept('d'), credit('s', '3', { select: { category: ['k'] } })),
    [h('1', 'A')],
    { ...MET, placed: ['1>s=d'] },
    { decisions: [decision('d', 'A', { mode: 'unspecified', category: 'k' })] },
  );
  const two = [decision('d', 'A', to, { cap: '5.9' }), decision('e', 'B', to)];
  c(
    'cap: two placements of 3 pass 6 but not 5.9',
    all(accept('d'), credit('s', '6', { select: { achievement: ['B'] }, repeatable: true })),
    [h('1', 'A'), h('2', 'A')],
    { ...open(1), total: { U: '3' } },
    { decisions: two },
  );
  c(
    'cap met exactly',
    all(accept('d'), credit('s', '6', { select: { achievement: ['B'] }, repeatable: true })),
    [h('1', 'A'), h('2', 'A')],
    MET,
    { decisions: [decision('d', 'A', to, { cap: '6' })] },
  );
  c(
    'own before a decision',
    all(accept('d'), credit('s', '3')),
    [h('1', 'A')],
    { ...MET, placed: ['1>s'] },
    { decisions: [decision('d', 'A', to)] },
  );
  c('credit in another system is none', all(credit('s', '3')), [h('1', 'A', { credit: { V: '3' } })], {
    ...open(1),
    not: { 1: ['system'] },
  });
});

describe('assignment (A3)', () => {
  c('[4] one credential, one slot', all(req('s', 'A'), req('t', '#x')), [h('1', 'A', { competencies: ['x'] })], {
    ...open(1),
    placed: ['1>s'],
  });
  c(
    '[4] inside a slot it covers all its codes and its achievement',
    all(req('s', 'A', '#x', '#y')),
    [h('1', 'A', { competencies: ['x', 'y'] })],
    MET,
  );
  c(
    'not twice, whatever the version',
    all(credit('s', '6')),
    [h('1', 'A', { version: '1' }), h('2', 'A', { version: '2' })],
    open(1),
  );
  c(
    '[17] not twice across slots',
    all(req('s', 'A:1'), req('t', 'A:2')),
    [h('1', 'A', { version: '1' }), h('2', 'A', { version: '2' })],
    { ...open(1), placed: ['1>s'] },
  );
  c(
    'not twice sees what it is behind a decision',
    all(accept('d'), req('s', 'A'), req('t', 'B')),
    [h('1', 'A'), h('2', 'A')],
    open(1),
    { decisions: [decision('d', 'A', specified('B'))] },
  );
  c(
    'unless one sits in a repeatable slot',
    all(req('s', 'A'), credit('t', '3', { repeatable: true })),
    [h('1', 'A'), h('2', 'A')],
    MET,
  );
  c('[5] a started alternative must be finished', any(req('s', 'A', 'B'), req('t', 'C')), [h('1', 'A'), h('2', 'C')], {
    ...MET,
    placed: ['2>t'],
  });
  c(
    '[5] the nearest alternative counts when none is met',
    any(req('s', 'A', 'B', 'D'), req('t', 'C', 'E')),
    [h('1', 'A'), h('2', 'C')],
    { ...open(1), placed: ['2>t'] },
  );
  c(
    'nOf: two of three',
    n('nOf', { n: 2, children: [req('s', 'A'), req('t', 'B'), req('u', 'C', 'D')] }),
    [h('1', 'A')],
    open(1),
  );
  c(
    'nOf: a third is not needed',
    n('nOf', { n: 2, children: [req('s', 'A'), req('t', 'B'), req('u', 'C')] }),
    [h('1', 'A'), h('2', 'B'), h('3', 'C')],
    { ...MET, placed: ['1>s', '2>t'], surplus: ['3'] },
  );
  c(
    'a check inside anyOf asks the nearest allOf',
    all(pick('s', 1), any(sum('9'), n('categoryMin', { system: 'U', categories: ['k'], min: '3' }))),
    [h('1', 'A', { category: 'k' }), h('2', 'B')],
    { ...MET, placed: ['1>s'] },
  );
  c('[6] not looks at the wallet, placed or not', all(req('s', 'A'), not(req('t', 'B'))), [h('1', 'A'), h('2', 'B')], {
    ...open(1),
    placed: ['1>s'],
    surplus: [],
  });
  c(
    '[6] filters above do not reach into not',
    all(n('assessedOnly'), req('s', 'A'), not(req('t', 'B'))),
    [h('1', 'A', { assessed: true }), h('2', 'B')],
    open(1),
  );
  c(
    '[6] filters inside do',
    all(req('s', 'A'), not(allAs('in', n('assessedOnly'), req('t', 'B')))),
    [h('1', 'A'), h('2', 'B')],
    MET,
  );
  c(
    '[6] revoked is not held',
    all(req('s', 'A'), not(req('t', 'B'))),
    [h('1', 'A'), h('2', 'B', { state: 'revoked' })],
    { ...MET, not: {} },
  );
  c(
    'consume false takes nothing and competes with nothing',
    all(n('requireAll', { id: 's', consume: false, items: items('A') }), req('t', 'A'), sum('3')),
    [h('1', 'A')],
    { ...MET, placed: ['1>t'] },
  );
  c(
    'consume false is not counted',
    all(
      n('requireAll', { id: 's', consume: false, items: items('A') }),
      pick('t', 1, { select: { category: ['k'] } }),
      sum('3'),
    ),
    [h('1', 'A')],
    { ...open(2), total: { U: '0' }, surplus: [] },
  );
  c(
    'consume false has the filters above',
    all(n('assessedOnly'), n('requireAll', { id: 's', consume: false, items: items('A') })),
    [h('1', 'A')],
    { ...open(1), not: { 1: ['notAssessed'] } },
  );
  c(
    'advisory slot takes, counts, and never misses',
    all(n('requireAll', { id: 's', binding: 'Advisory', items: items('A', 'B') }), sum('3')),
    [h('1', 'A')],
    { ...MET, advisory: 1, placed: ['1>s'] },
  );
  c('advisory filter changes nothing', all(n('assessedOnly', { binding: 'Advisory' }), req('s', 'A')), [h('1', 'A')], {
    ...MET,
    advisory: 0,
  });
  c(
    'advisory limit changes nothing',
    all(n('creditMax', { system: 'U', max: '3', binding: 'Advisory' }), credit('s', '6')),
    [h('1', 'A'), h('2', 'B')],
    MET,
  );
  c('advisory check moves its outstanding', all(credit('s', '3'), sum('9', { binding: 'Advisory' })), [h('1', 'A')], {
    ...MET,
    advisory: 1,
  });
});

describe('slots (A4)', () => {
  c('requireAll counts what is not covered', all(req('s', 'A', 'B', '#x')), [h('1', 'A')], open(2));
  c('an item with versions', all(req('s', 'A:2')), [h('1', 'A', { version: '1' })], {
    ...open(1),
    not: { 1: ['version'] },
  });
  c('a code is covered by what carries it', all(req('s', '#x')), [h('1', 'A', { competencies: ['x'] })], MET);
  c(
    'chooseN items: distinct items covered',
    all(n('chooseN', { id: 's', min: 2, items: items('A', '#x', '#y') })),
    [h('1', 'B', { competencies: ['x', 'y'] })],
    MET,
  );
  c(
    'chooseN max is a limit',
    all(n('chooseN', { id: 's', min: 1, max: 1, items: items('A', 'B') }), sum('6')),
    [h('1', 'A'), h('2', 'B')],
    { ...open(1), total: { U: '3' } },
  );
  c(
    'chooseN max by codes of one holding',
    all(n('chooseN', { id: 's', min: 1, max: 1, items: items('#x', '#y') })),
    [h('1', 'A', { competencies: ['x', 'y'] })],
    open(1),
  );
  c(
    'chooseN select: a block is as many as it stands for',
    all(accept('d'), pick('s', 2, { select: { achievement: ['B'] } })),
    [h('1', 'A')],
    MET,
    { decisions: [decision('d', 'A', { mode: 'block', achievements: ['B', 'C'] })] },
  );
  c(
    'chooseN select: unspecified counts its source',
    all(accept('d', 'e'), pick('s', 2, { select: { category: ['k'] } })),
    [h('1', 'A'), h('2', 'B')],
    { ...MET, placed: ['1>s=d', '2>s=e'] },
    { decisions: ['d', 'e'].map((id, i) => decision(id, 'AB'[i]!, { mode: 'unspecified', category: 'k' })) },
  );
  c('chooseN repeatable: placements', all(pick('s', 2, { repeatable: true })), [h('1', 'A'), h('2', 'A')], MET);
  c('creditMin: exactly enough', all(credit('s', '4.5')), [h('1', 'A', { credit: { U: '1.5' } }), h('2', 'B')], MET);
  c('creditMin max refuses', all(credit('s', '4', { max: '5' })), [h('1', 'A'), h('2', 'B')], {
    ...open(1),
    total: { U: '3' },
  });
  c(
    'creditMin truncates what it hands on',
    all(credit('s', '4', { max: '5', excess: 'truncate' }), sum('5.0001')),
    [h('1', 'A'), h('2', 'B')],
    { ...open(1), total: { U: '5' } },
  );
  c(
    'capstone last: the same day passes',
    all(req('s', 'A'), n('capstone', { id: 'z', items: items('Z') })),
    [h('1', 'A'), h('2', 'Z')],
    MET,
  );
  c(
    'capstone before the rest is not taken with it',
    all(req('s', 'A'), n('capstone', { id: 'z', items: items('Z') })),
    [h('1', 'A'), h('2', 'Z', { awarded: '2025-05-31' })],
    { ...open(1), placed: ['1>s'] },
  );
  c(
    'exactly one capstone',
    all(n('capstone', { id: 'z', items: items('Z', 'Y') }), sum('6')),
    [h('1', 'Y'), h('2', 'Z')],
    { ...open(1), placed: ['1>z'] },
  );
});

describe('filters (A4)', () => {
  const hold = (rest: Parameters<typeof h>[2]) => [h('1', 'A', rest)];
  const no = (...codes: string[]) => ({ ...open(1), not: { 1: codes } });
  c('currentAt: valid through its last day', filtered(n('currentAt')), hold({ expires: '2026-02-28' }), MET);
  c('currentAt: expired the day after', filtered(n('currentAt')), hold({ expires: '2026-02-27' }), no('expired'));
  const accredited = n('accreditedAtAward', { role: 'Award', authority: 'x' });
  c(
    'accreditation: yes of that authority',
    filtered(accredited),
    hold({ accredited: [{ role: 'Award', authority: 'x', answer: 'yes' }] }),
    MET,
  );
  c(
    'accreditation: yes of another',
    filtered(accredited),
    hold({ accredited: [{ role: 'Award', authority: 'y', answer: 'yes' }] }),
    no('accreditation'),
  );
  c(
    'accreditation: another role',
    filtered(accredited),
    hold({ accredited: [{ role: 'Train', authority: 'x', answer: 'yes' }] }),
    no('accreditation'),
  );
  c(
    'accreditation: unknown is pending',
    filtered(accredited),
    hold({ accredited: [{ role: 'Award', authority: 'x', answer: 'unknown' }] }),
    { state: 'pending', outstanding: 1, placed: [], not: { 1: ['unknown'] } },
  );
  c(
    'accreditation: of any authority',
    filtered(n('accreditedAtAward', { role: 'Award' })),
    hold({
      accredited: [
        { role: 'Award', answer: 'no' },
        { role: 'Award', authority: 'y', answer: 'yes' },
      ],
    }),
    MET,
  );
  c('assessedOnly', filtered(n('assessedOnly')), hold({ assessed: false }), no('notAssessed'));
  c(
    'supervision at the floor',
    filtered(n('supervisionFloor', { min: 'SupervisedOnline' })),
    hold({ supervision: 'SupervisedOnline' }),
    MET,
  );
  c(
    'supervision below it',
    filtered(n('supervisionFloor', { min: 'SupervisedOnline' })),
    hold({ supervision: 'SupervisedNoId' }),
    no('supervision'),
  );
  c(
    'supervision not stated',
    filtered(n('supervisionFloor', { min: 'UnsupervisedNoId' })),
    hold({}),
    no('supervision'),
  );
  c('level at the floor', filtered(n('levelFloor', { min: 5 })), hold({}), MET);
  c('no level', filtered(n('levelFloor', { min: 1 })), hold({ level: undefined }), no('level'));
  const pin = (by?: string) =>
    filtered(
      n('versionPin', {
        versions: ['2'],
        transition: { versions: ['1'], acceptUntil: '2025-06-01', ...(by ? { by } : {}) },
      }),
    );
  c('[7] an old version, awarded on the last day', pin(), hold({ version: '1' }), MET);
  c('[7] awarded a day late', pin(), hold({ version: '1', awarded: '2025-06-02' }), no('version'));
  c('[7] by evaluation: sunset is over', pin('evaluation'), hold({ version: '1' }), no('version'));
  c(
    'versionPin leaves what it does not select',
    filtered(n('versionPin', { versions: ['2'], select: { achievement: ['B'] } })),
    hold({ version: '1' }),
    MET,
  );
  const each = (direction: string) =>
    filtered(n('resultThreshold', { mode: 'each', scale: 'g', direction, value: '2' }));
  const result = (value: string, direction: 'LowerBetter' | 'HigherBetter', scale = 'g') =>
    hold({ result: { scale, direction, value } });
  c('result equal passes, lower better', each('LowerBetter'), result('2', 'LowerBetter'), MET);
  c('result above fails, lower better', each('LowerBetter'), result('2.0001', 'LowerBetter'), no('result'));
  c('result above passes, higher better', each('HigherBetter'), result('2.5', 'HigherBetter'), MET);
  c('another scale is no result', each('HigherBetter'), result('9', 'HigherBetter', 'other'), no('result'));
  const window = filtered(n('earnedWithin', { mode: 'evaluation', period: 'P1Y' }));
  c('[8] the first day of the window is out', window, hold({ awarded: '2025-02-28' }), no('window'));
  c('[8] the day after is in', window, hold({ awarded: '2025-03-01' }), MET);
  c('singleUse', filtered(n('singleUse', { across: ['t'] })), hold({ usedFor: ['t'] }), no('usedElsewhere'));
  c('singleUse elsewhere', filtered(n('singleUse', { across: ['t'] })), hold({ usedFor: ['u'] }), MET);
  const before = filtered(n('prerequisite', { before: { achievement: ['P'] }, after: { achievement: ['A'] } }));
  c('prerequisite on the same day', before, [h('1', 'A'), h('2', 'P')], MET);
  c('prerequisite too late', before, [h('1', 'A'), h('2', 'P', { awarded: '2025-06-02' })], no('prerequisite'));
  c(
    '[15] prerequisite may have lapsed',
    all(n('currentAt'), before),
    [h('1', 'A'), h('2', 'P', { expires: '2025-07-01' })],
    MET,
  );
  c('prerequisite revoked', before, [h('1', 'A'), h('2', 'P', { state: 'revoked' })], no('prerequisite'));
  c(
    'it may be its own prerequisite',
    filtered(n('prerequisite', { before: { level: { from: 5, to: 5 } }, after: { level: { from: 5, to: 6 } } })),
    hold({}),
    MET,
  );
  c('sequence', all(n('sequence', { items: items('A', 'B') }), req('s', 'B')), [h('1', 'B')], {
    ...open(1),
    not: { 1: ['sequence'] },
  });
  c(
    'sequence in order; absent items are not demanded',
    all(n('sequence', { items: items('Z', 'A', 'B') }), req('s', 'B')),
    [h('1', 'B'), h('2', 'A')],
    MET,
  );
  c(
    'a guise may pass where the own does not',
    all(accept('d'), n('versionPin', { versions: ['2'] }), pick('s', 1)),
    hold({ version: '1' }),
    { ...MET, placed: ['1>s=d'] },
    { decisions: [decision('d', 'A', { mode: 'specified', achievement: 'B', version: '2' })] },
  );
});
