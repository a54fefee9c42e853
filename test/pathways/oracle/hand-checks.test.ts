// Expected answers written by hand, continued: limits, checks, order, pending (A4 to A8).
import { describe } from 'vitest';
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

describe('limits (A4)', () => {
  const many = [h('1', 'A'), h('2', 'B'), h('3', 'C')];
  c(
    '[9] creditMax does not count the rest, whole credentials',
    all(n('creditMax', { system: 'U', max: '8.9999' }), credit('s', '6')),
    many,
    { ...MET, placed: ['1>s', '2>s'], surplus: ['3'] },
  );
  c('[9] creditMax holds exactly', all(n('creditMax', { system: 'U', max: '6' }), credit('s', '6')), many, MET);
  c(
    'creditMax of a selection',
    all(n('creditMax', { system: 'U', max: '3', select: { category: ['k'] } }), credit('s', '9')),
    [h('1', 'A', { category: 'k' }), h('2', 'B', { category: 'k' }), h('3', 'C')],
    { ...open(1), total: { U: '6' }, placed: ['1>s', '3>s'] },
  );
  c(
    '[16] a limit never makes unmet by itself',
    all(n('creditMax', { system: 'U', max: '3' }), credit('s', '3')),
    many,
    MET,
  );
  const codes = (...sets: string[][]) => sets.map((competencies, i) => h(String(i + 1), 'ABC'[i]!, { competencies }));
  c('[10] noOverlap any', all(n('noOverlap', { mode: 'any' }), pick('s', 2)), codes(['x', 'y'], ['y', 'z']), open(1));
  c(
    '[10] noOverlap subset lets them cross',
    all(n('noOverlap', { mode: 'subset' }), pick('s', 2)),
    codes(['x', 'y'], ['y', 'z']),
    MET,
  );
  c(
    '[10] noOverlap subset refuses the contained',
    all(n('noOverlap', { mode: 'subset' }), pick('s', 2)),
    codes(['x', 'y'], ['y']),
    open(1),
  );
  c(
    '[10] noOverlap subset refuses the equal',
    all(n('noOverlap', { mode: 'subset' }), pick('s', 2)),
    codes(['y'], ['y']),
    open(1),
  );
  c('[10] no competencies never overlap', all(n('noOverlap', { mode: 'subset' }), pick('s', 2)), codes(['y'], []), MET);
  const span = all(n('earnedWithin', { mode: 'span', period: 'P1M' }), pick('s', 2));
  c(
    'span: first is later than last minus period',
    span,
    [h('1', 'A', { awarded: '2025-03-31' }), h('2', 'B', { awarded: '2025-03-01' })],
    MET,
  );
  c(
    'span: equal is out, and clamped',
    span,
    [h('1', 'A', { awarded: '2025-03-31' }), h('2', 'B', { awarded: '2025-02-28' })],
    open(1),
  );
  c('span looks only at what is counted', span, [h('1', 'A'), h('2', 'B'), h('3', 'C', { awarded: '2020-01-01' })], {
    ...MET,
    placed: ['1>s', '2>s'],
  });
});

