import { fieldProblem, isDay, type JsonObject, parseStrictJson, refuseBadFields } from '#kernel';
import {
  checkCarried,
  checkDecisions,
  checkHoldings,
  type EquivalenceDecision,
  type Evaluation,
  evaluate as evaluatePathway,
  type Holding,
  readPathway,
} from '#pathways';
import { toldNow } from '../problem.ts';

export interface EvaluateInput {
  /** As evaluation takes it, or the published document, whose signature is not looked at here. */
  pathway: object;
  /** Plain records of one person, taken as they stand. */
  holdings: readonly object[];
  decisions?: readonly object[];
  /** System -> decimal text. */
  carried?: Readonly<Record<string, string>>;
  /** YYYY-MM-DD, in Asia/Manila. */
  date: string;
}

/**
 * What holdings add up to, and why: the pure evaluation of the service. A statement of eligibility, never an award.
 * @throws TatakProblem `invalid-request` with the pointer of every bad member
 */
export function evaluate(input: EvaluateInput): Evaluation {
  return toldNow(() => {
    const { pathway, holdings, decisions = [], carried = {}, date } = read(input);
    if (!isDay(date)) throw fieldProblem('invalid-request', '/date', 'must be a day that exists, YYYY-MM-DD');
    refuseBadFields([
      ...under('/holdings', checkHoldings(holdings)),
      ...under('/decisions', checkDecisions(decisions)),
      ...under('/carried', checkCarried(carried)),
    ]);
    return evaluatePathway({
      ...{ pathway: readPathway(pathway as JsonObject).pathway, date },
      ...{ holdings: holdings as Holding[], decisions: decisions as EquivalenceDecision[], carried },
    });
  });
}

const BUDGET = { bytes: 32 * 1024 * 1024, keys: 500_000 };
const read = (input: EvaluateInput): EvaluateInput =>
  parseStrictJson(JSON.stringify(input), BUDGET) as unknown as EvaluateInput;

const under = (base: string, errors: ReturnType<typeof checkHoldings>) =>
  errors.map((error) => ({ ...error, pointer: `${base}${error.pointer}` }));
