import type { Capstone } from '../rule-model.ts';
import { itemFaults } from './items.ts';
import { ITEMS, SLOT_MEMBERS } from './members.ts';
import { EXAMPLE, type SlotKind } from './rule.ts';

/** Exactly one terminal assessment, awarded no earlier than anything else counted in its scope; the same day passes. */
export const capstone: SlotKind<Capstone> = {
  kind: 'capstone',
  role: 'slot',
  title: { en: 'A final assessment after the parts', fil: 'Pangwakas na pagtatasa pagkatapos ng mga bahagi' },
  schema: { properties: { items: ITEMS, ...SLOT_MEMBERS }, required: ['items'] },
  faults: itemFaults,
  demand: () => ({ counts: 'placements', need: 1, limit: 1, last: true }),
  explain: (_node, { met }) => ({
    en: met ? 'The final assessment is there.' : 'The final assessment, after all other parts, is missing.',
    fil: met
      ? 'Naririto ang pangwakas na pagtatasa.'
      : 'Kulang ang pangwakas na pagtatasa, pagkatapos ng lahat ng bahagi.',
  }),
  examples: [{ kind: 'capstone', id: 'capstone', ...EXAMPLE, items: [{ code: 'CX 400' }, { code: 'CX 401' }] }],
};
