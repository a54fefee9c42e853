import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from '#auth';
import { type ApprovalRecord, wantsTwoPersons } from '#credentials';
import { LIMITS, Problem } from '#kernel';
import { type ApprovalPage, type ConsoleProblem, renderApproval, renderApprovals } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { pageOf } from '../http/listing.ts';
import { type Handlers, principalOf } from '../http/operation.ts';
import { createDesk, shownProblem } from './desk.ts';

export function consoleApprovals(
  deps: ApiDeps,
): Handlers<'getConsoleApprovals' | 'getConsoleApproval' | 'decideConsoleApproval'> {
  const { reader, approvals } = deps;
  const desk = createDesk(deps);

  async function mustRead(request: FastifyRequest): Promise<ApprovalRecord> {
    const { approvalId } = request.params as { approvalId: string };
    const row = await reader.approval(principalOf(request).tenant, approvalId);
    if (!row) throw new Problem('not-found', 'there is no such approval');
    return row;
  }

  async function show(request: FastifyRequest, reply: FastifyReply, typed = {}, problem?: ConsoleProblem) {
    const row = await mustRead(request);
    const [listed] = await desk.listedApprovals([row]);
    const body = renderApproval(desk.site(request), await desk.officer(request), {
      ...listed!,
      people: peopleOf(row),
      body: JSON.stringify(row.body, null, 2),
      credentialIds: row.credentialIds ?? [],
      typed,
      ...(row.reason === undefined ? {} : { reason: row.reason }),
      ...(problem === undefined ? {} : { problem }),
    });
    return desk.send(request, reply, body);
  }

  return {
    async getConsoleApprovals(request, reply) {
      const { tenant } = principalOf(request);
      const two = wantsTwoPersons(await deps.institutions.get(tenant));
      const waiting = two ? await reader.latestBatches({ tenant, state: 'previewed', limit: LIMITS.pageSize }) : [];
      const { items: pending } = await reader.approvals({ tenant, state: 'pending' }, { limit: LIMITS.pageSize });
      const { items, next } = await reader.approvals({ tenant }, pageOf(request));
      const body = renderApprovals(desk.site(request), await desk.officer(request), {
        lists: await desk.listedBatches(waiting),
        pending: await desk.listedApprovals(pending),
        requests: await desk.listedApprovals(items),
        ...(next === undefined ? {} : { next }),
      });
      return desk.send(request, reply, body);
    },

    getConsoleApproval: (request, reply) => show(request, reply),

    async decideConsoleApproval(request, reply) {
      const principal = principalOf(request);
      const { tenant, approvalId } = await mustRead(request);
      const { person } = principal;
      const { decision, reason = '' } = request.body as { decision: 'approve' | 'reject'; reason?: string };
      try {
        await approvals.decide({
          ...{ tenant, approvalId, decision, actor: actorOf(principal) },
          ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
          ...(person === undefined ? {} : { person }),
        });
      } catch (error) {
        const { status, ...problem } = shownProblem(error);
        return show(request, reply.code(status), { reason }, problem);
      }
      return desk.go(request, reply, `/console/approvals/${approvalId}`);
    },
  };
}

/** Recipients as they were prepared; what is not text is left to the request itself, which stands below. */
function peopleOf({ body }: ApprovalRecord): ApprovalPage['people'] {
  const recipients = Array.isArray(body.recipients) ? body.recipients : [];
  return recipients.map((one) => {
    const member = (name: keyof ApprovalPage['people'][number]) => {
      const value = (one as Record<string, unknown> | null)?.[name];
      return typeof value === 'string' ? { [name]: value } : {};
    };
    return {
      ...{ ...member('name'), ...member('email'), ...member('studentNumber') },
      ...{ ...member('guardianEmail'), ...member('guardianUntil') },
    };
  });
}
