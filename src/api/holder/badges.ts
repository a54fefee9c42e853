import type { HolderBadge, HolderSessionRecord, Holders } from '#holders';
import { belongsTo, type CountedImport, sentenceOf } from '#imports';
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
  /** Ids of badges of elsewhere that are kept here; all when absent, and none where only badges of this service were named. */
  imports?: string[];
  /** Badges of elsewhere. */
  credentials?: (string | JsonObject)[];
}

/** Of this holder: absent means all of that kind. */
interface Chosen {
  badges?: readonly string[];
  imports?: readonly string[];
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
      const { badges, imports, ...asked } = request.body as EvaluationRequest;
      reply.header('cache-control', 'no-store');
      const kept = imports ?? (badges === undefined ? undefined : []);
      return evaluate(token, asked, { ...(badges ? { badges } : {}), ...(kept ? { imports: kept } : {}) });
    },
  };
}

/** Badges in one evaluation. */
const MOST = 100;

/**
 * Evaluates a pathway with the badges of a session and those of elsewhere that it keeps, or with those of them that were
 * chosen: all of one person, and no ward's. All are verified now, whatever was found out about them before.
 */
export function holderEvaluation({
  holders,
  imports,
  reader,
  verifier,
  publicUrl,
}: Pick<ApiDeps, 'holders' | 'imports' | 'reader' | 'verifier' | 'publicUrl'>) {
  return async (token: string, asked: Omit<StackInput, 'person'>, chosen: Chosen = {}): Promise<StackReport> => {
    const { identifiers } = await known(holders, token);
    const badges = choose(ofOneself(await holders.badges(token)), chosen.badges);
    const records = await Promise.all(
      badges.map(async ({ credentialId, boundBy }) => {
        const document = (await reader.credential(credentialId))?.signed;
        if (document === undefined) throw new Error('an issued badge without its text');
        return { document, boundBy };
      }),
    );
    const given = asked.credentials ?? [];
    // A badge of this service that was brought back is there already.
    const own = new Set(badges.map(({ credentialId }) => `${publicUrl}/credentials/${credentialId}`));
    const elsewhere = identifiers.length === 0 ? [] : await imports.countable(identifiers);
    const bound = elsewhere.filter((one) => belongsTo(identifiers, one) && !own.has(one.credentialId));
    const kept = chooseKept(bound, chosen.imports).slice(0, Math.max(0, MOST - records.length - given.length));
    const credentials = [...given, ...kept.map(({ document }) => document)];
    const report = await verifier.evaluateStack({ ...asked, credentials, person: { identifiers, records } });
    await imports.looked(
      kept.map(({ importId }, index) => {
        const { verdict, sentence } = report.credentials[given.length + index]!;
        return { importId, verdict, sentence: sentenceOf({ verdict, sentence }) };
      }),
    );
    return report;
  };
}

/** @throws Problem `invalid-request` at `/imports/N` for one that is not kept here, or not shown to be of this holder */
function chooseKept(bound: readonly CountedImport[], chosen: readonly string[] | undefined): readonly CountedImport[] {
  if (chosen === undefined) return bound;
  return chosen.map((id, index) => {
    const found = bound.find(({ importId }) => importId === id);
    if (!found) throw fieldProblem('invalid-request', `/imports/${index}`, 'is no badge that counts for this session');
    return found;
  });
}
const ofOneself = (badges: readonly HolderBadge[]) => badges.filter(({ as }) => as !== 'guardian');

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

function showBadge(
  { credentialId: id, tenant, awardId, state, issuedAt, boundBy, as, ward }: HolderBadge,
  publicUrl: string,
) {
  const url = `${publicUrl}/credentials/${id}`;
  const whose = { boundBy: showIdentifier(boundBy), as, ...(ward ? { ward } : {}) };
  return { id, url, awardId, institution: tenant, state, issuedAt, ...whose };
}
