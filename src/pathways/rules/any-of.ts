import type { AnyOf } from '../rule-model.ts';
import { CHILDREN } from './members.ts';
import { EXAMPLE, type PlainKind } from './rule.ts';

/** One child, and every child that took a holding: two half-finished tracks do not add up (A3, A9.5). */
export const anyOf: PlainKind<AnyOf> = {
  kind: 'anyOf',
  role: 'composite',
  title: { en: 'Any one of these', fil: 'Alinman sa mga ito' },
  schema: { properties: { children: CHILDREN }, required: ['children'] },
  faults: () => [],
  explain: (_node, { met }) => ({
    en: met ? 'One of the alternatives is met.' : 'None of the alternatives is met.',
    fil: met ? 'Natugunan ang isa sa mga mapagpipilian.' : 'Wala pang natutugunan sa mga mapagpipilian.',
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
