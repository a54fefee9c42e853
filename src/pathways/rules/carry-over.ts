import type { CarryOver } from '../rule-model.ts';
import { AMOUNT, positiveFaults, SYSTEM } from './members.ts';
import { EXAMPLE, type PlainKind } from './rule.ts';

/**
 * Credit from an earlier target, up to a most: it raises the total that creditMin of the same allOf asks for, and joins no
 * share, category, period or average. When met, as much of what is left over is handed on (A4, A9.18; framework S47).
 */
export const carryOver: PlainKind<CarryOver> = {
  kind: 'carryOver',
  role: 'meta',
  title: { en: 'Surplus carried over', fil: 'Labis na inilipat' },
  schema: { properties: { system: SYSTEM, max: AMOUNT }, required: ['system', 'max'] },
  faults: ({ max }) => positiveFaults('/max', max),
  explain: ({ max, system }) => ({
    en: `Up to ${max} ${system} may be carried over.`,
    fil: `Hanggang ${max} ${system} ang maaaring ilipat.`,
  }),
  examples: [{ kind: 'carryOver', id: 'carry', ...EXAMPLE, system: 'PRC-CPD-CU', max: '15' }],
};
