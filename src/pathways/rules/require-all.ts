import type { RequireAll } from '../model.ts';
import { itemFaults } from './items.ts';
import { EXAMPLE, ITEMS, type RuleKind } from './rule.ts';

/** Every listed item. Precedent: a national certificate asks for all units of a qualification. */
export const requireAll: RuleKind<RequireAll> = {
  kind: 'requireAll',
  role: 'slot',
  title: { en: 'Every one of these', fil: 'Bawat isa sa mga ito' },
  schema: { properties: { items: ITEMS }, required: ['items'] },
  faults: itemFaults,
  met: (_node, { need, have }) => have >= need,
  explain: (_node, { need, have, open }) => ({
    en: have >= need ? `All ${need} are there.` : `${have} of ${need} are there. Missing: ${open.join('; ')}.`,
    fil:
      have >= need ? `Naririto ang lahat ng ${need}.` : `${have} sa ${need} ang naririto. Kulang: ${open.join('; ')}.`,
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
