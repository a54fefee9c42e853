import type { SingleUse } from '../rule-model.ts';
import { IRIS } from './members.ts';
import { EXAMPLE, type FilterKind } from './rule.ts';

/** Nothing that one of these other targets has consumed already. Inside one pathway no rule is needed (A9.4). */
export const singleUse: FilterKind<SingleUse> = {
  kind: 'singleUse',
  role: 'filter',
  title: { en: 'Only what was not used elsewhere', fil: 'Ang hindi pa nagamit sa iba lamang' },
  schema: { properties: { across: IRIS }, required: ['across'] },
  faults: () => [],
  refuses: ({ across }, { fact }) =>
    fact.holding.usedFor?.some((target) => across.includes(target)) ? 'usedElsewhere' : undefined,
  explain: () => ({
    en: 'Only awards that have not already counted towards another named qualification are taken.',
    fil: 'Tinatanggap lamang ang mga gawad na hindi pa naibilang sa ibang pinangalanang kuwalipikasyon.',
  }),
  examples: [
    { kind: 'singleUse', id: 'not-for-degree', ...EXAMPLE, across: ['https://specimen.example/pathways/degree'] },
  ],
};
