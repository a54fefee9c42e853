import {
  type Clock,
  canonicalJson,
  formatInstant,
  type Json,
  LIMITS,
  Problem,
  type Random,
  randomId,
  sha256Hex,
  type Transactor,
} from '#kernel';
import { decisionPart, type Evaluation, type EvaluationInput, evaluate } from '#pathways';
import type { Stack, StackInput } from '#verifier';
import type { ConferralReader, ConferralWrite, EvaluationRecord } from './ports.ts';

export interface EvaluationsDeps {
  reader: Pick<ConferralReader, 'evaluation'>;
  transactor: Transactor<ConferralWrite>;
  /** Verifies and evaluates, with everything the answer rests on. */
  stack(input: StackInput): Promise<Stack>;
  clock: Clock;
  random: Random;
}

export interface Replay {
  /** Whether running it again on the stored input gave the stored output, byte for byte. */
  same: boolean;
  /** Whether it decided the same, whatever the words. */
  sameDecision: boolean;
  outputSha256: string;
  evaluation: Evaluation;
}

export interface Evaluations {
  /**
   * Verifies, evaluates and keeps the result; the same input always gives the same output.
   * @throws Problem as `Verifier.stack`; `conflict` when the pathway itself could not be relied on: nothing was evaluated
   */
  evaluate(input: StackInput, who: { tenant: string; actor: string }): Promise<EvaluationRecord>;
  /** Runs a stored evaluation again. Asks nobody. @throws Problem `not-found` */
  replay(tenant: string, evaluationId: string): Promise<Replay>;
}

export function createEvaluations(deps: EvaluationsDeps): Evaluations {
  const { reader, transactor, clock, random } = deps;
  return {
    async evaluate(input, { tenant, actor }) {
      const stack = await deps.stack(input);
      const row = evaluationRecord(stack, { tenant, actor, now: clock.now(), random });
      await transactor.commit(evaluationWrites(row));
      return row;
    },

    async replay(tenant, evaluationId) {
      const row = await reader.evaluation(tenant, evaluationId);
      if (!row) throw new Problem('not-found', 'there is no such evaluation');
      const evaluation = evaluate(JSON.parse(row.input) as EvaluationInput);
      const output = canonicalJson(evaluation as unknown as Json);
      const decided = (one: Evaluation) => canonicalJson(decisionPart(one));
      const sameDecision = decided(evaluation) === decided(JSON.parse(row.output) as Evaluation);
      return { same: output === row.output, sameDecision, outputSha256: sha256Hex(output), evaluation };
    },
  };
}

/** Where a stored evaluation can be read again; the credential of an award names it. */
export const evaluationUrl = (publicUrl: string, evaluationId: string): string =>
  `${publicUrl}/v1/stored-evaluations/${evaluationId}`;

interface Made {
  tenant: string;
  actor: string;
  now: Date;
  random: Random;
}

/** @throws Problem `conflict` when nothing was evaluated */
export function evaluationRecord(stack: Stack, { tenant, actor, now, random }: Made): EvaluationRecord {
  const { evaluation, ...report } = stack.report;
  const { outcome, subjectId } = report;
  if (!stack.input || !evaluation || outcome === 'undetermined') {
    throw new Problem('conflict', `the pathway could not be relied on: ${report.pathway.code}`);
  }
  // The budget is a part of the input: another default some day must not change what was decided.
  const facts: EvaluationInput = { budget: LIMITS.pathwaySearchNodes, ...stack.input };
  const input = canonicalJson(facts as unknown as Json);
  const output = canonicalJson(evaluation as unknown as Json);
  const { id, version, conferrer } = facts.pathway;
  return {
    tenant,
    evaluationId: randomId(random),
    createdAt: formatInstant(now),
    createdBy: actor,
    ...{ pathway: id, pathwayVersion: version, conferrer, date: facts.date, outcome },
    ...(subjectId === undefined ? {} : { subjectId }),
    ...{ input, inputSha256: sha256Hex(input), output, outputSha256: sha256Hex(output) },
    ...{ report, sources: stack.sources },
  };
}

/** The row and its entry in the log, which has digests and no person. */
export function evaluationWrites(row: EvaluationRecord): ConferralWrite[] {
  const { tenant, evaluationId, createdAt: at, createdBy: actor, outputSha256: objectSha256, outcome } = row;
  const detail = { outcome, input: row.inputSha256 };
  return [
    { op: 'evaluation.insert', row },
    {
      ...{ op: 'audit.append', at, tenant, actor, operation: 'evaluation.create', object: evaluationId },
      ...{ objectSha256, detail },
    },
  ];
}