describe('checks (A4)', () => {
  const two = [
    h('1', 'A', { category: 'k', level: 6, provider: 'p' }),
    h('2', 'B', { category: 'm', level: 5, provider: 'q' }),
  ];
  const share = (kind: 'shareMin' | 'shareMax', rest: object) =>
    all(pick('s', 2), n(kind, { system: 'U', by: 'category', ...rest }));
  c('creditMin over the scope', all(req('s', 'A'), req('t', 'B'), sum('6')), two, { ...MET, total: { U: '6' } });
  c(
    'carried in, up to carryOver.max',
    all(req('s', 'A'), n('carryOver', { system: 'U', max: '2' }), sum('5')),
    two,
    MET,
    { carried: { U: '4' } },
  );
  c('carried in is cut', all(req('s', 'A'), n('carryOver', { system: 'U', max: '2' }), sum('5.5')), two, open(1), {
    carried: { U: '4' },
  });
  c('nothing is carried without carryOver', all(req('s', 'A'), sum('5')), two, open(1), { carried: { U: '4' } });
  c(
    '[18] carried credit joins no category',
    all(
      req('s', 'A'),
      n('carryOver', { system: 'U', max: '2' }),
      n('categoryMin', { system: 'U', categories: ['k'], min: '4' }),
    ),
    two,
    open(1),
    { carried: { U: '4' } },
  );
  c('shareMin exactly half', share('shareMin', { values: ['k'], percent: '50' }), two, MET);
  c('shareMin just above half', share('shareMin', { values: ['k'], percent: '50.0001' }), two, open(1));
  c(
    '[11] shareMin of a stated total',
    share('shareMin', { values: ['k'], percent: '50', total: '6.0002' }),
    two,
    open(1),
  );
  c(
    'shareMin needs something',
    all(
      pick('s', 1, { binding: 'Advisory' }),
      n('shareMin', { system: 'U', by: 'category', values: ['k'], percent: '0' }),
    ),
    [],
    { ...open(1), advisory: 1 },
  );
  c(
    'shareMax holds on nothing',
    all(
      pick('s', 1, { binding: 'Advisory' }),
      n('shareMax', { system: 'U', by: 'category', values: ['k'], percent: '10' }),
    ),
    [],
    { ...MET, advisory: 1 },
  );
  c('shareMax at the edge', share('shareMax', { values: ['k'], percent: '50' }), two, MET);
  c(
    'shareMax without values: one provider',
    all(pick('s', 2), n('shareMax', { system: 'U', by: 'provider', percent: '50' })),
    two,
    MET,
  );
  c(
    'shareMax without values: one has too much',
    all(pick('s', 2), n('shareMax', { system: 'U', by: 'provider', percent: '49' })),
    two,
    open(1),
  );
  c(
    'share by level as text',
    all(pick('s', 2), n('shareMin', { system: 'U', by: 'level', values: ['6'], percent: '50' })),
    two,
    MET,
  );
  c("residencyMin: the pathway's conferrer", all(pick('s', 2), n('residencyMin', { system: 'U', min: '3' })), two, MET);
  c(
    'residencyMin: bodies of the nearest conferrer',
    all(n('conferrer', { bodies: ['z'] }), pick('s', 2), n('residencyMin', { system: 'U', min: '3' })),
    two,
    open(1),
  );
  c(
    'residencyMin in percent',
    all(pick('s', 2), n('residencyMin', { system: 'U', bodies: ['q'], percent: '51' })),
    two,
    open(1),
  );
  c(
    'a decision does not make residency',
    all(accept('d'), req('s', 'C'), n('residencyMin', { system: 'U', bodies: ['p'], min: '3' })),
    [two[1]!],
    open(1),
    { decisions: [decision('d', 'B', specified('C'))] },
  );
  c('levelShare', all(pick('s', 2), n('levelShare', { system: 'U', level: 6, percent: '50' })), two, MET);
  c('levelShare missed', all(pick('s', 2), n('levelShare', { system: 'U', level: 7, percent: '50' })), two, open(1));
  c('categoryMin', all(pick('s', 2), n('categoryMin', { system: 'U', categories: ['k', 'm'], min: '6' })), two, MET);
  const per = (periods: number, rest = {}) =>
    all(
      pick('s', 2, { repeatable: true }),
      n('perPeriodMin', { system: 'U', min: '3', period: 'P1Y', periods, ...rest }),
    );
  const years = (first: string, second: string) => [h('1', 'A', { awarded: first }), h('2', 'B', { awarded: second })];
  c('[8] perPeriodMin: one in each', per(2), years('2026-02-28', '2025-02-28'), MET);
  c('[8] both in one period', per(2), years('2026-02-28', '2025-03-01'), open(1));
  c('perPeriodMin from an anchor', per(1, { anchor: '2025-12-31' }), years('2025-12-31', '2026-01-01'), MET);
  c(
    'perPeriodMin: the first day before the period',
    per(1, { anchor: '2025-12-31' }),
    years('2024-12-31', '2026-01-01'),
    open(1),
  );
  const mean = (basis: string, min = 1) =>
    all(
      pick('s', min),
      n('resultThreshold', { mode: 'average', scale: 'g', direction: 'LowerBetter', value: '2', basis, system: 'U' }),
    );
  const g = (value: string) => ({ result: { scale: 'g', direction: 'LowerBetter' as const, value } });
  c('[12] average counted leaves bad grades out', mean('counted'), [h('1', 'A', g('3')), h('2', 'B', g('2'))], {
    ...MET,
    placed: ['2>s'],
  });
  c('[12] average matched does not', mean('matched'), [h('1', 'A', g('3')), h('2', 'B', g('2'))], open(1));
  c(
    'average is weighted',
    mean('counted', 2),
    [h('1', 'A', { ...g('3'), credit: { U: '1' } }), h('2', 'B', { ...g('1'), credit: { U: '1' } })],
    MET,
  );
  c('average without results is not met', mean('counted'), [h('1', 'A')], open(1));
  c('without a result it leaves both sides', mean('counted', 2), [h('1', 'A'), h('2', 'B', g('2'))], MET);
});

