import { selects } from '../candidates.ts';
import type { Prerequisite } from '../rule-model.ts';
import { SELECT, selectFaults } from './members.ts';
import { EXAMPLE, type FilterKind } from './rule.ts';

/**
 * What is `after` is taken only when something that is `before` was awarded by that day. It need not be counted, current
 * or eligible: history, not currency (A4, A9.15). Precedent: ladderised programmes (framework S29).
 */
export const prerequisite: FilterKind<Prerequisite> = {
  kind: 'prerequisite',
  role: 'filter',
  title: { en: 'This before that', fil: 'Ito bago iyon' },
  schema: { properties: { before: SELECT, after: SELECT }, required: ['before', 'after'] },
  faults: ({ before, after }) => [...selectFaults('/before', before), ...selectFaults('/after', after)],
  refuses(node, candidate, { earliest }) {
    if (!selects(node.after, candidate)) return undefined;
    const first = earliest(node, (one) => selects(node.before, one));
    return first !== undefined && first <= candidate.fact.holding.awarded ? undefined : 'prerequisite';
  },
  explain: () => ({
    en: 'Some awards are taken only if what has to come before them was awarded by then.',
    fil: 'May mga gawad na tinatanggap lamang kung nauna nang naigawad ang dapat mauna.',
  }),
  examples: [
    {
      ...{ kind: 'prerequisite', id: 'basics-first', ...EXAMPLE },
      ...{ before: { code: ['CX 100'] }, after: { code: ['CX 200'] } },
    },
  ],
};
