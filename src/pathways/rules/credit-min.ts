import { formatAmount, isAmount, parseAmount } from '#kernel';
import type { CreditMin } from '../model.ts';
import { EXAMPLE, type RuleKind } from './rule.ts';

/**
 * A sum in one credit system over what was taken within the nearest enclosing `allOf`, or over the named groups. Credit in
 * another system is never converted: the only bridge is a recorded decision of a panel (CHED-TESDA JMC 01 s.2023).
 */
export const creditMin: RuleKind<CreditMin> = {
  kind: 'creditMin',
  role: 'check',
  title: { en: 'At least this much credit', fil: 'Hindi bababa sa ganitong kredito' },
  schema: {
    properties: {
      system: { type: 'string', enum: ['HE-UNIT-18', 'HE-UNIT-16', 'TESDA-HOUR', 'PRC-CPD-CU', 'ECTS', 'NZ-CREDIT'] },
      min: { type: 'string', format: 'amount' },
      group: { type: 'array', minItems: 1, maxItems: 100, uniqueItems: true, items: { type: 'string' } },
    },
    required: ['system', 'min'],
  },
  faults: (node) =>
    isAmount(node.min) && parseAmount(node.min) === 0 ? [{ pointer: '/min', detail: 'must be more than 0' }] : [],
  met: (_node, { need, have }) => have >= need,
  explain: (node, { need, have }) => {
    const sum = `${formatAmount(have)} / ${formatAmount(need)} ${node.system}`;
    return have >= need
      ? { en: `Credit reached: ${sum}.`, fil: `Sapat ang kredito: ${sum}.` }
      : {
          en: `Credit so far: ${sum}; ${formatAmount(need - have)} missing.`,
          fil: `Kredito sa ngayon: ${sum}; kulang ng ${formatAmount(need - have)}.`,
        };
  },
  examples: [
    { kind: 'creditMin', id: 'size', ...EXAMPLE, system: 'HE-UNIT-16', min: '18' },
    { kind: 'creditMin', id: 'elective-size', ...EXAMPLE, system: 'HE-UNIT-16', min: '3', group: ['elective'] },
  ],
};