describe('exit awards', () => {
  const root = (...more: Parameters<typeof all>) =>
    all(req('s', 'A'), req('t', 'B'), n('exitAward', { award: 'half', node: 's' }), ...more);
  c('met beside an unmet verdict', root(), [h('1', 'A')], { ...open(1), exits: ['half'] });
  c('not met', root(), [h('1', 'B')], { exits: [] });
  c('with the filters above', root(n('assessedOnly')), [h('1', 'A')], { ...open(2), exits: [] });
  c('in the sure run only', root(), [h('1', 'A', { completion: 'provisional' })], { exits: [] });
  c(
    'without competition',
    all(req('r', '#x'), req('s', 'A'), n('exitAward', { award: 'half', node: 's' })),
    [h('1', 'A', { competencies: ['x'] })],
    { ...open(1), placed: ['1>r'], exits: ['half'] },
  );
  c(
    'an advisory node is asked as a mandatory one',
    all(
      n('requireAll', { id: 's', binding: 'Advisory', items: items('A') }),
      n('exitAward', { award: 'half', node: 's' }),
    ),
    [],
    { ...MET, exits: [] },
  );
});

describe('objective (A6)', () => {
  const s = all(credit('s', '3'));
  c(
    '[13] most credit while unmet, in the declared order',
    all(credit('s', '9', { select: { category: ['k'] }, max: '9' }), n('creditMax', { system: 'V', max: '4' })),
    [
      h('1', 'A', { category: 'k', credit: { U: '2', V: '4' } }),
      h('2', 'B', { category: 'k', credit: { U: '3', V: '1' } }),
    ],
    { ...open(1), placed: ['2>s'], total: { U: '3', V: '1' } },
  );
  c(
    '[13] the other order',
    all(credit('s', '9', { select: { category: ['k'] }, max: '9' }), n('creditMax', { system: 'V', max: '4' })),
    [
      h('1', 'A', { category: 'k', credit: { U: '2', V: '4' } }),
      h('2', 'B', { category: 'k', credit: { U: '3', V: '1' } }),
    ],
    { ...open(1), placed: ['1>s'], total: { U: '2', V: '4' } },
    { systems: ['V', 'U'] },
  );
  c(
    'advisory outstanding before fewness',
    all(credit('s', '3'), sum('6', { binding: 'Advisory' })),
    [h('1', 'A'), h('2', 'B')],
    { ...MET, advisory: 0, placed: ['1>s', '2>s'] },
  );
  c(
    '[14] few holdings once met',
    s,
    [h('1', 'A', { credit: { U: '1.5' } }), h('2', 'B', { credit: { U: '1.5' } }), h('3', 'C', { credit: { U: '9' } })],
    { ...MET, placed: ['3>s'], surplus: ['1', '2'] },
  );
  c(
    '[14] then the earliest expiry',
    s,
    [h('1', 'A'), h('2', 'B', { expires: '2027-01-01', credit: { U: '5' } }), h('3', 'C', { expires: '2027-01-02' })],
    { placed: ['2>s'] },
  );
  c('then the smallest surplus', s, [h('1', 'A', { credit: { U: '4' } }), h('2', 'B')], { placed: ['2>s'] });
  c('then the ids', s, [h('2', 'B'), h('1', 'A')], { placed: ['1>s'] });
  c('then the slots in pre-order', all(credit('s', '3'), credit('t', '3')), [h('2', 'B'), h('1', 'A')], {
    ...MET,
    placed: ['1>s', '2>t'],
  });
  c(
    'then the guise by decision id',
    all(accept('e', 'd'), req('s', 'B')),
    [h('1', 'A')],
    { placed: ['1>s=d'] },
    { decisions: [decision('e', 'A', specified('B')), decision('d', 'A', specified('B'))] },
  );
  c(
    'fewest outstanding before most credit',
    all(req('s', 'A'), req('t', '#x', '#y')),
    [h('1', 'A', { competencies: ['x', 'y'], credit: { U: '3' } })],
    { ...open(1), placed: ['1>t'] },
  );
});

