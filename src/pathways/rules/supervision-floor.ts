import { SUPERVISION } from '../model.ts';
import type { SupervisionFloor } from '../rule-model.ts';
import { EXAMPLE, type FilterKind } from './rule.ts';

/** Assessed under at least this much supervision and check of identity (framework 5.1, EU standard element). */
export const supervisionFloor: FilterKind<SupervisionFloor> = {
  kind: 'supervisionFloor',
  role: 'filter',
  title: { en: 'At least this supervision', fil: 'Hindi bababa sa ganitong pagbabantay' },
  schema: { properties: { min: { type: 'string', enum: [...SUPERVISION] } }, required: ['min'] },
  faults: () => [],
  refuses: ({ min }, { fact: { holding } }) =>
    holding.supervision !== undefined && SUPERVISION.indexOf(holding.supervision) >= SUPERVISION.indexOf(min)
      ? undefined
      : 'supervision',
  explain: ({ min }) => ({
    en: `Only awards assessed under supervision of the kind ${min} or stricter are taken.`,
    fil: `Tinatanggap lamang ang mga gawad na tinasa nang may pagbabantay na ${min} o mas mahigpit.`,
  }),
  examples: [{ kind: 'supervisionFloor', id: 'supervised', ...EXAMPLE, min: 'SupervisedOnline' }],
};
