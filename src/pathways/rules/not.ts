import type { Not } from '../rule-model.ts';
import { EXAMPLE, type PlainKind } from './rule.ts';

/**
 * Met when its child, evaluated alone over everything held and without the filters above, is not met (A3, A9.6). It cannot
 * be escaped by leaving a holding out. It takes nothing, and inside it the two runs swap (A7).
 */
export const not: PlainKind<Not> = {
  kind: 'not',
  role: 'composite',
  title: { en: 'Not this', fil: 'Hindi ito' },
  schema: {
    properties: { children: { type: 'array', minItems: 1, maxItems: 1, items: { $ref: '#/$defs/node' } } },
    required: ['children'],
  },
  faults: ({ children: [child] }) =>
    child?.binding === 'Advisory' ? [{ pointer: '/children/0/binding', detail: 'below a not must be Mandatory' }] : [],
  explain: (_node, { met }) => ({
    en: met ? 'What would rule this out is not held.' : 'Something is held that rules this out.',
    fil: met ? 'Walang hawak na nagbabawal dito.' : 'May hawak na nagbabawal dito.',
  }),
  examples: [
    {
      kind: 'not',
      id: 'no-degree-yet',
      ...EXAMPLE,
      children: [{ kind: 'chooseN', id: 'degree', ...EXAMPLE, min: 1, select: { awardType: ['BaccalaureateDegree'] } }],
    },
  ],
};
