import { type FieldError, parseAmount } from '#kernel';
import type { Candidate } from '../candidates.ts';
import type { ResultThreshold } from '../rule-model.ts';
import { AMOUNT, IRI, SYSTEM } from './members.ts';
import { type CheckKind, EXAMPLE, type FilterKind } from './rule.ts';
import { sumIn } from './sums.ts';

/**
 * A grade at least this good. `each`: every holding by itself, a filter. `average`: the mean weighted by credit, a check;
 * with basis `matched` over all that could count, so that bad grades cannot be left out (A9.12). Precedent: a GWA of 2.00
 * or better (framework S28).
 */
const COMMON = {
  kind: 'resultThreshold',
  title: { en: 'A result at least this good', fil: 'Resultang hindi bababa rito' },
  schema: {
    properties: {
      mode: { type: 'string', enum: ['each', 'average'] },
      scale: IRI,
      direction: { type: 'string', enum: ['HigherBetter', 'LowerBetter'] },
      value: AMOUNT,
      basis: { type: 'string', enum: ['counted', 'matched'] },
      system: SYSTEM,
    },
    required: ['mode', 'scale', 'direction', 'value'],
  },
  faults({ mode, basis, system }: ResultThreshold): FieldError[] {
    const of = { basis, system };
    return (['basis', 'system'] as const).flatMap((name) =>
      (mode === 'average') === (of[name] !== undefined)
        ? []
        : [{ pointer: `/${name}`, detail: mode === 'average' ? 'is required of an average' : 'is only of an average' }],
    );
  },
  explain: ({ mode, value, direction }: ResultThreshold) => {
    const [en, fil] = direction === 'LowerBetter' ? ['or lower', 'o mas mababa'] : ['or higher', 'o mas mataas'];
    return mode === 'each'
      ? { en: `Only results of ${value} ${en} are taken.`, fil: `Resultang ${value} ${fil} lamang ang tinatanggap.` }
      : { en: `The average is to be ${value} ${en}.`, fil: `Kailangang ${value} ${fil} ang karaniwan.` };
  },
} as const;

/** How much better than the threshold, in 1/10,000; undefined without a result on that scale. */
function lead({ scale, direction, value }: ResultThreshold, { fact }: Candidate): number | undefined {
  const { result } = fact.holding;
  if (result?.scale !== scale) return undefined;
  const difference = parseAmount(result.value) - parseAmount(value);
  return direction === 'LowerBetter' ? -difference : difference;
}

export const resultThreshold: FilterKind<ResultThreshold> = {
  ...COMMON,
  role: 'filter',
  refuses: (node, candidate) => ((lead(node, candidate) ?? -1) >= 0 ? undefined : 'result'),
  examples: [
    {
      ...{ kind: 'resultThreshold', id: 'passed', ...EXAMPLE, mode: 'each' },
      ...{ scale: 'https://specimen.example/scales/up', direction: 'LowerBetter', value: '3' },
    },
  ],
};

export const resultAverage: CheckKind<ResultThreshold> = {
  ...COMMON,
  role: 'check',
  forms(node, { matched }) {
    const weight = sumIn(node.system!, (one) => lead(node, one) !== undefined);
    const better = (one: Candidate) => weight(one) * BigInt(lead(node, one) ?? 0);
    if (node.basis !== 'matched')
      return [
        { of: better, atLeast: 0n },
        { of: weight, atLeast: 1n },
      ];
    // What is asked of the wallet does not depend on what is counted.
    const sum = (of: (one: Candidate) => bigint) => matched().reduce((total, one) => total + of(one), 0n);
    return [{ of: () => 0n, atLeast: sum(better) >= 0n && sum(weight) > 0n ? 0n : 1n }];
  },
  amounts(node, counted, { matched }) {
    const among = node.basis === 'matched' ? matched() : counted;
    const graded = among.filter((one) => lead(node, one) !== undefined);
    const weights = graded.map((one) => BigInt(one.guise.credit.get(node.system!) ?? 0));
    const weight = weights.reduce((sum, one) => sum + one, 0n);
    const sum = graded.reduce(
      (all, one, i) => all + weights[i]! * BigInt(parseAmount(one.fact.holding.result!.value)),
      0n,
    );
    return { have: weight === 0n ? 0 : Number(sum / weight), need: parseAmount(node.value) };
  },
  examples: [
    {
      ...{ kind: 'resultThreshold', id: 'gwa', ...EXAMPLE, mode: 'average', basis: 'matched', system: 'HE-UNIT-16' },
      ...{ scale: 'https://specimen.example/scales/up', direction: 'LowerBetter', value: '2' },
    },
  ],
};
