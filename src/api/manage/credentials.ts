import { actorOf } from '#auth';
import type { CredentialFilter, ListedCredential, StatusAction, StatusEventRecord } from '#credentials';
import { type Json, Problem } from '#kernel';
import type { ApiDeps } from '../deps.ts';
import { pageOf, sendPage } from '../http/listing.ts';
import { type Handlers, principalOf } from '../http/operation.ts';
import { splice } from '../http/splice.ts';
import { showApproval } from './approvals.ts';
import { createCredentialsAnswer, showCredential } from './issued.ts';

export function manageCredentials(
  deps: ApiDeps,
): Handlers<'issueCredentials' | 'listCredentials' | 'readCredential' | 'changeCredentialStatus'> {
  const { approvals, status, reader, publicUrl } = deps;
  const answer = createCredentialsAnswer(deps);
  const show = (row: ListedCredential) => showCredential(row, publicUrl);
  return {
    async issueCredentials(request, reply) {
      const principal = principalOf(request);
      const idempotencyKey = request.headers['idempotency-key'] as string | undefined;
      const { tenant, person } = principal;
      const done = await approvals.submit({
        tenant,
        actor: actorOf(principal),
        body: request.body as Json,
        ...(person === undefined ? {} : { person }),
        ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
      });
      if ('issued' in done) return answer(reply, done.issued);
      const { approvalId } = done.approval;
      reply.code(202).header('location', `${publicUrl}/v1/approvals/${approvalId}`).header('cache-control', 'no-store');
      return { approval: showApproval(done.approval) };
    },

    async listCredentials(request, reply) {
      // Their shape was checked against openapi.yaml, which has no other names for them.
      const { limit: _, cursor: __, ...asked } = request.query as Omit<CredentialFilter, 'tenant'> & PageQuery;
      const filter = { ...asked, tenant: principalOf(request).tenant };
      return sendPage(request, reply, await reader.credentials(filter, pageOf(request)), show, publicUrl);
    },

    async readCredential(request, reply) {
      const { credentialId } = request.params as { credentialId: string };
      const row = await reader.credential(credentialId);
      if (!row || row.tenant !== principalOf(request).tenant) {
        throw new Problem('not-found', 'there is no such credential');
      }
      const events = (await reader.statusEvents(credentialId)).map(showEvent);
      reply.type('application/json').header('cache-control', 'no-store');
      return reply.send(splice({ ...show(row), events }, 'credential', row.signed));
    },

    async changeCredentialStatus(request) {
      const principal = principalOf(request);
      const { credentialId } = request.params as { credentialId: string };
      const { action, reason } = request.body as { action: StatusAction; reason: string };
      const { tenant } = principal;
      const done = await status.change({ tenant, credentialId, action, reason, actor: actorOf(principal) });
      return { id: done.credentialId, state: done.state, at: done.at, published: done.published };
    },
  };
}

function showEvent({ action, reason, at, actor }: StatusEventRecord) {
  return { action, reason, at, actor };
}

interface PageQuery {
  limit?: string;
  cursor?: string;
}
