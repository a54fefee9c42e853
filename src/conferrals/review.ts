import type { CredentialReader, Status } from '#credentials';
import { type Clock, fieldProblem, formatInstant, Problem, type Transactor, textFault, UniqueViolation } from '#kernel';
import { findingsDigest } from './findings.ts';
import type { ConferralReader, ConferralRecord, ConferralWrite } from './ports.ts';

export interface ReviewDeps {
  reader: Pick<ConferralReader, 'conferral'> & Pick<CredentialReader, 'credential'>;
  transactor: Transactor<ConferralWrite>;
  status: Pick<Status, 'change'>;
  clock: Clock;
}

export interface ReviewInput {
  decision: 'uphold' | 'withdraw';
  /** 3 to 500 characters. Of `withdraw` it is published with the revocation, so it names nobody. */
  reason: string;
}

/**
 * The registrar's answer to a flag. Upholding accepts the findings: they do not flag it again, others do. Withdrawing revokes the
 * qualification and frees its components; it needs no flag.
 * @throws Problem `not-found`, `invalid-request`; `conflict` when nothing is under review, or it is no longer conferred
 */
export async function review(
  deps: ReviewDeps,
  { decision, reason }: ReviewInput,
  { tenant, conferralId, actor }: { tenant: string; conferralId: string; actor: string },
): Promise<ConferralRecord> {
  const { reader, transactor, clock } = deps;
  const fault = reason.trim().length < 3 ? 'must have 3 characters at least' : textFault(reason, 500, true);
  if (fault) throw fieldProblem('invalid-request', '/reason', fault);
  const row = await reader.conferral(tenant, conferralId);
  if (!row) throw new Problem('not-found', 'there is no such conferral');
  const from = decision === 'uphold' ? (['under_review'] as const) : (['under_review', 'conferred'] as const);
  if (!(from as readonly string[]).includes(row.state)) {
    throw new Problem('conflict', `this conferral is ${row.state}: there is nothing to ${decision}`);
  }
  const at = formatInstant(clock.now());
  // Revoked first: a crash in between leaves a flag on a revoked award, never a valid one that is called withdrawn.
  if (decision === 'withdraw') await revoke(deps, row, reason, actor);
  const reviewed = { reviewedAt: at, reviewedBy: actor, review: decision, reviewReason: reason };
  try {
    await transactor.commit([
      {
        ...{ op: 'conferral.change', tenant, conferralId, from },
        set:
          decision === 'withdraw'
            ? { state: 'withdrawn', ...reviewed }
            : { state: 'conferred', ...reviewed, acceptedSha256: findingsDigest(row.findings ?? []) },
      },
      { op: 'audit.append', at, tenant, actor, operation: `conferral.${decision}`, object: conferralId },
    ]);
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error;
    throw new Problem('conflict', 'somebody else has reviewed it just now', { cause: error });
  }
  return (await reader.conferral(tenant, conferralId))!;
}

/** One that is revoked already is left; that it can be revoked was asked when it was conferred. */
async function revoke({ reader, status }: ReviewDeps, row: ConferralRecord, reason: string, actor: string) {
  const { tenant } = row;
  const credentialId = row.credentialId!;
  if ((await reader.credential(credentialId))?.state === 'revoked') return;
  await status.change({ tenant, credentialId, action: 'revoke', reason, actor });
}
