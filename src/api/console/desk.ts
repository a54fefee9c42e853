import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApprovalRecord } from '#credentials';
import type { BatchRecord } from '#jobs';
import { type Clock, formatInstant, LIMITS, Problem } from '#kernel';
import type {
  ConsoleProblem,
  ConsoleRole,
  ListedAchievement,
  ListedApproval,
  ListedBatch,
  MomentView,
  Officer,
  Site,
} from '#pages';
import type { ApiDeps } from '../deps.ts';
import { principalOf } from '../http/operation.ts';
import { publish } from '../http/publish.ts';
import { sameLang, siteOf } from '../http/site.ts';

/** What every page of the console needs besides its own data. */
export interface Desk {
  site(request: FastifyRequest): Site;
  /** Who looks, by the session or key that was let in. */
  officer(request: FastifyRequest): Promise<Officer>;
  /** Kept by nobody and in no index. */
  send(request: FastifyRequest, reply: FastifyReply, body: string): Promise<FastifyReply>;
  /** After a form, so that loading the page again sends nothing again. */
  go(request: FastifyRequest, reply: FastifyReply, path: string): FastifyReply;
  /** Names of achievements, each looked up once. @returns what asks */
  names(): (achievementId: string) => Promise<string>;
  listedBatches(batches: readonly BatchRecord[]): Promise<ListedBatch[]>;
  listedApprovals(approvals: readonly ApprovalRecord[]): Promise<ListedApproval[]>;
  /** To choose from: as many as one page has. */
  achievements(tenant: string): Promise<ListedAchievement[]>;
}

export function createDesk(deps: ApiDeps): Desk {
  const { reader } = deps;
  const site = (request: FastifyRequest) => siteOf(request, deps.specimen);

  function names() {
    const known = new Map<string, Promise<string>>();
    const ask = async (id: string) => nameOf((await reader.achievement(id))?.document, id);
    return (id: string) => {
      const found = known.get(id) ?? ask(id);
      known.set(id, found);
      return found;
    };
  }

  return {
    site,
    async officer(request) {
      const { tenant, role } = principalOf(request);
      if (!isConsoleRole(role)) throw new Error(`the console was opened to the role ${role}`);
      return { role, institution: (await deps.institutions.get(tenant))?.profile.name ?? tenant };
    },
    send: (request, reply, body) =>
      publish(request, reply.header('x-robots-tag', 'noindex, nofollow'), { body, type: 'text/html', cache: 'never' }),
    go: (request, reply, path) =>
      reply
        .code(303)
        .headers({ location: `${path}${sameLang(request)}`, 'cache-control': 'no-store' })
        .send(),
    names,
    listedBatches(batches) {
      const name = names();
      return Promise.all(batches.map(async (one) => ({ ...listed(one), achievement: await name(one.achievementId) })));
    },
    listedApprovals(approvals) {
      const name = names();
      return Promise.all(
        approvals.map(async ({ approvalId, state, recipients, preparedAt, preparedPerson, ...one }) => ({
          ...{ approvalId, state, recipients, preparedAt, preparedPerson, achievement: await name(one.achievementId) },
          ...(one.decidedPerson === undefined ? {} : { decidedPerson: one.decidedPerson }),
        })),
      );
    },
    async achievements(tenant) {
      const { items } = await reader.achievements(tenant, { limit: LIMITS.pageSizeMax });
      const all = items.map(({ achievementId, version, createdAt, document }) => ({
        ...{ achievementId, version, createdAt, name: nameOf(document, achievementId) },
      }));
      return all.sort((one, other) => one.name.localeCompare(other.name));
    },
  };
}

const ROLES: ReadonlySet<string> = new Set<ConsoleRole>(['issuer', 'approver', 'authority', 'auditor']);
const isConsoleRole = (role: string): role is ConsoleRole => ROLES.has(role);

const listed = ({ batchId, createdAt, state, rows, invalidRows, issuedRows, failedRows, person }: BatchRecord) => ({
  ...{ batchId, createdAt, state, rows, invalidRows, issuedRows, failedRows },
  ...(person === undefined ? {} : { person }),
});

export function nameOf(document: Readonly<Record<string, unknown>> | undefined, otherwise: string): string {
  return typeof document?.name === 'string' ? document.name : otherwise;
}

/**
 * What a page shows of a problem, where the form is.
 * @throws what is no problem of whoever sent the form
 */
export function shownProblem(error: unknown): ConsoleProblem & { status: number } {
  if (!(error instanceof Problem) || error.kind === 'not-found' || error.kind === 'internal') throw error;
  return { kind: error.kind, detail: error.message, errors: error.errors, status: error.status };
}

/** The moment that the pages of an authority are about. */
export function today(clock: Clock): MomentView {
  const now = formatInstant(clock.now());
  return { at: now, knownAt: now, asked: {} };
}
