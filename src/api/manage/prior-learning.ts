import { actorOf } from '#auth';
import type { Json } from '#kernel';
import {
  type CaseEntry,
  type CaseFile,
  type CaseFilter,
  type CaseRecord,
  feedbackOf,
  type Said,
} from '#prior-learning';
import type { ApiDeps } from '../deps.ts';
import { pageOf, sendPage } from '../http/listing.ts';
import { type Handlers, principalOf } from '../http/operation.ts';
import { showApproval } from './approvals.ts';
import { createCredentialsAnswer } from './issued.ts';
import { keyHolder } from './key-holder.ts';

type Operations =
  | 'openPriorLearning'
  | 'listPriorLearning'
  | 'readPriorLearning'
  | 'addPriorLearningEvidence'
  | 'assessPriorLearning'
  | 'appealPriorLearning'
  | 'awardPriorLearning'
  | 'withdrawPriorLearning';

export function managePriorLearning(deps: ApiDeps): Handlers<Operations> {
  const { priorLearning, reader, publicUrl } = deps;
  const answer = createCredentialsAnswer(deps);
  type Request = Parameters<typeof principalOf>[0];
  const callOf = (request: Request) => {
    const principal = principalOf(request);
    const { tenant, person } = principal;
    const { caseId = '' } = request.params as { caseId?: string };
    const named = person === undefined ? {} : { person };
    return { tenant, actor: actorOf(principal), caseId, body: (request.body ?? {}) as Json, ...named };
  };
  const act =
    (name: 'open' | 'addEvidence' | 'assess' | 'appeal' | 'withdraw', code: number): Handlers<Operations>[Operations] =>
    async (request, reply) => {
      const file = await priorLearning[name](callOf(request));
      reply.code(code).header('cache-control', 'no-store');
      if (name === 'open') reply.header('location', `${publicUrl}/v1/prior-learning/${file.record.caseId}`);
      return showFile(file);
    };
  return {
    openPriorLearning: act('open', 201),
    addPriorLearningEvidence: act('addEvidence', 201),
    assessPriorLearning: act('assess', 201),
    appealPriorLearning: act('appeal', 201),
    withdrawPriorLearning: act('withdraw', 200),

    async listPriorLearning(request, reply) {
      const { state, route, achievementId } = request.query as Omit<CaseFilter, 'tenant'>;
      const filter = {
        tenant: principalOf(request).tenant,
        ...(state === undefined ? {} : { state }),
        ...(route === undefined ? {} : { route }),
        ...(achievementId === undefined ? {} : { achievementId }),
      };
      return sendPage(request, reply, await reader.priorLearningCases(filter, pageOf(request)), showCase, publicUrl);
    },

    async readPriorLearning(request, reply) {
      const { tenant, caseId } = callOf(request);
      reply.header('cache-control', 'no-store');
      return showFile(await priorLearning.get(tenant, caseId));
    },

    async awardPriorLearning(request, reply) {
      const call = callOf(request);
      const { record } = await priorLearning.award(call);
      const shown = { case: showCase(record) };
      if (record.credentialId !== undefined) {
        const [row] = await reader.credentialsByIds(call.tenant, [record.credentialId]);
        return answer(reply, [{ record: row!, text: row!.signed! }], shown);
      }
      const approval = record.approvalId && (await reader.approval(call.tenant, record.approvalId));
      reply.code(202).header('cache-control', 'no-store');
      return approval ? { ...shown, approval: showApproval(approval) } : shown;
    },
  };
}

/** How far it is; the candidate and what was said only where one case is read. */
function showCase(record: CaseRecord) {
  const { caseId: id, state, route, achievementId, achievementVersion: version, openedAt } = record;
  const { approvalId, credentialId, reason, closedAt } = record;
  return {
    ...{ id, state, route, achievementId, version, openedAt },
    openedBy: keyHolder(record.openedBy, record.openedPerson),
    ...(approvalId === undefined ? {} : { approvalId }),
    ...(credentialId === undefined ? {} : { credentialId }),
    ...(reason === undefined ? {} : { reason }),
    ...(closedAt === undefined ? {} : { closedAt }),
  };
}

function showFile({ record, outcomes, evidence, assessments, appeals }: CaseFile) {
  const { candidate, trainingProvider } = record;
  const entered = ({ at, by, person }: CaseEntry) => ({ at, by: keyHolder(by, person) });
  const show = ({ entry, said }: Said<object>) => ({ number: entry.number, ...said, ...entered(entry) });
  return {
    ...showCase(record),
    candidate,
    ...(trainingProvider === undefined ? {} : { trainingProvider }),
    outcomes,
    workplaceEvidence: evidence.map(show),
    assessments: assessments.map(({ entry, said }) => ({
      number: entry.number,
      record: said,
      // Whoever has the record as canonical JSON can compare it with what the credential carries.
      sha256: entry.sha256,
      feedback: feedbackOf(said, outcomes),
      ...entered(entry),
    })),
    appeals: appeals.map(show),
  };
}
