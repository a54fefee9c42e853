import { parseAmount } from '#kernel';
import { creditOf, selects } from '../candidates.ts';
import type { CreditMax } from '../rule-model.ts';
import { AMOUNT, SELECT, SYSTEM, selectFaults } from './members.ts';
import { EXAMPLE, type LimitKind } from './rule.ts';

/** No more than this is counted, in whole credentials: nobody fails for an extra elective (A9.9, A9.16). */
export const creditMax: LimitKind<CreditMax> = {
  kind: 'creditMax',
  role: 'limit',
  title: { en: 'At most this much credit', fil: 'Hindi hihigit sa ganitong kredito' },
  schema: { properties: { system: SYSTEM, max: AMOUNT, select: SELECT }, required: ['system', 'max'] },
  faults: ({ select }) => selectFaults('/select', select),
  broken({ system, max, select }, counted) {
    let sum = 0;
    for (const one of counted) if (selects(select, one)) sum += creditOf(one, system);
    return sum > parseAmount(max);
  },
  explain: ({ max, system }) => ({
    en: `At most ${max} ${system} are counted.`,
    fil: `Hindi hihigit sa ${max} ${system} ang ibinibilang.`,
  }),
  examples: [
    {
      kind: 'creditMax',
      id: 'elective-cap',
      ...EXAMPLE,
      system: 'HE-UNIT-16',
      max: '3',
      select: { category: ['Elective'] },
    },
  ],
};
