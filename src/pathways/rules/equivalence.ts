import type { Equivalence } from '../rule-model.ts';
import { EXAMPLE, type PlainKind } from './rule.ts';

/**
 * Accepts what recorded decisions make of awards, in every slot below its allOf (A2). Precedent: credit transfer by a
 * panel (CHED-TESDA JMC 01 s.2023).
 */
export const equivalence: PlainKind<Equivalence> = {
  kind: 'equivalence',
  role: 'meta',
  title: { en: 'Accepted by decision', fil: 'Tinatanggap ayon sa pasiya' },
  schema: {
    properties: {
      decisions: {
        ...{ type: 'array', minItems: 1, maxItems: 200, uniqueItems: true },
        items: { type: 'string', minLength: 1, maxLength: 2048, format: 'line' },
      },
    },
    required: ['decisions'],
  },
  faults: () => [],
  explain: ({ decisions }) => ({
    en: `Substitutes under ${decisions.length} recorded decisions are accepted.`,
    fil: `Tinatanggap ang mga kapalit ayon sa ${decisions.length} naitalang pasiya.`,
  }),
  examples: [{ kind: 'equivalence', id: 'transfer', ...EXAMPLE, decisions: ['https://specimen.example/decisions/1'] }],
};
