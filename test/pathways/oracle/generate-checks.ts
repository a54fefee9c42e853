// One random check of every kind.
import type { RuleNode } from '../../../src/pathways/rule-model.ts';
import { minus } from './dates.ts';
import { base, type Maker, more } from './generate-nodes.ts';
import * as words from './vocabulary.ts';

export const CHECKS = [
  'creditMin',
  'shareMin',
  'shareMax',
  'residencyMin',
  'levelShare',
  'categoryMin',
  'perPeriodMin',
  'average',
] as const;

export function check(maker: Maker, kind: (typeof CHECKS)[number], system: string): RuleNode {
  const { random, date } = maker;
  const node = { ...base(maker, 0.08), system };
  const percent = random.pick(['25', '33.3333', '50', '50', '60', '66.6667', '100']);
  const declared = random.chance(0.3) ? { total: random.pick(['3', '4.5', '6', '9']) } : {};
  const min = random.pick(words.AMOUNTS);
  switch (kind) {
    case 'creditMin':
      return { ...node, kind, min: random.pick([min, more(random, min)]) };
    case 'shareMin':
    case 'shareMax': {
      const { by, value } = random.pick([
        { by: 'category' as const, value: random.pick(words.CATEGORIES) },
        { by: 'level' as const, value: String(random.pick(words.LEVELS)) },
        { by: 'provider' as const, value: random.pick(words.BODIES) },
        { by: 'sector' as const, value: random.pick(words.SECTORS) },
        { by: 'route' as const, value: random.pick(words.ROUTES) },
        { by: 'awardType' as const, value: random.pick(words.AWARD_TYPES) },
      ]);
      const values = kind === 'shareMax' && random.chance(0.5) ? {} : { values: [value] };
      return { ...node, kind, by, percent, ...values, ...declared };
    }
    case 'residencyMin': {
      const bodies = random.chance(0.5) ? { bodies: random.some(words.BODIES, 1, 2) } : {};
      return { ...node, kind, ...bodies, ...(random.chance(0.5) ? { min } : { percent, ...declared }) };
    }
    case 'levelShare':
      return { ...node, kind, level: random.pick(words.LEVELS), percent, ...declared };
    case 'categoryMin':
      return { ...node, kind, categories: random.some(words.CATEGORIES, 1, 2), min };
    case 'perPeriodMin': {
      const anchor = random.chance(0.3) ? { anchor: minus(date, random.pick(['P1D', 'P1M'])) } : {};
      return { ...node, kind, min, period: random.pick(words.PERIODS), periods: random.pick([1, 1, 2]), ...anchor };
    }
    case 'average': {
      const scale = random.pick(words.SCALES);
      const value = random.pick(scale.values);
      const basis = random.pick(['counted', 'matched'] as const);
      const asked = { scale: scale.scale, direction: scale.direction, value, basis };
      return { ...node, kind: 'resultThreshold', mode: 'average', ...asked };
    }
  }
}
