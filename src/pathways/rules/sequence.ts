import { covers } from '../candidates.ts';
import type { Sequence } from '../rule-model.ts';
import { itemFaults } from './items.ts';
import { ITEMS } from './members.ts';
import { EXAMPLE, type FilterKind } from './rule.ts';

/** Each item has the one before it as prerequisite; that an item is held at all is not demanded (A4). */
export const sequence: FilterKind<Sequence> = {
  kind: 'sequence',
  role: 'filter',
  title: { en: 'In this order', fil: 'Sa ganitong pagkakasunod-sunod' },
  schema: { properties: { items: { ...ITEMS, minItems: 2 } }, required: ['items'] },
  faults: itemFaults,
  refuses({ items }, candidate, { earliest }) {
    const late = items.some((item, index) => {
      const before = items[index - 1];
      if (!before || !covers(item, candidate)) return false;
      const first = earliest(before, (one) => covers(before, one));
      return first === undefined || first > candidate.fact.holding.awarded;
    });
    return late ? 'sequence' : undefined;
  },
  explain: () => ({
    en: 'The parts are taken only in their order.',
    fil: 'Tinatanggap lamang ang mga bahagi ayon sa pagkakasunod-sunod.',
  }),
  examples: [{ kind: 'sequence', id: 'order', ...EXAMPLE, items: [{ code: 'CX 100' }, { code: 'CX 200' }] }],
};
