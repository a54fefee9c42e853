import { actorOf } from '#auth';
import type { ApprovalRecord, ApprovalState } from '#credentials';
import { Problem } from '#kernel';
import type { ApiDeps } from '../deps.ts';
import { pageOf, sendPage } from '../http/listing.ts';
import { type Handlers, principalOf } from '../http/operation.ts';
import { createCredentialsAnswer } from './issued.ts';
import { keyHolder } from './key-holder.ts';

export function manageApprovals(deps: ApiDeps): Handlers<'listApprovals' | 'readApproval' | 'decideApproval'> {
  const { approvals, reader, publicUrl } = deps;
  const answer = createCredentialsAnswer(deps);
  return {
    async listApprovals(request, reply) {
      const { state } = request.query as { state?: ApprovalState };
      const filter = { tenant: principalOf(request).tenant, ...(state === undefined ? {} : { state }) };
      return sendPage(request, reply, await reader.approvals(filter, pageOf(request)), showApproval, publicUrl);
    },

    async readApproval(request, reply) {
      const { approvalId } = request.params as { approvalId: string };
      const row = await reader.approval(principalOf(request).tenant, approvalId);
      if (!row) throw new Problem('not-found', 'there is no such approval');
      reply.header('cache-control', 'no-store');
      return { ...showApproval(row), request: row.body };
    },

    async decideApproval(request, reply) {
      const { approvalId } = request.params as { approvalId: string };
      const { decision, reason } = request.body as { decision: 'approve' | 'reject'; reason?: string };
      const principal = principalOf(request);
      const { tenant, person } = principal;
      const done = await approvals.decide({
        tenant,
        approvalId,
        decision,
        actor: actorOf(principal),
        ...(reason === undefined ? {} : { reason }),
        ...(person === undefined ? {} : { person }),
      });
      const shown = { approval: showApproval(done.approval) };
      return done.issued ? answer(reply, done.issued, shown) : shown;
    },
  };
}

/** What waits, or how it ended; the request itself, with its recipients, only where one is read. */
export function showApproval(row: ApprovalRecord) {
  const { approvalId: id, state, achievementId, achievementVersion: version, recipients, preparedAt } = row;
  const { decidedAt, decidedBy, decidedPerson, reason, settledAt, credentialIds, problem } = row;
  return {
    ...{ id, state, achievementId, version, recipients, preparedAt },
    preparedBy: keyHolder(row.preparedBy, row.preparedPerson),
    ...(decidedAt === undefined ? {} : { decidedAt, decidedBy: keyHolder(decidedBy!, decidedPerson!) }),
    ...(reason === undefined ? {} : { reason }),
    ...(settledAt === undefined ? {} : { settledAt }),
    ...(credentialIds === undefined ? {} : { credentialIds }),
    ...(problem === undefined
      ? {}
      : { problem: new Problem(problem.kind, problem.detail, { errors: problem.errors ?? [] }).toDocument() }),
  };
}
