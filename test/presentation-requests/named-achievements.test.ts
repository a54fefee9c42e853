import { expect, it } from 'vitest';
import type { RuleNode } from '#pathways';
import { namedAchievements } from '../../src/presentation-requests/named-achievements.ts';
import { node } from '../support/pathway-world.ts';

const units = (id: string, ...items: object[]) => node('requireAll', id, { items });
const named = (rule: unknown) => namedAchievements(rule as RuleNode);
const [A, B] = [{ achievement: 'https://a.example/a' }, { achievement: 'https://a.example/b', version: ['1'] }];

it('a pathway that asks for achievements by name asks for nothing else', () => {
  const rule = node('allOf', 'all', {
    children: [
      units('core', A, B),
      node('anyOf', 'any', {
        children: [node('chooseN', 'one', { min: 1, items: [A] }), node('capstone', 'last', { items: [B] })],
      }),
      node('currentAt', 'current', {}),
    ],
  });
  expect(named(rule)).toEqual([A.achievement, B.achievement]);
});

it.each([
  ['by code', units('core', A, { code: 'EDDE 201' })],
  ['by kind', node('chooseN', 'some', { min: 1, select: { category: ['Elective'] } })],
  ['by credit', node('creditMin', 'size', { system: 'HE-UNIT-16', min: '18' })],
  ['by decision', node('equivalence', 'transfer', { decisions: ['https://a.example/d'] })],
  ['by nothing at all', node('currentAt', 'current', {})],
])('one that takes badges %s leaves the choice to the holder', (_, part) => {
  expect(named(part)).toBeUndefined();
  if ((part as { id: string }).id === 'current') return;
  expect(named(node('allOf', 'all', { children: [units('core', A), part] }))).toBeUndefined();
});

it('a long list is not sent', () => {
  const items = Array.from({ length: 51 }, (_unused, n) => ({ achievement: `https://a.example/${n}` }));
  expect(named(units('core', ...items))).toBeUndefined();
});
