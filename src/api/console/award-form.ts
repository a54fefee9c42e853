import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from '#auth';
import { type JsonObject, randomId } from '#kernel';
import { type FormPage, renderAwardForm } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { type Handlers, principalOf } from '../http/operation.ts';
import { createDesk, shownProblem } from './desk.ts';

/** The form, as it arrives. */
interface Form {
  once: string;
  achievementId: string;
  name?: string;
  email?: string;
  studentNumber?: string;
  guardianEmail?: string;
  guardianUntil?: string;
  certificateNumber?: string;
  awardedDate?: string;
  validUntil?: string;
  include?: string;
}

const OF_RECIPIENT = [
  ...(['name', 'email', 'studentNumber', 'certificateNumber', 'awardedDate', 'validUntil'] as const),
  ...(['guardianEmail', 'guardianUntil'] as const),
];

/** One award to one person, without a file. */
export function consoleAwardForm(deps: ApiDeps): Handlers<'getConsoleAwardForm' | 'submitConsoleAward'> {
  const { approvals, random } = deps;
  const desk = createDesk(deps);

  async function form(request: FastifyRequest, reply: FastifyReply, { typed, problem }: FormPage) {
    const achievements = await desk.achievements(principalOf(request).tenant);
    // Refused, it is another form: the answer of the first is kept under its own word.
    const once = randomId(random);
    const data = { achievements, typed: { ...typed, once }, ...(problem ? { problem } : {}) };
    return desk.send(request, reply, renderAwardForm(desk.site(request), await desk.officer(request), data));
  }

  return {
    getConsoleAwardForm(request, reply) {
      const { achievementId } = request.query as { achievementId?: string };
      return form(request, reply, { typed: achievementId === undefined ? {} : { achievementId } });
    },

    async submitConsoleAward(request, reply) {
      const principal = principalOf(request);
      const { tenant, person } = principal;
      const typed = request.body as Form;
      try {
        const done = await approvals.submit({
          ...{ tenant, actor: actorOf(principal), body: requestOf(typed), idempotencyKey: `console-${typed.once}` },
          ...(person === undefined ? {} : { person }),
        });
        const path =
          'issued' in done ? `awards/${done.issued[0]!.credentialId}` : `approvals/${done.approval.approvalId}`;
        return desk.go(request, reply, `/console/${path}`);
      } catch (error) {
        const { status, ...problem } = shownProblem(error);
        return form(request, reply.code(status), { typed: { ...typed }, problem });
      }
    },
  };
}

/** What was left empty is not there; what is wrong stays wrong, for the use case to say so. */
function requestOf(form: Form): JsonObject {
  const said = OF_RECIPIENT.flatMap((name) => {
    const text = form[name]?.trim();
    return text ? [[name, text] as const] : [];
  });
  return {
    achievementId: form.achievementId,
    ...(form.include ? { include: form.include.split(',') } : {}),
    recipients: [Object.fromEntries(said)],
  };
}
