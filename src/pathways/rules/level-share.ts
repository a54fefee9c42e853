import type { Candidate } from '../candidates.ts';
import type { LevelShare } from '../rule-model.ts';
import { AMOUNT, LEVEL, PERCENT, percentFaults, positiveFaults, SYSTEM } from './members.ts';
import { type CheckKind, EXAMPLE } from './rule.ts';
import { shareAmounts, shareForms } from './sums.ts';

const atLevel =
  ({ level }: LevelShare) =>
  ({ fact }: Candidate) =>
    fact.holding.level !== undefined && fact.holding.level >= level;

/** A least part at the target level or above. Precedent: HKU SPACE (framework S66). */
export const levelShare: CheckKind<LevelShare> = {
  kind: 'levelShare',
  role: 'check',
  title: { en: 'At least this part at the level', fil: 'Hindi bababa sa bahaging ito sa antas' },
  schema: {
    properties: { system: SYSTEM, level: LEVEL, percent: PERCENT, total: AMOUNT },
    required: ['system', 'level', 'percent'],
  },
  faults: ({ percent, total }) => [...percentFaults(percent), ...positiveFaults('/total', total)],
  forms: (node) => shareForms(node, atLevel(node), 'min'),
  amounts: (node, counted) => shareAmounts(node, atLevel(node), counted),
  explain: ({ level, percent }, { met }) => ({
    en: `At least ${percent} % has to be at level ${level} or above: ${met ? 'it is' : 'it is not yet'}.`,
    fil: `Hindi bababa sa ${percent} % ang dapat nasa antas ${level} pataas: ${met ? 'natugunan' : 'hindi pa'}.`,
  }),
  examples: [{ kind: 'levelShare', id: 'upper', ...EXAMPLE, system: 'NOTIONAL-HOUR', level: 5, percent: '30' }],
};
