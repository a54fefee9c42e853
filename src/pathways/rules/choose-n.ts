import type { ChooseN } from '../rule-model.ts';
import { itemFaults } from './items.ts';
import { ITEMS, SELECT, SLOT_MEMBERS, selectFaults } from './members.ts';
import { EXAMPLE, type SlotKind } from './rule.ts';

/**
 * From `min` to `max` of a list, or of whatever a selector finds. Precedent: electives. More than `max` never counts, and
 * never harms. Counted are distinct items or achievements; placements where the same may be repeated (A4).
 */
export const chooseN: SlotKind<ChooseN> = {
  kind: 'chooseN',
  role: 'slot',
  title: { en: 'A number of these', fil: 'Ilan sa mga ito' },
  schema: {
    properties: {
      min: { type: 'integer', minimum: 0, maximum: 500 },
      max: { type: 'integer', minimum: 1, maximum: 500 },
      items: ITEMS,
      select: SELECT,
      ...SLOT_MEMBERS,
    },
    required: ['min'],
  },
  faults(node) {
    const { min, max, items, select, repeatable } = node;
    const faults = [...itemFaults(node), ...selectFaults('/select', select)];
    if (!items === !select) faults.push({ pointer: '', detail: 'must have either items or select' });
    if (items && !repeatable && min > items.length) {
      faults.push({ pointer: '/min', detail: 'is more than there are items' });
    }
    if (max !== undefined && max < min) faults.push({ pointer: '/max', detail: 'is less than min' });
    return faults;
  },
  demand: ({ min, max, items, repeatable }) => ({
    counts: repeatable ? 'placements' : items ? 'items' : 'achievements',
    need: min,
    ...(max === undefined ? {} : { limit: max }),
  }),
  explain: (_node, { need, have, met }) => ({
    en: met ? `${have} chosen; ${need} needed.` : `${have} of ${need} are there; choose ${need - have} more.`,
    fil: met ? `${have} ang napili; ${need} ang kailangan.` : `${have} sa ${need}; pumili pa ng ${need - have}.`,
  }),
  examples: [
    {
      kind: 'chooseN',
      id: 'elective',
      ...EXAMPLE,
      min: 1,
      max: 2,
      items: [{ code: 'EDDE 206' }, { achievement: 'https://specimen.example/achievements/2' }],
    },
    { kind: 'chooseN', id: 'any-elective', ...EXAMPLE, min: 2, select: { category: ['Elective'] } },
  ],
};
