import type { RequireAll } from '../rule-model.ts';
import { itemFaults } from './items.ts';
import { ITEMS, SLOT_MEMBERS } from './members.ts';
import { EXAMPLE, type SlotKind } from './rule.ts';

/** Every listed item. Precedent: a national certificate asks for all units of a qualification. */
export const requireAll: SlotKind<RequireAll> = {
  kind: 'requireAll',
  role: 'slot',
  title: { en: 'Every one of these', fil: 'Bawat isa sa mga ito' },
  schema: { properties: { items: ITEMS, ...SLOT_MEMBERS }, required: ['items'] },
  faults: itemFaults,
  demand: ({ items }) => ({ counts: 'items', need: items.length }),
  explain: (_node, { need, have, open, met }) => ({
    en: met
      ? need === 1
        ? 'It is there.'
        : `All ${need} are there.`
      : `${have} of ${need} are there. Missing: ${open.join('; ')}.`,
    fil: met
      ? need === 1
        ? 'Naririto na ito.'
        : `Naririto ang lahat ng ${need}.`
      : `${have} sa ${need} ang naririto. Kulang: ${open.join('; ')}.`,
  }),
  examples: [
    {
      kind: 'requireAll',
      id: 'core',
      ...EXAMPLE,
      items: [
        { code: 'ELC724331', title: 'Install and configure computer systems' },
        { achievement: 'https://specimen.example/achievements/1', version: ['1', '2'] },
      ],
    },
  ],
};