describe('pending (A7) and not countable (A8)', () => {
  const soft = { completion: 'provisional' as const };
  c('provisional is pending', all(req('s', 'A')), [h('1', 'A', soft)], {
    state: 'pending',
    outstanding: 1,
    placed: [],
    not: { 1: ['provisional'] },
  });
  c('unknown state is pending', all(req('s', 'A')), [h('1', 'A', { state: 'unknown' })], {
    state: 'pending',
    not: { 1: ['unknown'] },
  });
  c('hope that does not reach is unmet', all(req('s', 'A', 'B')), [h('1', 'A', soft)], open(2));
  c('inside not the two swap', all(req('s', 'A'), not(req('t', 'B'))), [h('1', 'A'), h('2', 'B', soft)], {
    state: 'pending',
    outstanding: 1,
    placed: ['1>s'],
  });
  c('and swap back', all(not(allAs('in', not(req('t', 'B'))))), [h('2', 'B', soft)], {
    state: 'pending',
    outstanding: 1,
  });
  c('any sure way is met', any(req('s', 'A'), req('t', 'B')), [h('1', 'A', soft), h('2', 'B')], {
    ...MET,
    placed: ['2>t'],
  });
  c(
    'all its reasons',
    all(n('currentAt'), n('assessedOnly'), req('s', 'A')),
    [h('1', 'A', { ...soft, expires: '2025-01-01', awarded: '2026-03-01', state: 'revoked' })],
    { not: { 1: ['expired', 'future', 'notAssessed', 'provisional', 'revoked'] } },
  );
  c(
    'one slot that may take it is enough',
    all(allAs('in', n('assessedOnly'), req('s', 'A')), pick('t', 2)),
    [h('1', 'A')],
    { not: {}, placed: ['1>t'] },
  );
  c('what no slot asks for is neither', all(req('s', 'A')), [h('1', 'A'), h('2', 'B')], { not: {}, surplus: [] });
});

