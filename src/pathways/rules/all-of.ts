import type { AllOf } from '../model.ts';
import { CHILDREN, EXAMPLE, type RuleKind } from './rule.ts';

/** Every mandatory child. The scope of the filters and checks among its children. */
export const allOf: RuleKind<AllOf> = {
  kind: 'allOf',
  role: 'composite',
  title: { en: 'All of these', fil: 'Lahat ng ito' },
  schema: { properties: { children: CHILDREN }, required: ['children'] },
  faults: () => [],
  met: (_node, { need, have }) => have >= need,
  explain: (_node, { need, have }) => ({
    en: have >= need ? 'Everything asked for here is met.' : `${have} of ${need} requirements are met.`,
    fil: have >= need ? 'Natugunan ang lahat ng hinihingi rito.' : `${have} sa ${need} kahingian ang natugunan.`,
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
