import type { HolderBadge, HolderSessionRecord, Holders } from '#holders';
import { fieldProblem, type JsonObject } from '#kernel';
import type { StackInput, StackReport } from '#verifier';
import type { ApiDeps } from '../deps.ts';
import { holderCookie } from '../http/holder-cookie.ts';
import type { Handlers } from '../http/operation.ts';
import { showIdentifier, tokenOf } from './sessions.ts';

interface EvaluationRequest {
  pathway: string | JsonObject;
  date?: string;
  /** Ids of badges of this service; all when absent. */
  badges?: string[];
  /** Badges of elsewhere. */
  credentials?: (string | JsonObject)[];
}

export function holderBadges(deps: ApiDeps): Handlers<'listHolderCredentials' | 'createHolderEvaluation'> {
  const { holders, publicUrl } = deps;
  const cookie = holderCookie(publicUrl);
  const evaluate = holderEvaluation(deps);
  return {
    async listHolderCredentials(request, reply) {
      const badges = await holders.badges(await tokenOf(request, { holders, cookie }));
      reply.header('cache-control', 'no-store');
      return { items: badges.map((badge) => showBadge(badge, publicUrl)) };
    },

    async createHolderEvaluation(request, reply) {
      cookie.fromHere(request);
      const token = await tokenOf(request, { holders, cookie });
      const { badges, ...asked } = request.body as EvaluationRequest;
      reply.header('cache-control', 'no-store');
      return evaluate(token, asked, badges);
    },
  };
}

/** Evaluates a pathway with the badges of a session, or with those of them that were chosen. */
export function holderEvaluation({ holders, reader, verifier }: Pick<ApiDeps, 'holders' | 'reader' | 'verifier'>) {
  return async (
    token: string,
    asked: Omit<StackInput, 'person'>,
    chosen: readonly string[] | undefined,
  ): Promise<StackReport> => {
    const { identifiers } = await known(holders, token);
    const records = await Promise.all(
      choose(await holders.badges(token), chosen).map(async ({ credentialId, boundBy }) => {
        const document = (await reader.credential(credentialId))?.signed;
        if (document === undefined) throw new Error('an issued badge without its text');
        return { document, boundBy };
      }),
    );
    return verifier.evaluateStack({ ...asked, person: { identifiers, records } });
  };
}

async function known(holders: Holders, token: string): Promise<HolderSessionRecord> {
  const session = await holders.session(token);
  if (!session) throw new Error('the session ended meanwhile');
  return session;
}

/** @throws Problem `invalid-request` at `/badges/N` for one that is not of this holder, which is not told from one that is not there */
function choose(badges: readonly HolderBadge[], chosen: readonly string[] | undefined): readonly HolderBadge[] {
  if (chosen === undefined) return badges;
  return chosen.map((id, index) => {
    const badge = badges.find(({ credentialId }) => credentialId === id);
    if (!badge) throw fieldProblem('invalid-request', `/badges/${index}`, 'is not a badge of this session');
    return badge;
  });
}

function showBadge({ credentialId: id, tenant, awardId, state, issuedAt, boundBy }: HolderBadge, publicUrl: string) {
  const url = `${publicUrl}/credentials/${id}`;
  return { id, url, awardId, institution: tenant, state, issuedAt, boundBy: showIdentifier(boundBy) };
}
