import type {
  HeldRegister,
  HoldInput,
  IssuingDecisionInput,
  IssuingDecisionRecord,
  SuccessionInput,
  SuccessionRecord,
} from '#accreditation';
import { actingTenant, actorOf, SYSTEM_TENANT } from '#auth';
import type { ApiDeps } from '../deps.ts';
import { pageOf, sendPage } from '../http/listing.ts';
import { type Handlers, principalOf } from '../http/operation.ts';

/** What became of institutions, decisions to issue, and registers of others. */
export function manageStanding(
  deps: ApiDeps,
): Handlers<
  | 'createSuccession'
  | 'listSuccessions'
  | 'createIssuingDecision'
  | 'listIssuingDecisions'
  | 'holdRegister'
  | 'listHeldRegisters'
> {
  const { successions, issuingDecisions, heldRegisters, reader, publicUrl } = deps;
  return {
    async createSuccession(request, reply) {
      const principal = principalOf(request);
      const row = await successions.record(principal.tenant, request.body as SuccessionInput, actorOf(principal));
      reply.code(201);
      return showSuccession(row);
    },

    async listSuccessions(request) {
      return { items: (await reader.successionsBy(principalOf(request).tenant)).map(showSuccession) };
    },

    async createIssuingDecision(request, reply) {
      const principal = principalOf(request);
      const tenant = actingTenant(principal, (request.params as { slug: string }).slug);
      const input = request.body as IssuingDecisionInput;
      reply.code(201);
      return showDecision(await issuingDecisions.record(tenant, input, actorOf(principal)));
    },

    async listIssuingDecisions(request, reply) {
      const tenant = actingTenant(principalOf(request), (request.params as { slug: string }).slug);
      const page = await issuingDecisions.list(tenant, pageOf(request));
      return sendPage(request, reply, page, showDecision, publicUrl);
    },

    async holdRegister(request, reply) {
      const principal = principalOf(request);
      const row = await heldRegisters.hold(SYSTEM_TENANT, request.body as HoldInput, actorOf(principal));
      reply.code(201);
      return showHeld(row);
    },

    async listHeldRegisters() {
      return { items: (await heldRegisters.list()).map(showHeld) };
    },
  };
}

export function showSuccession({ tenant: _, successionId: id, by: __, ...row }: SuccessionRecord) {
  return { id, ...row };
}

function showDecision({ tenant: _, decisionId: id, ...row }: IssuingDecisionRecord) {
  return { id, ...row };
}

function showHeld({ tenant: _, heldId: id, by: __, ...row }: HeldRegister) {
  return { id, ...row };
}
