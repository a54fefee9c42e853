import type { Approvals } from '#credentials';
import { type Clock, formatInstant, Problem, type Transactor, UniqueViolation } from '#kernel';
import { toCasePointer } from './award-body.ts';
import type { CaseChange, CaseRecord, PriorLearningReader, PriorLearningWrite } from './ports.ts';

export interface AwardDeps {
  reader: PriorLearningReader;
  transactor: Transactor<PriorLearningWrite>;
  approvals: Pick<Approvals, 'submit' | 'attemptState'>;
  clock: Clock;
}

const TRIES = 8;

/**
 * Carries an award that was asked for as far as it goes now: issued, waiting for a second person, or refused. Whoever does
 * this again, after a crash or at the same time, gets the same credential: the request was fixed before, and its key comes
 * from the case and the attempt, of which there is a next one only when the last can give no credential any more.
 * @param record in state `awarding`
 * @throws Problem what issuing refused: the case is `recognised` again; or `unavailable` and the like, and it stays `awarding`
 */
export async function pushAward(deps: AwardDeps, record: CaseRecord): Promise<void> {
  const { tenant, caseId, attempt, award } = record;
  const { body, actor, person } = award!;
  const of = { caseId, attempt };
  const submit = () => deps.approvals.submit({ tenant, actor, body, of, ...(person === undefined ? {} : { person }) });
  let refused: Problem | undefined;
  try {
    // Another process may have finished it as if we were dead, with the same signature: its answer is ours.
    const done = await submit().catch((error: unknown) => {
      if (error instanceof UniqueViolation) return submit();
      throw error;
    });
    if ('approval' in done) await note(deps, record, done.approval.approvalId);
  } catch (error) {
    if (!(error instanceof Problem) || error.temporary) throw error;
    refused = error;
  }
  const ended = await deps.approvals.attemptState(tenant, of);
  if (ended.state === 'issued') return settle(deps, record, ended.credentialIds[0]!);
  if (ended.state === 'over' || refused) await drop(deps, record, ended.state === 'over', refused);
  if (refused) throw refused;
}

async function settle(deps: AwardDeps, record: CaseRecord, credentialId: string): Promise<void> {
  await change(deps, record, 'priorLearning.awarded', { credential: credentialId }, (now) =>
    now.state === 'awarded' ? undefined : { state: 'awarded', credentialId, closedAt: formatInstant(deps.clock.now()) },
  );
}

/** Refused or rejected: nothing was issued, and it can be asked for again. */
async function drop(deps: AwardDeps, record: CaseRecord, over: boolean, refused: Problem | undefined): Promise<void> {
  const detail = { problem: refused?.kind ?? 'not-approved' };
  await change(deps, record, 'priorLearning.refuse', detail, (now) =>
    now.state !== 'awarding' ? undefined : { state: 'recognised', attempt: record.attempt + (over ? 1 : 0) },
  );
}

async function note(deps: AwardDeps, record: CaseRecord, approvalId: string): Promise<void> {
  await change(deps, record, 'priorLearning.wait', { approval: approvalId }, (now) =>
    now.approvalId === approvalId ? undefined : { approvalId },
  );
}

/** Changes the case as it is by then, as long as it is about this attempt; `undefined` when nothing is left to do. */
async function change(
  { reader, transactor, clock }: AwardDeps,
  { tenant, caseId, attempt, award }: CaseRecord,
  operation: string,
  detail: Record<string, string>,
  to: (now: CaseRecord) => CaseChange | undefined,
): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    const now = await reader.priorLearningCase(tenant, caseId);
    const set = now?.attempt === attempt ? to(now) : undefined;
    if (!now || !set) return;
    const at = formatInstant(clock.now());
    try {
      return await transactor.commit([
        { op: 'priorLearning.change', tenant, caseId, revision: now.revision, set },
        { op: 'audit.append', at, tenant, actor: award!.actor, operation, object: caseId, detail },
      ]);
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
    }
  }
  throw new Problem('unavailable', 'others keep changing this case');
}

/** A refusal in the terms of the case. */
export const inCaseTerms = (problem: Problem, cited: readonly number[]): Problem =>
  new Problem(problem.kind, problem.message, {
    errors: problem.errors.map((error) => toCasePointer(error, cited)),
    cause: problem,
  });
