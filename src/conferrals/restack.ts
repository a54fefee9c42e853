import type { EvaluationInput } from '#pathways';
import type { StackInput } from '#verifier';
import type { EvaluationRecord } from './ports.ts';

/** The same question again: the very documents it rested on, for the same day. Their status is asked anew. */
export function stackOf({ sources, date, input, conferrer }: EvaluationRecord): StackInput {
  const { carried, carriedStated } = JSON.parse(input) as EvaluationInput;
  return {
    pathway: sources.pathway!.document,
    credentials: sources.credentials.map(({ document }) => document),
    ...(sources.decisions.length > 0 ? { decisions: sources.decisions.map(({ document }) => document) } : {}),
    ...(carried ? { carried, vouchedBy: conferrer } : carriedStated ? { carried: carriedStated } : {}),
    date,
  };
}
