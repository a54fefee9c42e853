import type { Candidate } from '../candidates.ts';
import type { RuleNode, Share } from '../rule-model.ts';
import { AMOUNT, PERCENT, percentFaults, positiveFaults, SYSTEM, VALUES } from './members.ts';
import { type CheckKind, EXAMPLE } from './rule.ts';
import { shareAmounts, shareForms } from './sums.ts';

const BY = ['category', 'level', 'provider', 'sector', 'route', 'awardType'] as const;

type Kind = CheckKind<Extract<RuleNode, { kind: 'shareMin' | 'shareMax' }>>;

function valueBy(by: Share['by'], { fact, guise }: Candidate): string | undefined {
  if (by === 'category') return guise.category;
  const value = fact.holding[by];
  return value === undefined ? undefined : String(value);
}

const inPart =
  ({ by, values }: Share) =>
  (one: Candidate) => {
    const value = valueBy(by, one);
    return value !== undefined && values?.includes(value) === true;
  };

const schema = {
  properties: { system: SYSTEM, by: { type: 'string', enum: BY }, values: VALUES, percent: PERCENT, total: AMOUNT },
  required: ['system', 'by', 'percent'],
};

const faults = ({ percent, total }: Share) => [...percentFaults(percent), ...positiveFaults('/total', total)];

/** A least part of the whole by category, level, provider and so on. Precedent: 75 % at HKU SPACE (framework S66). */
export const shareMin: Kind = {
  kind: 'shareMin',
  role: 'check',
  title: { en: 'At least this part', fil: 'Hindi bababa sa bahaging ito' },
  schema: { ...schema, required: [...schema.required, 'values'] },
  faults,
  forms: (node) => shareForms(node, inPart(node), 'min'),
  amounts: (node, counted) => shareAmounts(node, inPart(node), counted),
  explain: ({ percent, values, total, system }, { met }) => ({
    en: `At least ${percent} % of ${total ? `${total} ${system}` : 'what counts'} has to be of ${values?.join(', ')}: ${met ? 'it is' : 'it is not yet'}.`,
    fil: `Hindi bababa sa ${percent} % ng ${total ? `${total} ${system}` : 'ibinibilang'} ang dapat na ${values?.join(', ')}: ${met ? 'natugunan' : 'hindi pa'}.`,
  }),
  examples: [
    {
      ...{ kind: 'shareMin', id: 'at-level-five', ...EXAMPLE, system: 'NOTIONAL-HOUR' },
      ...{ by: 'level', values: ['5', '6'], percent: '30' },
    },
  ],
};

/** A largest part; without values no single value has more (one provider). Precedent: MQA 30 % (framework S65). */
export const shareMax: Kind = {
  kind: 'shareMax',
  role: 'check',
  title: { en: 'At most this part', fil: 'Hindi hihigit sa bahaging ito' },
  schema,
  faults,
  forms(node, { candidates }) {
    if (node.values) return shareForms(node, inPart(node), 'max');
    return valuesIn(node, candidates).flatMap((value) => shareForms(node, inPart({ ...node, values: [value] }), 'max'));
  },
  amounts(node, counted) {
    const parts = (node.values ? [node.values] : valuesIn(node, counted).map((value) => [value])).map((values) =>
      shareAmounts(node, inPart({ ...node, values }), counted),
    );
    return parts.reduce((a, b) => (b.have > a.have ? b : a), parts[0] ?? { have: 0, need: 0 });
  },
  explain: ({ by, percent, values, total, system }, { met }) => ({
    en: `At most ${percent} % of ${total ? `${total} ${system}` : 'what counts'} may be of ${values?.join(', ') ?? `one ${by}`}: ${met ? 'kept' : 'not kept'}.`,
    fil: `Hindi hihigit sa ${percent} % ng ${total ? `${total} ${system}` : 'ibinibilang'} ang maaaring ${values?.join(', ') ?? `mula sa iisang ${by}`}: ${met ? 'nasunod' : 'hindi nasunod'}.`,
  }),
  examples: [
    {
      ...{ kind: 'shareMax', id: 'one-provider', ...EXAMPLE, system: 'NOTIONAL-HOUR' },
      ...{ by: 'provider', percent: '60', total: '262' },
    },
  ],
};

const valuesIn = (node: Share, candidates: readonly Candidate[]): string[] =>
  [...new Set(candidates.map((one) => valueBy(node.by, one)).filter((value) => value !== undefined))].sort();
