import type { CurrentAt } from '../rule-model.ts';
import { EXAMPLE, type FilterKind } from './rule.ts';

/**
 * Slots below the same `allOf` take only what has not expired on the day of the evaluation; valid through its last day.
 * Precedent: a national certificate is good for five years. Without this rule an expired award still counts (A1).
 */
export const currentAt: FilterKind<CurrentAt> = {
  kind: 'currentAt',
  role: 'filter',
  title: { en: 'Only what has not expired', fil: 'Ang hindi pa paso lamang' },
  schema: { properties: {}, required: [] },
  faults: () => [],
  refuses: (_node, { fact: { holding } }, { date }) =>
    holding.expires !== undefined && holding.expires < date ? 'expired' : undefined,
  explain: () => ({
    en: 'Only awards that have not expired on the day of the evaluation are taken.',
    fil: 'Tinatanggap lamang ang mga gawad na hindi pa paso sa araw ng pagtatasa.',
  }),
  examples: [{ kind: 'currentAt', id: 'current', ...EXAMPLE }],
};
