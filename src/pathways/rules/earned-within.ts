import { daysBefore } from '../days.ts';
import { periodWords } from '../period-words.ts';
import type { EarnedWithin } from '../rule-model.ts';
import { PERIOD, periodFaults } from './members.ts';
import { EXAMPLE, type FilterKind, type LimitKind } from './rule.ts';

/**
 * Inside a window that ends at the evaluation (a filter), or with no more than the period between the first and the last
 * that is counted (a limit). Windows are open at the start: three years are exactly three (A9.8). Precedent: two years for
 * a UPOU certificate (framework S26), three for PRC renewal (S44).
 */
const COMMON = {
  kind: 'earnedWithin',
  title: { en: 'Earned within this time', fil: 'Nakamit sa loob ng panahong ito' },
  schema: {
    properties: { mode: { type: 'string', enum: ['evaluation', 'span'] }, period: PERIOD },
    required: ['mode', 'period'],
  },
  faults: ({ period }: EarnedWithin) => periodFaults('/period', period),
  explain: ({ mode, period }: EarnedWithin) =>
    mode === 'evaluation'
      ? {
          en: `Only awards of the last ${periodWords(period).en} before the evaluation are taken.`,
          fil: `Tinatanggap lamang ang mga gawad sa huling ${periodWords(period).fil} bago ang pagtatasa.`,
        }
      : {
          en: `Everything counted lies within ${periodWords(period).en}.`,
          fil: `Nasa loob ng ${periodWords(period).fil} ang lahat ng ibinibilang.`,
        },
} as const;

export const earnedWithin: FilterKind<EarnedWithin> = {
  ...COMMON,
  role: 'filter',
  refuses({ period }, { fact }, { date }) {
    const { awarded } = fact.holding;
    return awarded > daysBefore(date, period) && awarded <= date ? undefined : 'window';
  },
  examples: [{ kind: 'earnedWithin', id: 'recent', ...EXAMPLE, mode: 'evaluation', period: 'P5Y' }],
};

export const earnedWithinSpan: LimitKind<EarnedWithin> = {
  ...COMMON,
  role: 'limit',
  broken({ period }, counted) {
    if (counted.length < 2) return false;
    let [first, last] = [counted[0]!.fact.holding.awarded, counted[0]!.fact.holding.awarded];
    for (const { fact } of counted) {
      const { awarded } = fact.holding;
      if (awarded < first) first = awarded;
      if (awarded > last) last = awarded;
    }
    return daysBefore(last, period) >= first;
  },
  examples: [{ kind: 'earnedWithin', id: 'span', ...EXAMPLE, mode: 'span', period: 'P2Y' }],
};
