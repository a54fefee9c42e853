import type { AllOf } from '../rule-model.ts';
import { CHILDREN } from './members.ts';
import { EXAMPLE, type PlainKind } from './rule.ts';

/** Every mandatory child. The scope of the filters, limits and checks among its children (A3). */
export const allOf: PlainKind<AllOf> = {
  kind: 'allOf',
  role: 'composite',
  title: { en: 'All of these', fil: 'Lahat ng ito' },
  schema: { properties: { children: CHILDREN }, required: ['children'] },
  faults: () => [],
  explain: (_node, { need, have, met }) => ({
    en: met ? 'Everything asked for here is met.' : `${have} of ${need} requirements are met.`,
    fil: met ? 'Natugunan ang lahat ng hinihingi rito.' : `${have} sa ${need} kahingian ang natugunan.`,
  }),
  examples: [
    {
      kind: 'allOf',
      id: 'whole',
      ...EXAMPLE,
      children: [{ kind: 'requireAll', id: 'core', ...EXAMPLE, items: [{ code: 'EDDE 201' }] }],
    },
  ],
};
