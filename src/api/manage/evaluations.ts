import { actorOf, keyIdOf } from '#auth';
import { type EvaluationRecord, type EvaluationSummary, evaluationUrl } from '#conferrals';
import { fieldProblem, LIMITS, Problem } from '#kernel';
import type { StackInput } from '#verifier';
import type { ApiDeps } from '../deps.ts';
import { pageOf, sendPage } from '../http/listing.ts';
import { type Handlers, principalOf } from '../http/operation.ts';

type Asked = Omit<StackInput, 'credentials'> & {
  credentials?: StackInput['credentials'];
  learner?: { subjectId: string };
};

export function manageEvaluations(
  deps: ApiDeps,
): Handlers<'createStoredEvaluation' | 'listStoredEvaluations' | 'readStoredEvaluation' | 'replayStoredEvaluation'> {
  const { evaluations, institutions, reader, publicUrl } = deps;
  const show = (row: EvaluationSummary) => showEvaluation(row, publicUrl);

  /** Ours only: what another institution issued is for the learner to show. */
  async function credentialsOf(
    { credentials = [], learner }: Asked,
    tenant: string,
  ): Promise<StackInput['credentials']> {
    if (!learner) return credentials;
    const own = await reader.credentialsOfSubject(tenant, learner.subjectId, LIMITS.issueList + 1);
    if (credentials.length + own.length === 0) {
      throw fieldProblem(
        'invalid-request',
        '/learner/subjectId',
        'this institution has issued nothing to this subject',
      );
    }
    return [...credentials, ...own.map(({ signed }) => signed!)];
  }

  return {
    async createStoredEvaluation(request, reply) {
      const principal = principalOf(request);
      const { tenant } = principal;
      const { learner: _, ...asked } = request.body as Asked;
      const credentials = await credentialsOf(request.body as Asked, tenant);
      const input = { ...asked, credentials, vouchedBy: institutions.didOf(tenant) };
      const row = await evaluations.evaluate(input, { tenant, actor: actorOf(principal) });
      reply.code(201).header('cache-control', 'no-store');
      reply.header('location', evaluationUrl(publicUrl, row.evaluationId));
      return showWhole(row, publicUrl);
    },

    async listStoredEvaluations(request, reply) {
      const { subjectId } = request.query as { subjectId?: string };
      const filter = { tenant: principalOf(request).tenant, ...(subjectId === undefined ? {} : { subjectId }) };
      return sendPage(request, reply, await reader.evaluations(filter, pageOf(request)), show, publicUrl);
    },

    async readStoredEvaluation(request, reply) {
      const { evaluationId } = request.params as { evaluationId: string };
      const row = await reader.evaluation(principalOf(request).tenant, evaluationId);
      if (!row) throw new Problem('not-found', 'there is no such evaluation');
      reply.header('cache-control', 'no-store');
      return showWhole(row, publicUrl);
    },

    async replayStoredEvaluation(request, reply) {
      const { evaluationId } = request.params as { evaluationId: string };
      reply.header('cache-control', 'no-store');
      return evaluations.replay(principalOf(request).tenant, evaluationId);
    },
  };
}

function showEvaluation(row: EvaluationSummary, publicUrl: string) {
  const { tenant: _, evaluationId: id, createdBy, ...rest } = row;
  return { id, url: evaluationUrl(publicUrl, id), createdBy: keyIdOf(createdBy), ...rest };
}

function showWhole(row: EvaluationRecord, publicUrl: string) {
  const { input, output, report, sources, ...summary } = row;
  const { pathway, credentials, decisions } = sources;
  const named = (kind: string) => (source: { id: string; sha256: string }) => {
    return { kind, id: source.id, sha256: source.sha256 };
  };
  return {
    ...showEvaluation(summary, publicUrl),
    report: { ...report, evaluation: JSON.parse(output) },
    input: JSON.parse(input),
    sources: [
      ...(pathway ? [pathway] : []).map(named('pathway')),
      ...credentials.map(named('credential')),
      ...decisions.map(named('decision')),
    ],
  };
}
