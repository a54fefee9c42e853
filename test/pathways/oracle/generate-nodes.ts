// One random slot, filter or limit of every kind; ids are counted.
import { SUPERVISION } from '../../../src/pathways/model.ts';
import type { Item, RuleNode, Select, SlotNode } from '../../../src/pathways/rule-model.ts';
import { amount, written } from './amounts.ts';
import { minus } from './dates.ts';
import type { Random } from './random.ts';
import * as words from './vocabulary.ts';

export interface Maker {
  random: Random;
  date: string;
  made: number;
}

/** What every node has. */
export const base = (maker: Maker, advisory: number) => ({
  id: `n${++maker.made}`,
  text: { en: 'x', fil: 'x' },
  source: 'x',
  binding: maker.random.chance(advisory) ? ('Advisory' as const) : ('Mandatory' as const),
  realism: 'Illustrative' as const,
});

/** Different achievements and codes. */
function items({ random }: Maker, least: number, most: number): Item[] {
  const all: Item[] = [
    ...words.ACHIEVEMENTS.map((achievement): Item => ({ achievement })),
    ...words.CODES.map((code): Item => ({ code })),
  ];
  return random
    .some(all, least, most)
    .map((item) =>
      item.achievement !== undefined && random.chance(0.2)
        ? { ...item, version: random.some(words.VERSIONS, 1, 2) }
        : item,
    );
}

export function select({ random }: Maker): Select {
  // Broad ones let holdings compete.
  if (random.chance(0.3)) return random.pick([{ provider: words.BODIES }, { level: { from: 4, to: 6 } }]);
  const level = random.some(words.LEVELS, 2, 2).sort();
  const all: Select = {
    achievement: random.some(words.ACHIEVEMENTS, 2, 3),
    category: random.some(words.CATEGORIES, 1, 2),
    awardType: [random.pick(words.AWARD_TYPES)],
    provider: random.some(words.BODIES, 1, 2),
    sector: [random.pick(words.SECTORS)],
    route: [random.pick(words.ROUTES)],
    level: { from: level[0]!, to: level[1]! },
    code: random.some(words.CODES, 1, 2),
  };
  const names = random.some(['achievement', 'achievement', 'category', ...Object.keys(all)], 1, random.pick([1, 1, 2]));
  return Object.fromEntries(names.map((name) => [name, all[name as keyof Select]]));
}

/** The same or a little more. */
export const more = (random: Random, min: string): string =>
  written(amount(min) + amount(random.pick(['0', '0.5', '1', '1.5', '3'])));

export function slot(maker: Maker): SlotNode {
  const { random } = maker;
  const members = {
    ...base(maker, 0.06),
    ...(random.chance(0.15) ? { repeatable: true } : {}),
    ...(random.chance(0.08) ? { consume: false } : {}),
  };
  const system = random.chance(0.8) ? words.SYSTEMS[0]! : words.SYSTEMS[1]!;
  switch (
    random.pick(['requireAll', 'requireAll', 'chooseN', 'chooseN', 'creditMin', 'creditMin', 'capstone'] as const)
  ) {
    case 'requireAll':
      return { ...members, kind: 'requireAll', items: items(maker, 1, 3) };
    case 'chooseN': {
      const from = random.chance(0.5) ? { items: items(maker, 1, 4) } : { select: select(maker) };
      const min = 1 + random.below(Math.min(2, from.items?.length ?? 2));
      return {
        ...members,
        kind: 'chooseN',
        min,
        ...(random.chance(0.4) ? { max: min + random.below(2) } : {}),
        ...from,
      };
    }
    case 'creditMin': {
      const min = random.pick(words.AMOUNTS);
      const excess = random.pick([{}, { excess: 'refuse' as const }, { excess: 'truncate' as const }]);
      const max = random.chance(0.5) ? { max: more(random, min), ...excess } : {};
      return { ...members, kind: 'creditMin', system, min, select: select(maker), ...max };
    }
    case 'capstone':
      return { ...members, kind: 'capstone', items: items(maker, 1, 2) };
  }
}

export const FILTERS = [
  'currentAt',
  'accreditedAtAward',
  'assessedOnly',
  'supervisionFloor',
  'levelFloor',
  'versionPin',
  'each',
  'evaluation',
  'singleUse',
  'prerequisite',
  'sequence',
] as const;
export const LIMITS = ['creditMax', 'noOverlap', 'span'] as const;

export function filter(maker: Maker, kind: (typeof FILTERS)[number]): RuleNode {
  const { random, date } = maker;
  const node = base(maker, 0.1);
  const scale = random.pick(words.SCALES);
  switch (kind) {
    case 'currentAt':
    case 'assessedOnly':
      return { ...node, kind };
    case 'accreditedAtAward': {
      const authority = random.chance(0.5) ? { authority: random.pick(words.BODIES) } : {};
      return { ...node, kind, role: random.pick(['Train', 'Assess', 'Award'] as const), ...authority };
    }
    case 'supervisionFloor':
      return { ...node, kind, min: random.pick(SUPERVISION) };
    case 'levelFloor':
      return { ...node, kind, min: random.pick(words.LEVELS) };
    case 'versionPin': {
      const [first, second] = random.some(words.VERSIONS, 2, 2);
      const by = random.pick([{}, { by: 'award' as const }, { by: 'evaluation' as const }]);
      const acceptUntil = random.pick([date, minus(date, 'P1D'), minus(date, random.pick(words.PERIODS))]);
      const transition = random.chance(0.6) ? { transition: { versions: [second!], acceptUntil, ...by } } : {};
      return {
        ...node,
        kind,
        versions: [first!],
        ...transition,
        ...(random.chance(0.5) ? { select: select(maker) } : {}),
      };
    }
    case 'each': {
      const value = random.pick(scale.values);
      return { ...node, kind: 'resultThreshold', mode: 'each', scale: scale.scale, direction: scale.direction, value };
    }
    case 'evaluation':
      return { ...node, kind: 'earnedWithin', mode: 'evaluation', period: random.pick(words.PERIODS) };
    case 'singleUse':
      return { ...node, kind, across: random.some(words.TARGETS, 1, 2) };
    case 'prerequisite':
      return { ...node, kind, before: select(maker), after: select(maker) };
    case 'sequence':
      return { ...node, kind, items: items(maker, 2, 3) };
  }
}

export function limit(maker: Maker, kind: (typeof LIMITS)[number], system: string): RuleNode {
  const { random } = maker;
  const node = base(maker, 0.1);
  switch (kind) {
    case 'creditMax': {
      const max = more(random, random.pick(['3', '4.5', '6']));
      return { ...node, kind, system, max, ...(random.chance(0.4) ? { select: select(maker) } : {}) };
    }
    case 'noOverlap':
      return { ...node, kind, mode: random.pick(['any', 'subset'] as const) };
    case 'span':
      return { ...node, kind: 'earnedWithin', mode: 'span', period: random.pick(words.PERIODS) };
  }
}
