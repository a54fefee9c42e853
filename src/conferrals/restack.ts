import { canonicalJson, type Json, LIMITS } from '#kernel';
import type { EvaluationInput } from '#pathways';
import type { Stack, StackInput } from '#verifier';
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

/** Nothing has changed since: the evaluation that is stored is also today's. */
export function sameInput(stack: Stack, { input }: EvaluationRecord): boolean {
  const facts: EvaluationInput | undefined = stack.input && { budget: LIMITS.pathwaySearchNodes, ...stack.input };
  return facts !== undefined && canonicalJson(facts as unknown as Json) === input;
}
