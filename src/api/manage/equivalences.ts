import { actorOf } from '#auth';
import {
  type EquivalenceEventInput,
  type EquivalenceInput,
  type EquivalenceState,
  type EquivalenceView,
  equivalenceUrl,
} from '#equivalences';
import { Problem } from '#kernel';
import type { ApiDeps } from '../deps.ts';
import { pageOf, sendPage } from '../http/listing.ts';
import { type Handlers, principalOf } from '../http/operation.ts';
import { splice } from '../http/splice.ts';

export function manageEquivalences(
  deps: ApiDeps,
): Handlers<
  | 'createEquivalence'
  | 'listEquivalences'
  | 'readEquivalence'
  | 'updateEquivalence'
  | 'decideEquivalence'
  | 'createEquivalenceEvent'
> {
  const { equivalences, institutions, reader, publicUrl } = deps;

  const show = ({ record, events, standing, appealOpen }: EquivalenceView) => {
    const { tenant, equivalenceId: id, input: decision, ...rest } = record;
    return {
      ...{ id, url: equivalenceUrl(publicUrl, id), ...rest, standing, appealOpen },
      ...{ decidedBy: institutions.didOf(tenant), decision },
      events: events.map(({ tenant: _, equivalenceId: __, ...event }) => event),
    };
  };

  /** With the signed document, byte for byte. */
  const whole = async (view: EquivalenceView): Promise<string> => {
    const row = await reader.equivalenceEdition(view.record.equivalenceId);
    const { edition, sha256, signed } = row ?? {};
    return splice({ ...show(view), ...(row ? { edition, sha256 } : {}) }, 'credential', signed);
  };

  return {
    async createEquivalence(request, reply) {
      const principal = principalOf(request);
      const { tenant } = principal;
      const input = request.body as EquivalenceInput;
      const view = await equivalences.draft({ ...input, tenant, actor: actorOf(principal) });
      reply.code(201).header('location', `${publicUrl}/v1/equivalences/${view.record.equivalenceId}`);
      return show(view);
    },

    async listEquivalences(request, reply) {
      const { state } = request.query as { state?: EquivalenceState };
      const filter = { tenant: principalOf(request).tenant, ...(state === undefined ? {} : { state }) };
      return sendPage(request, reply, await equivalences.list(filter, pageOf(request)), show, publicUrl);
    },

    async readEquivalence(request, reply) {
      const { equivalenceId } = request.params as { equivalenceId: string };
      const view = await equivalences.get(equivalenceId);
      if (!view || view.record.tenant !== principalOf(request).tenant) {
        throw new Problem('not-found', 'there is no such equivalence');
      }
      return reply.type('application/json').send(await whole(view));
    },

    async updateEquivalence(request) {
      const principal = principalOf(request);
      const { equivalenceId } = request.params as { equivalenceId: string };
      const { revision } = request.query as { revision: string };
      const chosen = { tenant: principal.tenant, actor: actorOf(principal), equivalenceId };
      return show(
        await equivalences.edit({ ...(request.body as EquivalenceInput), ...chosen, revision: Number(revision) }),
      );
    },

    async decideEquivalence(request, reply) {
      const principal = principalOf(request);
      const { equivalenceId } = request.params as { equivalenceId: string };
      const { revision } = request.body as { revision: number };
      const chosen = { tenant: principal.tenant, actor: actorOf(principal), equivalenceId };
      const view = await equivalences.decide({ ...chosen, revision });
      reply.code(201).type('application/json').header('location', equivalenceUrl(publicUrl, equivalenceId));
      return reply.send(await whole(view));
    },

    async createEquivalenceEvent(request, reply) {
      const principal = principalOf(request);
      const { equivalenceId } = request.params as { equivalenceId: string };
      const chosen = { tenant: principal.tenant, actor: actorOf(principal), equivalenceId };
      reply.code(201);
      return show(await equivalences.recordEvent({ ...(request.body as EquivalenceEventInput), ...chosen }));
    },
  };
}
