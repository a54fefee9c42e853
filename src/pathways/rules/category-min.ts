import { formatAmount, parseAmount } from '#kernel';
import type { Candidate } from '../candidates.ts';
import type { CategoryMin } from '../rule-model.ts';
import { AMOUNT, LINES, positiveFaults, SYSTEM } from './members.ts';
import { type CheckKind, EXAMPLE } from './rule.ts';
import { add, sumIn } from './sums.ts';

const inCategories =
  ({ categories }: CategoryMin) =>
  ({ guise }: Candidate) =>
    guise.category !== undefined && categories.includes(guise.category);

/** So much in named areas. Precedent: 40 of 120 units in the accountancy overlay (framework S42). */
export const categoryMin: CheckKind<CategoryMin> = {
  kind: 'categoryMin',
  role: 'check',
  title: { en: 'At least this much in these areas', fil: 'Hindi bababa rito sa mga larangang ito' },
  schema: {
    properties: { system: SYSTEM, categories: LINES, min: AMOUNT },
    required: ['system', 'categories', 'min'],
  },
  faults: ({ min }) => positiveFaults('/min', min),
  forms: (node) => [{ of: sumIn(node.system, inCategories(node)), atLeast: BigInt(parseAmount(node.min)) }],
  amounts: (node, counted) => ({
    have: add(counted, sumIn(node.system, inCategories(node))),
    need: parseAmount(node.min),
  }),
  explain: ({ categories, system }, { have, need }) => ({
    en: `In ${categories.join(', ')}: ${formatAmount(have)} of ${formatAmount(need)} ${system}.`,
    fil: `Sa ${categories.join(', ')}: ${formatAmount(have)} sa ${formatAmount(need)} ${system}.`,
  }),
  examples: [
    { kind: 'categoryMin', id: 'competence-areas', ...EXAMPLE, system: 'PRC-CPD-CU', categories: ['Audit'], min: '40' },
  ],
};