describe('and more of each', () => {
  const two = [h('1', 'A', { category: 'k' }), h('2', 'B', { category: 'm' })];
  for (const kind of ['allOf', 'anyOf', 'nOf', 'not'] as const) {
    const inside = kind === 'not' ? [req('s', 'A')] : [req('s', 'C'), req('t', 'D')];
    const rest = { id: 'soft', binding: 'Advisory', n: 2, children: inside };
    c(`advisory ${kind} moves its outstanding`, all(n(kind, rest), req('r', 'B')), two, {
      ...MET,
      advisory: { allOf: 2, anyOf: 1, nOf: 2, not: 1 }[kind],
    });
  }
  c(
    'filters below an advisory composite bind',
    all(n('allOf', { id: 'soft', binding: 'Advisory', children: [n('assessedOnly'), req('s', 'A')] })),
    two,
    { ...MET, advisory: 1, not: { 1: ['notAssessed'] } },
  );
  c(
    'the smallest alternative by advisory outstanding too',
    any(allAs('a', req('s', 'C'), sum('9', { id: 'x', binding: 'Advisory' })), allAs('b', req('t', 'D'))),
    [],
    { ...open(1), advisory: 0 },
  );
  c(
    'categoryMin does not count another category',
    all(pick('s', 2), n('categoryMin', { system: 'U', categories: ['k'], min: '6' })),
    two,
    open(1),
  );
  c('max without truncation hands on the whole', all(credit('s', '3', { max: '6', excess: 'refuse' }), sum('6')), two, {
    ...MET,
    total: { U: '6' },
  });
  c('truncation leaves less than max alone', all(credit('s', '3', { max: '6', excess: 'truncate' })), two, {
    ...MET,
    total: { U: '3' },
  });
  c(
    'truncation leaves other systems alone',
    all(credit('s', '3', { max: '3', excess: 'truncate' }), sum('5', { system: 'V' })),
    [h('1', 'A', { credit: { U: '4', V: '5' } })],
    { ...MET, total: { U: '3', V: '5' } },
  );
  const higher = (value: string, basis = 'counted') =>
    all(
      pick('s', 2),
      n('resultThreshold', { mode: 'average', scale: 'g', direction: 'HigherBetter', value, basis, system: 'U' }),
    );
  const g = (value: string) => ({ result: { scale: 'g', direction: 'HigherBetter' as const, value } });
  const graded = [h('1', 'A', g('80')), h('2', 'B', g('90'))];
  c('average equal to the threshold, higher better', higher('85'), graded, MET);
  c('average below the threshold, higher better', higher('85.0001'), graded, open(1));
  const copy = (rest: object) => h('3', 'A', { awardId: '1', ...g('80'), ...rest });
  c('average matched counts an award once', higher('85', 'matched'), [...graded, copy({})], MET);
  c(
    'of two copies the one that expires first',
    higher('82', 'matched'),
    [...graded, copy({ ...g('70'), expires: '2027-01-01' })],
    open(1),
  );
  c(
    'average matched: for one of the slots is enough',
    all(
      req('s', 'A'),
      req('t', 'B'),
      n('resultThreshold', {
        mode: 'average',
        scale: 'g',
        direction: 'HigherBetter',
        value: '86',
        basis: 'matched',
        system: 'U',
      }),
    ),
    graded,
    open(1),
  );
  c(
    'average matched does not ask slots that do not take',
    all(
      n('requireAll', { id: 's', consume: false, items: items('A') }),
      req('t', 'B'),
      n('resultThreshold', {
        mode: 'average',
        scale: 'g',
        direction: 'HigherBetter',
        value: '86',
        basis: 'matched',
        system: 'U',
      }),
    ),
    graded,
    MET,
  );
  c(
    'surplus: one of the slots could take it',
    all(req('s', 'A'), credit('t', '3', { select: { category: ['z'] } })),
    [h('1', 'A'), h('2', 'A')],
    { ...open(1), placed: ['1>s'], surplus: ['2'] },
  );
  c(
    'a selector asks for one of its achievements',
    all(pick('s', 1, { select: { achievement: ['A', 'Z'] } })),
    two,
    MET,
  );
  c(
    'and for all that it states',
    all(pick('s', 1, { select: { achievement: ['A', 'Z'], category: ['m'] } })),
    two,
    open(1),
  );
  const select = (rest: object, holding: Parameters<typeof h>[2]) =>
    c(
      `selects by ${Object.keys(rest)[0]}`,
      all(pick('s', 1, { select: rest })),
      [h('1', 'A', { awardType: 'x', provider: 'x', sector: 'x', route: 'x', level: 9, ...holding }), h('2', 'B')],
      { ...MET, placed: ['1>s'], surplus: [] },
    );
  select({ awardType: ['x'] }, {});
  select({ provider: ['x'] }, {});
  select({ sector: ['x'] }, {});
  select({ route: ['x'] }, {});
  select({ level: { from: 9, to: 9 } }, {});
  select({ code: ['c', 'd'] }, { competencies: ['d'] });
  c(
    'two entry requirements by one holding',
    all(
      n('requireAll', { id: 's', consume: false, items: items('A') }),
      n('capstone', { id: 't', consume: false, items: items('A') }),
      req('u', 'B'),
    ),
    two,
    { ...MET, placed: ['2>u'] },
  );
  c(
    "a decision's category is the only one",
    all(accept('d'), credit('s', '3', { select: { category: ['k'] } }), req('t', 'C')),
    [h('1', 'A', { category: 'k' })],
    { ...open(1), placed: ['1>s'] },
    { decisions: [decision('d', 'A', specified('C'))] },
  );
  c(
    'a code is not covered in the guise of a decision',
    all(accept('d'), req('s', 'C', '#x')),
    [h('1', 'A', { competencies: ['x'] })],
    open(1),
    { decisions: [decision('d', 'A', specified('C'))] },
  );
  c('decisions above a not reach into it', all(accept('d'), req('s', 'B'), not(req('t', 'C'))), two, open(1), {
    decisions: [decision('d', 'A', specified('C'))],
  });
  c(
    'limits above a not do not',
    all(n('creditMax', { system: 'U', max: '3' }), req('s', 'B'), not(credit('t', '6'))),
    two,
    open(1),
  );
  c(
    'a check in a nOf',
    all(
      pick('s', 1),
      n('nOf', {
        n: 2,
        children: [sum('3'), n('categoryMin', { system: 'U', categories: ['m'], min: '3' }), req('t', 'Z')],
      }),
    ),
    two,
    { ...MET, placed: ['2>s'] },
  );

  const to = { decisions: [decision('d', 'A', specified('C'), { from: { achievement: 'A', version: ['2'] } })] };
  c(
    'a decision for the version that it has',
    all(accept('d'), req('s', 'C')),
    [h('1', 'A', { version: '2' })],
    MET,
    to,
  );
  c('a decision for a version, and it has none', all(accept('d'), req('s', 'C')), [h('1', 'A')], open(1), to);
  c(
    'surplus by a decision only',
    all(accept('d'), req('s', 'C')),
    [h('1', 'C'), h('2', 'A', { version: '2' })],
    { ...MET, placed: ['1>s'], surplus: ['2'] },
    to,
  );
  c(
    'shareMax: one of the values has too much',
    all(pick('s', 3), n('shareMax', { system: 'U', by: 'category', percent: '50' })),
    [...two, h('3', 'C', { category: 'm' })],
    open(1),
  );
  c('level below the floor', all(n('levelFloor', { min: 6 }), req('s', 'A')), two, {
    ...open(1),
    not: { 1: ['level'] },
  });
  c(
    'one target of several is enough to be used',
    all(n('singleUse', { across: ['t'] }), req('s', 'A')),
    [h('1', 'A', { usedFor: ['u', 't'] })],
    { ...open(1), not: { 1: ['usedElsewhere'] } },
  );
  const at80 = n('resultThreshold', { mode: 'each', scale: 'g', direction: 'HigherBetter', value: '80' });
  c('result equal passes, higher better', all(at80, req('s', 'A')), graded, MET);
  c('result below fails, higher better', all(at80, req('s', 'A')), [h('1', 'A', g('79.9999'))], open(1));
});
