import type { AnyOf } from '../model.ts';
import { CHILDREN, EXAMPLE, type RuleKind } from './rule.ts';

/** One child. Only the child that is taken holds credentials: two half-finished tracks do not add up. */
export const anyOf: RuleKind<AnyOf> = {
  kind: 'anyOf',
  role: 'composite',
  title: { en: 'Any one of these', fil: 'Alinman sa mga ito' },
  schema: { properties: { children: CHILDREN }, required: ['children'] },
  faults: () => [],
  met: (_node, { have }) => have >= 1,
  explain: (_node, { have }) => ({
    en: have >= 1 ? 'One of the alternatives is met.' : 'None of the alternatives is met.',
    fil: have >= 1 ? 'Natugunan ang isa sa mga mapagpipilian.' : 'Wala pang natutugunan sa mga mapagpipilian.',
  }),
  examples: [
    {
      kind: 'anyOf',
      id: 'track',
      ...EXAMPLE,
      children: [
        { kind: 'requireAll', id: 'track-a', ...EXAMPLE, items: [{ code: 'A 1' }] },
        { kind: 'requireAll', id: 'track-b', ...EXAMPLE, items: [{ code: 'B 1' }] },
      ],
    },
  ],
};
