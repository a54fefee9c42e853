import type { AccreditationRecord, EventInput, GrantInput } from '#accreditation';
import { actorOf } from '#auth';
import type { ApiDeps } from '../deps.ts';
import { pageOf, sendPage } from '../http/listing.ts';
import { type Handlers, principalOf } from '../http/operation.ts';
import { splice } from '../http/splice.ts';

export function manageAccreditations(
  deps: ApiDeps,
): Handlers<'createAccreditation' | 'listAccreditations' | 'createAccreditationEvent'> {
  const { accreditations, publicUrl } = deps;
  const show = ({ tenant: _, accreditationId, signed: __, ...row }: AccreditationRecord) => ({
    id: accreditationId,
    url: `${publicUrl}/accreditations/${accreditationId}`,
    ...row,
  });
  return {
    async createAccreditation(request, reply) {
      const principal = principalOf(request);
      const row = await accreditations.grant(principal.tenant, request.body as GrantInput, actorOf(principal));
      const shown = show(row);
      reply.code(201).type('application/json').header('location', shown.url);
      return reply.send(splice(shown, 'credential', row.signed));
    },

    async listAccreditations(request, reply) {
      const page = await accreditations.list(principalOf(request).tenant, pageOf(request));
      return sendPage(request, reply, page, show, publicUrl);
    },

    async createAccreditationEvent(request, reply) {
      const principal = principalOf(request);
      const { accreditationId } = request.params as { accreditationId: string };
      const input = request.body as EventInput;
      const view = await accreditations.recordEvent(principal.tenant, accreditationId, input, actorOf(principal));
      reply.code(201);
      const events = view.events.map(({ type, effectiveAt, recordedAt, by, reason }) => {
        return { type, effectiveAt, recordedAt, by, reason };
      });
      return { ...show(view.record), standing: view.standing, events };
    },
  };
}
