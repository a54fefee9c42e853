import { type FieldError, formatAmount, parseAmount } from '#kernel';
import type { CreditMin } from '../rule-model.ts';
import { AMOUNT, positiveFaults, SELECT, SLOT_MEMBERS, SYSTEM, selectFaults } from './members.ts';
import { type CheckKind, EXAMPLE, type SlotKind } from './rule.ts';
import { sumIn } from './sums.ts';

type Explain = SlotKind<CreditMin>['explain'];

/**
 * At least so much in one credit system: with a selector a slot, without one a check of all that was taken in the nearest
 * `allOf`. Credit in another system is never converted: the only bridge is a recorded decision of a panel (CHED-TESDA JMC
 * 01 s.2023).
 */
const COMMON = {
  kind: 'creditMin',
  title: { en: 'At least this much credit', fil: 'Hindi bababa sa ganitong kredito' },
  schema: {
    properties: {
      system: SYSTEM,
      min: AMOUNT,
      select: SELECT,
      max: AMOUNT,
      excess: { type: 'string', enum: ['refuse', 'truncate'] },
      ...SLOT_MEMBERS,
    },
    required: ['system', 'min'],
  },
  faults(node: CreditMin): FieldError[] {
    const { min, max, select, excess } = node;
    // A slot that only takes, up to its max, may ask for nothing.
    const faults = [...(select && max ? [] : positiveFaults('/min', min)), ...selectFaults('/select', select)];
    if (!select) {
      for (const name of ['max', 'excess', 'repeatable', 'consume'] as const) {
        if (node[name] !== undefined) faults.push({ pointer: `/${name}`, detail: 'needs a select: this is a check' });
      }
    }
    if (excess && max === undefined) faults.push({ pointer: '/excess', detail: 'needs a max' });
    if (max !== undefined && parseAmount(max) < parseAmount(min)) {
      faults.push({ pointer: '/max', detail: 'is less than min' });
    }
    return faults;
  },
  explain: ((node, { need, have, met }) => {
    const sum = `${formatAmount(have)} / ${formatAmount(need)} ${node.system}`;
    if (met) return { en: `Credit reached: ${sum}.`, fil: `Sapat ang kredito: ${sum}.` };
    const short = formatAmount(Math.max(0, need - have));
    return { en: `Credit so far: ${sum}; ${short} missing.`, fil: `Kredito sa ngayon: ${sum}; kulang ng ${short}.` };
  }) satisfies Explain as Explain,
} as const;

export const creditMinSlot: SlotKind<CreditMin> = {
  ...COMMON,
  role: 'slot',
  demand: ({ system, min, max, excess }) => ({
    counts: 'credit',
    system,
    need: parseAmount(min),
    ...(max === undefined ? {} : excess === 'truncate' ? { truncate: parseAmount(max) } : { limit: parseAmount(max) }),
  }),
  examples: [
    {
      kind: 'creditMin',
      id: 'elective',
      ...EXAMPLE,
      system: 'HE-UNIT-16',
      min: '3',
      select: { category: ['Elective'] },
    },
    {
      ...{ kind: 'creditMin', id: 'self-directed', ...EXAMPLE, system: 'PRC-CPD-CU', min: '0' },
      ...{ max: '10', excess: 'truncate', select: { category: ['SelfDirected'] }, repeatable: true },
    },
  ],
};

export const creditMin: CheckKind<CreditMin> = {
  ...COMMON,
  role: 'check',
  forms: ({ system, min }, { carried }) => [
    { of: sumIn(system), atLeast: BigInt(parseAmount(min) - carried(system)), total: system },
  ],
  // `have` is filled in by the caller, which knows what was truncated.
  amounts: ({ min }) => ({ have: 0, need: parseAmount(min) }),
  examples: [{ kind: 'creditMin', id: 'size', ...EXAMPLE, system: 'HE-UNIT-16', min: '18' }],
};
