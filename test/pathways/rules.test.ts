import { describe, expect, it } from 'vitest';
import { type Json, LIMITS } from '#kernel';
import { checkTree, type RuleNode } from '#pathways';
import { FACES, kindOf, RULES } from '../../src/pathways/rules/index.ts';
import { advisory, all, any, choose, code, credit, current, not, require_, rule } from './support.ts';

const errors = (rule: unknown) => checkTree(rule as Json, '/stackingRule').map(({ pointer }) => pointer);
const details = (rule: unknown) => checkTree(rule as Json).map(({ detail }) => detail);

describe('a rule tree', () => {
  it.each(FACES.map((kind) => [`${kind.kind} as ${kind.role}`, kind] as const))(
    'takes the examples of %s',
    (_, kind) => {
      for (const example of kind.examples as RuleNode[]) {
        expect(kindOf(example)).toBe(kind);
        const whole = kind.role === 'composite' || kind.role === 'slot';
        const slot = rule('chooseN', 'elective', { min: 1, select: { category: ['Elective'] } });
        const tree =
          whole && example.kind !== 'allOf' ? all('root', example) : whole ? example : all('root', slot, example);
        expect(checkTree(tree as unknown as Json)).toEqual([]);
        for (const met of [true, false]) {
          const told = kind.explain(example, { need: 2, have: 1, open: ['X'], met });
          expect(Object.keys(told)).toEqual(['en', 'fil']);
          expect(`${told.en}${told.fil}`).not.toMatch(/undefined|NaN|\[object/);
        }
      }
    },
  );

  it('has a file for every kind there is', () => {
    expect(Object.keys(RULES)).toHaveLength(31);
    for (const [name, kind] of Object.entries(RULES)) expect(kind.kind).toBe(name);
  });

  it('is closed: an unknown kind or member is an error, with its pointer', () => {
    expect(errors({ ...require_('a', code('A')), kind: 'lottery' })).toEqual(['/stackingRule/kind']);
    expect(errors(all('root', { ...require_('a', code('A')), limit: 3 } as never))).toEqual([
      '/stackingRule/children/0/limit',
    ]);
    expect(errors(undefined)).not.toEqual([]);
    const { text: _, ...silent } = require_('a', code('A'));
    expect(errors(silent)).toEqual(['/stackingRule/text']);
  });

  it('asks for an achievement or a code, not both; a version only of an achievement', () => {
    expect(errors(require_('a', { achievement: 'urn:x:1', code: 'A' })).length).toBeGreaterThan(0);
    expect(errors(require_('a', { title: 'nothing' })).length).toBeGreaterThan(0);
    expect(errors(require_('a', { code: 'A', version: ['1'] })).length).toBeGreaterThan(0);
    expect(errors(require_('a', { achievement: 'urn:x:1', version: ['1'] }))).toEqual([]);
    expect(errors(require_('a', code('A'), code('A')))).toEqual(['/stackingRule/items/1']);
  });

  it('refuses what can never be met or stands where it has no meaning', () => {
    expect(details(choose('c', 3, 3, code('A')))).toEqual(['is more than there are items']);
    expect(details(choose('c', 2, 1, code('A'), code('B')))).toEqual(['is less than min']);
    expect(errors(all('root', require_('a', code('A')), credit('c', 'ECTS', '0')))).toEqual([
      '/stackingRule/children/1/min',
    ]);
    expect(errors(all('root', require_('a', code('A')), credit('c', 'HOURS', '1')))).toEqual([
      '/stackingRule/children/1/system',
    ]);
    expect(errors(all('root', credit('c', 'ECTS', '1')))).toEqual(['/stackingRule/children/0/kind']);
    expect(errors(any('root', current('now'), require_('a', code('A'))))).toEqual(['/stackingRule/children/0/kind']);
    expect(errors(all('root', require_('root', code('A'))))).toEqual(['/stackingRule/children/0/id']);
  });

  it('refuses too many nodes and too many levels before it looks closer', () => {
    const wide = all(
      'root',
      ...Array.from({ length: LIMITS.pathwayNodes }, (_, index) => require_(`n${index}`, code('A'))),
    );
    expect(details(wide)).toEqual([`has more than ${LIMITS.pathwayNodes} nodes`]);
    let deep = require_('leaf', code('A'));
    for (let index = 0; index < LIMITS.pathwayDepth; index++) deep = all(`d${index}`, deep);
    expect(details(deep)).toEqual([`is deeper than ${LIMITS.pathwayDepth} levels`]);
  });

  const slot = require_('slot', code('A'));
  const cut = rule('creditMin', 'cut', {
    ...{ system: 'ECTS', min: '2', max: '4', excess: 'truncate' as const },
    select: { category: ['X'] },
  });
  const share = rule('shareMin', 'share', { system: 'ECTS', by: 'category', values: ['X'], percent: '50' });

  it.each<[string, RuleNode, string]>([
    ['a filter outside an allOf', any('root', slot, current('now')), '/children/1/kind'],
    [
      'a limit outside an allOf',
      any('root', slot, rule('creditMax', 'most', { system: 'ECTS', max: '3' })),
      '/children/1/kind',
    ],
    [
      'data outside an allOf',
      any('root', slot, rule('conferrer', 'who', { bodies: ['did:web:a.example'] })),
      '/children/1/kind',
    ],
    [
      'a check directly below a not',
      all('root', slot, not('no', credit('c', 'ECTS', '3'))),
      '/children/1/children/0/kind',
    ],
    ['a check without slots', all('root', all('in', credit('c', 'ECTS', '3')), slot), '/children/0/children/0/kind'],
    ['a share over a slot that truncates', all('root', cut, share), '/children/1/kind'],
    ['a sum that no slot can supply', all('root', cut, credit('c', 'TESDA-HOUR', '3')), '/children/1/system'],
    ['more of than there is', rule('nOf', 'root', { n: 3, children: [slot] }), '/n'],
    [
      'an exit to nowhere',
      all('root', slot, rule('exitAward', 'exit', { award: 'X', node: 'gone' })),
      '/children/1/node',
    ],
    [
      'an exit into a not',
      all('root', not('no', slot), rule('exitAward', 'exit', { award: 'X', node: 'slot' })),
      '/children/1/node',
    ],
    [
      'an exit to a filter',
      all('root', slot, current('now'), rule('exitAward', 'exit', { award: 'X', node: 'now' })),
      '/children/2/node',
    ],
    [
      'an advisory child of a not',
      all('root', slot, not('no', advisory(require_('b', code('B'))))),
      '/children/1/children/0/binding',
    ],
    ['an advisory whole', advisory(slot), '/binding'],
    ['one id twice', all('root', slot, { ...slot }), '/children/1/id'],
    ['neither items nor a selector', rule('chooseN', 'root', { min: 1 }), ''],
    ['both items and a selector', rule('chooseN', 'root', { min: 1, items: [code('A')], select: { code: ['A'] } }), ''],
    ['a selector that selects nothing', rule('chooseN', 'root', { min: 1, select: {} }), '/select'],
    [
      'a period of nothing',
      all('root', slot, rule('earnedWithin', 'w', { mode: 'span', period: 'P0D' })),
      '/children/1/period',
    ],
    [
      'a share above the whole',
      all('root', slot, rule('levelShare', 's', { system: 'ECTS', level: 5, percent: '101' })),
      '/children/1/percent',
    ],
    [
      'both a sum and a share',
      all('root', slot, rule('residencyMin', 'r', { system: 'ECTS', min: '1', percent: '1' })),
      '/children/1',
    ],
    [
      'excess without max',
      rule('creditMin', 'root', { system: 'ECTS', min: '1', select: { code: ['A'] }, excess: 'refuse' }),
      '/excess',
    ],
    [
      'a check with members of a slot',
      all('root', slot, rule('creditMin', 'c', { system: 'ECTS', min: '1', max: '2' })),
      '/children/1/max',
    ],
    [
      'one scale in two directions',
      all(
        'root',
        slot,
        rule('resultThreshold', 'a', { mode: 'each', scale: 'urn:x:s', direction: 'LowerBetter', value: '2' }),
        rule('resultThreshold', 'b', { mode: 'each', scale: 'urn:x:s', direction: 'HigherBetter', value: '2' }),
      ),
      '/children/1/direction',
    ],
    [
      'maxima below minima in one scope',
      all('root', slot, credit('c', 'ECTS', '18'), rule('creditMax', 'm', { system: 'ECTS', max: '15' })),
      '/children/1/min',
    ],
    ['slots that cannot hand on enough', all('root', cut, credit('c', 'ECTS', '5')), '/children/1/min'],
  ])('refuses %s, with its place', (_, tree, pointer) => {
    expect(errors(tree)[0]).toBe(`/stackingRule${pointer}`);
  });
});
