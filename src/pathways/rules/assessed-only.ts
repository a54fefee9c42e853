import type { AssessedOnly } from '../rule-model.ts';
import { EXAMPLE, type FilterKind } from './rule.ts';

/** Attendance alone is no proof of learning (framework 5.3); an award that does not say is not taken. */
export const assessedOnly: FilterKind<AssessedOnly> = {
  kind: 'assessedOnly',
  role: 'filter',
  title: { en: 'Only what was assessed', fil: 'Ang tinasa lamang' },
  schema: { properties: {}, required: [] },
  faults: () => [],
  refuses: (_node, { fact }) => (fact.holding.assessed === true ? undefined : 'notAssessed'),
  explain: () => ({
    en: 'Only awards whose outcomes were assessed are taken; attendance alone does not count.',
    fil: 'Tinatanggap lamang ang mga gawad na tinasa; hindi sapat ang pagdalo.',
  }),
  examples: [{ kind: 'assessedOnly', id: 'assessed', ...EXAMPLE }],
};
