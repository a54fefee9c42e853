import type { Equivalence } from '../rule-model.ts';
import { DIDS } from './members.ts';
import { EXAMPLE, type PlainKind } from './rule.ts';

/**
 * Accepts what recorded decisions make of awards, in every slot below its allOf (A2): those that are named, or every one of
 * a body that decides. Precedent: credit transfer by a panel (CHED-TESDA JMC 01 s.2023).
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
      decidedBy: DIDS,
    },
    required: [],
  },
  faults: ({ decisions, decidedBy }) =>
    decisions || decidedBy ? [] : [{ pointer: '/decisions', detail: 'is required where decidedBy is not there' }],
  explain: ({ decisions, decidedBy = [] }) =>
    decisions
      ? {
          en: `Substitutes under ${decisions.length} recorded decisions are accepted.`,
          fil: `Tinatanggap ang mga kapalit ayon sa ${decisions.length} naitalang pasiya.`,
        }
      : {
          en: `Substitutes under any recorded decision of ${decidedBy.join(', ')} are accepted.`,
          fil: `Tinatanggap ang mga kapalit ayon sa alinmang naitalang pasiya ng ${decidedBy.join(', ')}.`,
        },
  examples: [
    { kind: 'equivalence', id: 'transfer', ...EXAMPLE, decisions: ['https://specimen.example/decisions/1'] },
    { kind: 'equivalence', id: 'panel', ...EXAMPLE, decidedBy: ['did:web:specimen.example'] },
  ],
};
