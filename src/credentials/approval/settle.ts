import { type Clock, formatInstant, Problem, type Transactor, UniqueViolation } from '#kernel';
import type { IssuedCredential } from '../issue/finish.ts';
import type { Issuer } from '../issue/issue.ts';
import type { ApprovalRecord, ApprovalWrite } from './ports.ts';
import { releaseRequest } from './release.ts';

/** No caller may choose a key that begins so: these belong to approved requests, and to cases of prior learning. */
export const RESERVED_KEYS = {
  approval: 'approval:',
  priorLearning: 'prior-learning:',
  conferral: 'conferral:',
} as const;

export interface SettleDeps {
  transactor: Transactor<ApprovalWrite>;
  issuer: Pick<Issuer, 'issue'>;
  clock: Clock;
}

/**
 * Issues what was approved and records how that ended. The idempotency key comes from the approval, so that whoever
 * does this again after a crash, or at the same time, gets the same credentials.
 * @throws Problem what issuing refused: for good (the approval is `failed` then), or for now, as `unavailable`,
 *   `clock-unsafe` or `signing-stopped` (it stays `approved` and is tried again)
 */
export async function settle(deps: SettleDeps, row: ApprovalRecord): Promise<IssuedCredential[]> {
  const { tenant, approvalId, body } = row;
  const issue = () =>
    deps.issuer.issue({
      tenant,
      actor: row.decidedBy!,
      body,
      idempotencyKey: `${RESERVED_KEYS.approval}${approvalId}`,
      release: releaseRequest(tenant, body, { prepared: row.preparedPerson, approved: row.decidedPerson }),
    });
  try {
    // Another process may have taken this over as if we were dead, and stored the same signatures: its answer is ours.
    const issued = await issue().catch((error: unknown) => {
      if (error instanceof UniqueViolation) return issue();
      throw error;
    });
    await record(deps, row, { state: 'issued', credentialIds: issued.map(({ credentialId }) => credentialId) });
    return issued;
  } catch (error) {
    if (!(error instanceof Problem) || error.temporary) throw error;
    const { kind, message: detail, errors } = error;
    const problem = { kind, detail, ...(errors.length > 0 ? { errors: [...errors] } : {}) };
    await record(deps, row, { state: 'failed', problem });
    throw error;
  }
}

type Outcome =
  | { state: 'issued'; credentialIds: string[] }
  | { state: 'failed'; problem: NonNullable<ApprovalRecord['problem']> };

async function record(deps: SettleDeps, row: ApprovalRecord, outcome: Outcome): Promise<void> {
  const { tenant, approvalId } = row;
  const settledAt = formatInstant(deps.clock.now());
  const entry = { op: 'audit.append', at: settledAt, tenant, actor: row.decidedBy!, object: approvalId } as const;
  const failure: ApprovalWrite[] =
    outcome.state === 'failed'
      ? [{ ...entry, operation: 'approval.fail', detail: { problem: outcome.problem.kind } }]
      : [];
  try {
    await deps.transactor.commit([{ op: 'approval.settle', tenant, approvalId, settledAt, ...outcome }, ...failure]);
  } catch (error) {
    // Somebody else has recorded it.
    if (!(error instanceof UniqueViolation)) throw error;
  }
}
