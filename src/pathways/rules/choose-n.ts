import type { ChooseN } from '../model.ts';
import { itemFaults } from './items.ts';
import { EXAMPLE, ITEMS, type RuleKind } from './rule.ts';

/** From `min` to `max` of a list. Precedent: electives. More than `max` never counts, and never harms. */
export const chooseN: RuleKind<ChooseN> = {
  kind: 'chooseN',
  role: 'slot',
  title: { en: 'A number of these', fil: 'Ilan sa mga ito' },
  schema: {
    properties: {
      min: { type: 'integer', minimum: 0, maximum: 200 },
      max: { type: 'integer', minimum: 1, maximum: 200 },
      items: ITEMS,
    },
    required: ['min', 'items'],
  },
  faults(node) {
    const faults = itemFaults(node);
    if (node.min > node.items.length) faults.push({ pointer: '/min', detail: 'is more than there are items' });
    if (node.max === undefined && node.min === 0) faults.push({ pointer: '/min', detail: 'of 0 needs a max' });
    if (node.max !== undefined && node.max < node.min) faults.push({ pointer: '/max', detail: 'is less than min' });
    return faults;
  },
  met: (_node, { need, have }) => have >= need,
  explain: (_node, { need, have }) => ({
    en: have >= need ? `${have} chosen; ${need} needed.` : `${have} of ${need} are there; choose ${need - have} more.`,
    fil:
      have >= need ? `${have} ang napili; ${need} ang kailangan.` : `${have} sa ${need}; pumili pa ng ${need - have}.`,
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
  ],
};
