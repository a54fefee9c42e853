import type {
  AccreditationEventRecord,
  AccreditationFilter,
  AccreditationRecord,
  AccreditationView,
  EventInput,
  GrantInput,
} from '#accreditation';
import { actorOf } from '#auth';
import type { ApiDeps } from '../deps.ts';
import { pageOf, sendPage } from '../http/listing.ts';
import { type Handlers, principalOf } from '../http/operation.ts';
import { splice } from '../http/splice.ts';

export function manageAccreditations(
  deps: ApiDeps,
): Handlers<'createAccreditation' | 'listAccreditations' | 'createAccreditationEvent'> {
  const { accreditations, publicUrl } = deps;
  const view = (one: AccreditationView) => showAccreditation(one, publicUrl);
  return {
    async createAccreditation(request, reply) {
      const principal = principalOf(request);
      const row = await accreditations.grant(principal.tenant, request.body as GrantInput, actorOf(principal));
      const shown = showRecord(row, publicUrl);
      reply.code(201).type('application/json').header('location', shown.url);
      return reply.send(splice(shown, 'credential', row.signed));
    },

    async listAccreditations(request, reply) {
      const { accredited, role, verb } = request.query as AccreditationFilter;
      const filter = {
        tenant: principalOf(request).tenant,
        ...(accredited === undefined ? {} : { accredited }),
        ...(role === undefined ? {} : { role }),
        ...(verb === undefined ? {} : { verb }),
      };
      return sendPage(request, reply, await accreditations.list(filter, pageOf(request)), view, publicUrl);
    },

    async createAccreditationEvent(request, reply) {
      const principal = principalOf(request);
      const { accreditationId } = request.params as { accreditationId: string };
      const input = request.body as EventInput;
      reply.code(201);
      return view(await accreditations.recordEvent(principal.tenant, accreditationId, input, actorOf(principal)));
    },
  };
}

function showRecord({ tenant: _, accreditationId, signed: __, ...row }: AccreditationRecord, publicUrl: string) {
  return { id: accreditationId, url: `${publicUrl}/accreditations/${accreditationId}`, ...row };
}

/** A grant with everything it was signed with, its standing and its history. */
export function showAccreditation(view: AccreditationView, publicUrl: string) {
  const { record, grant, events, standing, toReview } = view;
  const { legalInstrument, condition, decisionDate, parent, supersedes, maxDelegationDepth, provisional } = grant;
  return {
    ...showRecord(record, publicUrl),
    validFrom: grant.validFrom,
    ...(grant.validUntil ? { validUntil: grant.validUntil } : {}),
    legalInstrument,
    condition,
    ...(decisionDate ? { decisionDate } : {}),
    ...(parent ? { parent } : {}),
    ...(supersedes ? { supersedes } : {}),
    maxDelegationDepth,
    provisional,
    standing,
    events: events.map(showEvent),
    ...(toReview === undefined ? {} : { toReview }),
  };
}

function showEvent({ tenant: _, accreditationId: __, ...event }: AccreditationEventRecord) {
  return event;
}
