import type { NOf } from '../rule-model.ts';
import { CHILDREN } from './members.ts';
import { EXAMPLE, type PlainKind } from './rule.ts';

/** At least `n` children, and every child that took a holding (A3, A9.5). */
export const nOf: PlainKind<NOf> = {
  kind: 'nOf',
  role: 'composite',
  title: { en: 'A number of these parts', fil: 'Ilan sa mga bahaging ito' },
  schema: {
    properties: { n: { type: 'integer', minimum: 1, maximum: 500 }, children: CHILDREN },
    required: ['n', 'children'],
  },
  faults: ({ n, children }) =>
    n > children.length ? [{ pointer: '/n', detail: 'is more than there are children' }] : [],
  explain: ({ n }, { have, met }) => ({
    en: met ? `${n} of the parts are met.` : `${have} of ${n} parts are met.`,
    fil: met ? `Natugunan ang ${n} sa mga bahagi.` : `${have} sa ${n} bahagi ang natugunan.`,
  }),
  examples: [
    {
      kind: 'nOf',
      id: 'two-clusters',
      ...EXAMPLE,
      n: 2,
      children: [
        { kind: 'requireAll', id: 'cluster-a', ...EXAMPLE, items: [{ code: 'A 1' }] },
        { kind: 'requireAll', id: 'cluster-b', ...EXAMPLE, items: [{ code: 'B 1' }] },
        { kind: 'requireAll', id: 'cluster-c', ...EXAMPLE, items: [{ code: 'C 1' }] },
      ],
    },
  ],
};
