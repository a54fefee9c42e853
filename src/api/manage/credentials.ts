import { actorOf } from '#auth';
import type { CredentialRecord, CredentialState, StatusAction, StatusEventRecord } from '#credentials';
import { type Json, Problem } from '#kernel';
import type { ApiDeps } from '../deps.ts';
import { pageOf, sendPage } from '../http/listing.ts';
import { type Handlers, principalOf } from '../http/operation.ts';
import { splice } from '../http/splice.ts';

export function manageCredentials(
  deps: ApiDeps,
): Handlers<'issueCredentials' | 'listCredentials' | 'readCredential' | 'changeCredentialStatus'> {
  const { issuer, status, reader, publicUrl } = deps;
  const show = (row: CredentialRecord) => showCredential(row, publicUrl);
  return {
    async issueCredentials(request, reply) {
      const principal = principalOf(request);
      const idempotencyKey = request.headers['idempotency-key'] as string | undefined;
      const { tenant } = principal;
      const issued = await issuer.issue({
        tenant,
        actor: actorOf(principal),
        body: request.body as Json,
        ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
      });
      const ids = issued.map(({ credentialId }) => credentialId);
      const rows = new Map((await reader.credentialsByIds(tenant, ids)).map((row) => [row.credentialId, row]));
      // The text is the one that was released by the issuer, not a second reading of it.
      const items = issued.map(({ credentialId, text }) => splice(show(rows.get(credentialId)!), 'credential', text));
      reply.code(201).type('application/json').header('cache-control', 'no-store');
      return reply.send(`{"credentials":[${items.join(',')}]}`);
    },

    async listCredentials(request, reply) {
      const { achievementId, state, batchId } = request.query as {
        achievementId?: string;
        state?: CredentialState;
        batchId?: string;
      };
      const filter = {
        tenant: principalOf(request).tenant,
        ...(achievementId === undefined ? {} : { achievementId }),
        ...(state === undefined ? {} : { state }),
        ...(batchId === undefined ? {} : { batchId }),
      };
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

function showCredential(row: CredentialRecord, publicUrl: string) {
  const { credentialId, tenant: _, unsigned: __, signed: ___, ...rest } = row;
  const { keyId: ____, proofCreated: _____, idempotencyKey: ______, ...shown } = rest;
  return { id: credentialId, url: `${publicUrl}/credentials/${credentialId}`, ...shown };
}

function showEvent({ action, reason, at, actor }: StatusEventRecord) {
  return { action, reason, at, actor };
}
