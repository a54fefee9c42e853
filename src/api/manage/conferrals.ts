import { actorOf, keyIdOf } from '#auth';
import type { ConferralRecord, ConferralState } from '#conferrals';
import { Problem } from '#kernel';
import type { ApiDeps } from '../deps.ts';
import { pageOf, sendPage } from '../http/listing.ts';
import { type Handlers, principalOf } from '../http/operation.ts';
import { splice } from '../http/splice.ts';

export function manageConferrals(
  deps: ApiDeps,
): Handlers<'createConferral' | 'listConferrals' | 'readConferral' | 'getLearnerRecord' | 'reviewConferral'> {
  const { conferrals, reader, publicUrl } = deps;
  const show = (row: ConferralRecord) => showConferral(row, publicUrl);

  /** With the components, and the credential as it was signed, once there is one. */
  async function whole(row: ConferralRecord): Promise<string> {
    const components = (await reader.components(row.tenant, row.conferralId)).map(
      ({ credential, componentAwardId: awardId, sha256, credentialId, stateSeen }) => {
        return { credential, awardId, sha256, ...(credentialId === undefined ? {} : { state: stateSeen }) };
      },
    );
    const issued = row.credentialId === undefined ? undefined : await reader.credential(row.credentialId);
    return splice({ ...show(row), components }, 'credential', issued?.signed);
  }

  return {
    async createConferral(request, reply) {
      const principal = principalOf(request);
      const { tenant, person } = principal;
      const row = await conferrals.confer(request.body as Parameters<typeof conferrals.confer>[0], {
        ...{ tenant, actor: actorOf(principal) },
        ...(person === undefined ? {} : { person }),
      });
      reply.code(row.state === 'awaiting_approval' ? 202 : 201).type('application/json');
      reply.header('location', `${publicUrl}/v1/conferrals/${row.conferralId}`).header('cache-control', 'no-store');
      return reply.send(await whole(row));
    },

    async listConferrals(request, reply) {
      const { state, subjectId } = request.query as { state?: ConferralState; subjectId?: string };
      const filter = {
        tenant: principalOf(request).tenant,
        ...(state === undefined ? {} : { state }),
        ...(subjectId === undefined ? {} : { subjectId }),
      };
      return sendPage(request, reply, await reader.conferrals(filter, pageOf(request)), show, publicUrl);
    },

    async readConferral(request, reply) {
      const { conferralId } = request.params as { conferralId: string };
      const row = await reader.conferral(principalOf(request).tenant, conferralId);
      if (!row) throw new Problem('not-found', 'there is no such conferral');
      return reply
        .type('application/json')
        .header('cache-control', 'no-store')
        .send(await whole(row));
    },

    async getLearnerRecord(request, reply) {
      const { conferralId } = request.params as { conferralId: string };
      const row = await reader.conferral(principalOf(request).tenant, conferralId);
      if (!row) throw new Problem('not-found', 'there is no such conferral');
      reply.type('application/vc').header('cache-control', 'no-store');
      return reply.send(await conferrals.learnerRecord(row));
    },

    async reviewConferral(request, reply) {
      const principal = principalOf(request);
      const { conferralId } = request.params as { conferralId: string };
      const input = request.body as { decision: 'uphold' | 'withdraw'; reason: string };
      reply.header('cache-control', 'no-store');
      return show(await conferrals.review(input, { tenant: principal.tenant, conferralId, actor: actorOf(principal) }));
    },
  };
}

function showConferral(row: ConferralRecord, publicUrl: string) {
  const { tenant: _, conferralId: id, body: __, preparedPerson: ___, acceptedSha256: ____, ...more } = row;
  const { learnerRecord: _____, ...rest } = more;
  const { preparedBy, reviewedBy, credentialId, problem, ...plain } = rest;
  return {
    ...{ id, ...plain, preparedBy: keyIdOf(preparedBy) },
    ...(reviewedBy === undefined ? {} : { reviewedBy: keyIdOf(reviewedBy) }),
    ...(credentialId === undefined ? {} : { credentialId, credentialUrl: `${publicUrl}/credentials/${credentialId}` }),
    ...(problem === undefined ? {} : { problem: new Problem(problem.kind, problem.detail).toDocument() }),
  };
}
