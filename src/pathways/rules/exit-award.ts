import type { ExitAward } from '../rule-model.ts';
import { EXAMPLE, type PlainKind } from './rule.ts';

/** A lesser award for who leaves early: reported beside the verdict, never part of it (A4; framework S28, S29). */
export const exitAward: PlainKind<ExitAward> = {
  kind: 'exitAward',
  role: 'meta',
  title: { en: 'Award on leaving early', fil: 'Gawad sa maagang paglabas' },
  schema: {
    properties: {
      award: { type: 'string', minLength: 1, maxLength: 500, format: 'line' },
      node: { type: 'string', minLength: 1, maxLength: 64 },
    },
    required: ['award', 'node'],
  },
  faults: () => [],
  explain: ({ award }) => ({
    en: `Who leaves here may be eligible for: ${award}.`,
    fil: `Ang lalabas dito ay maaaring karapat-dapat sa: ${award}.`,
  }),
  examples: [{ kind: 'exitAward', id: 'exit', ...EXAMPLE, award: 'Certificate', node: 'elective' }],
};
