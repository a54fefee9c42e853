import { formatAmount, parseAmount } from '#kernel';
import type { Candidate } from '../candidates.ts';
import { daysBefore } from '../days.ts';
import { periodWords } from '../period-words.ts';
import type { PerPeriodMin } from '../rule-model.ts';
import { AMOUNT, DAY, PERIOD, periodFaults, positiveFaults, SYSTEM } from './members.ts';
import { type CheckKind, EXAMPLE } from './rule.ts';
import { add, sumIn } from './sums.ts';

/** One test a period, the last first: awarded in (a - (k+1)P, a - kP] (A4). */
const periods = ({ period, periods: count, anchor }: PerPeriodMin, date: string) =>
  Array.from({ length: count }, (_, k) => {
    const end = daysBefore(anchor ?? date, period, k);
    const start = daysBefore(anchor ?? date, period, k + 1);
    return ({ fact: { holding } }: Candidate) => holding.awarded > start && holding.awarded <= end;
  });

/** So much in each period. Precedent: 20 units in each of three years for accountants (framework S42). */
export const perPeriodMin: CheckKind<PerPeriodMin> = {
  kind: 'perPeriodMin',
  role: 'check',
  title: { en: 'At least this much in each period', fil: 'Hindi bababa rito sa bawat panahon' },
  schema: {
    properties: {
      system: SYSTEM,
      min: AMOUNT,
      period: PERIOD,
      periods: { type: 'integer', minimum: 1, maximum: 50 },
      anchor: DAY,
    },
    required: ['system', 'min', 'period', 'periods'],
  },
  faults: ({ period, min }) => [...periodFaults('/period', period), ...positiveFaults('/min', min)],
  forms: (node, { date }) =>
    periods(node, date).map((within) => ({ of: sumIn(node.system, within), atLeast: BigInt(parseAmount(node.min)) })),
  amounts: (node, counted, { date }) => ({
    have: Math.min(...periods(node, date).map((within) => add(counted, sumIn(node.system, within)))),
    need: parseAmount(node.min),
  }),
  explain: ({ system, periods: count, period }, { have, need }) => ({
    en: `In the weakest of ${count} periods of ${periodWords(period).en}: ${formatAmount(have)} of ${formatAmount(need)} ${system}.`,
    fil: `Sa pinakamahina sa ${count} panahong tig-${periodWords(period).fil}: ${formatAmount(have)} sa ${formatAmount(need)} ${system}.`,
  }),
  examples: [
    {
      ...{ kind: 'perPeriodMin', id: 'each-year', ...EXAMPLE, system: 'PRC-CPD-CU' },
      ...{ min: '20', period: 'P1Y', periods: 3 },
    },
  ],
};
