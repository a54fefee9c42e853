import type { LevelFloor } from '../rule-model.ts';
import { LEVEL } from './members.ts';
import { EXAMPLE, type FilterKind } from './rule.ts';

/** At this PQF level or above; what has no level is below every one. Precedent: HKU SPACE (framework S66). */
export const levelFloor: FilterKind<LevelFloor> = {
  kind: 'levelFloor',
  role: 'filter',
  title: { en: 'At least this level', fil: 'Hindi bababa sa antas na ito' },
  schema: { properties: { min: LEVEL }, required: ['min'] },
  faults: () => [],
  refuses: ({ min }, { fact: { holding } }) =>
    holding.level !== undefined && holding.level >= min ? undefined : 'level',
  explain: ({ min }) => ({
    en: `Only awards at level ${min} or above are taken.`,
    fil: `Tinatanggap lamang ang mga gawad na nasa antas ${min} pataas.`,
  }),
  examples: [{ kind: 'levelFloor', id: 'level', ...EXAMPLE, min: 2 }],
};
