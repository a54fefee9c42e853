import type { Conferrer } from '../rule-model.ts';
import { DIDS } from './members.ts';
import { EXAMPLE, type PlainKind } from './rule.ts';

/** Who may act on a met evaluation; no effect on it. The default for the bodies of residency (A4). */
export const conferrer: PlainKind<Conferrer> = {
  kind: 'conferrer',
  role: 'meta',
  title: { en: 'Who confers', fil: 'Kung sino ang magkakaloob' },
  schema: { properties: { bodies: DIDS }, required: ['bodies'] },
  faults: () => [],
  explain: ({ bodies }) => ({
    en: `It is for ${bodies.join(', ')} to confer the award.`,
    fil: `Nasa ${bodies.join(', ')} ang pagkakaloob ng gawad.`,
  }),
  examples: [{ kind: 'conferrer', id: 'who', ...EXAMPLE, bodies: ['did:web:university.example'] }],
};
