import type { Principal, Role } from '#auth';
import {
  type Clock,
  formatInstant,
  Problem,
  type Random,
  randomId,
  randomToken,
  type Transactor,
  UniqueViolation,
} from '#kernel';
import { entry } from './audit.ts';
import { heldUntil, isLive, PEOPLE_LIMITS, REFUSALS, type Refusal, refusalOf } from './policy.ts';
import type {
  AccountRecord,
  AccountRoleRecord,
  Assurance,
  OfficerSessionRecord,
  PasskeyRecord,
  PeopleCommit,
  PeopleReader,
  PeopleWrite,
} from './ports.ts';
import { digestOf } from './tokens.ts';

export interface OfferedRole extends Pick<AccountRoleRecord, 'tenant' | 'role'> {
  /** Why this session cannot act so; absent when it can. */
  refusal?: Refusal;
}

/** Who somebody is by their session cookie. */
export interface OfficerView {
  session: OfficerSessionRecord;
  account: AccountRecord;
  roles: OfferedRole[];
  passkeys: PasskeyRecord[];
  /** Live sessions of the account, this one too, newest first. */
  sessions: OfficerSessionRecord[];
  heldUntil?: string;
}

export interface OpenedSession {
  /** Of the cookie; shown now and never again. */
  token: string;
  session: OfficerSessionRecord;
}

export interface Sessions {
  /** undefined when unknown, ended, over, idle too long, or of a closed account. */
  view(token: string | undefined): Promise<OfficerView | undefined>;
  /**
   * Who acts, for the operations of the API; undefined as `view`.
   * @throws Problem `forbidden` when the session is good and may not act: no role chosen, revoked, no passkey, held
   */
  principal(token: string | undefined): Promise<Principal | undefined>;
  /** @throws Problem `unauthenticated`, `forbidden` */
  actAs(token: string | undefined, as: { tenant: string; role: Role }): Promise<OfficerView>;
  /** One of the own sessions. @throws Problem `unauthenticated`, `not-found` */
  end(token: string | undefined, sessionId: string): Promise<void>;
  /** This one, if there is one. */
  signOut(token: string | undefined): Promise<void>;
}

export interface SessionsDeps {
  reader: PeopleReader;
  transactor: Transactor<PeopleCommit>;
  clock: Clock;
  random: Random;
}

/** The account behind a cookie, with its session, when both are good now. */
export async function openedBy(
  { reader, clock }: Pick<SessionsDeps, 'reader' | 'clock'>,
  token: string | undefined,
): Promise<{ session: OfficerSessionRecord; account: AccountRecord } | undefined> {
  const digest = digestOf(token);
  const session = digest === undefined ? undefined : await reader.officerSession(digest);
  if (!session || !isLive(session, clock.now())) return undefined;
  const account = await reader.account(session.accountId);
  return account && account.deactivatedAt === undefined ? { session, account } : undefined;
}

/** The writes of a new session, in place of `instead`; when one role only can act, it acts in that. */
export async function opening(
  { reader, clock, random }: SessionsDeps,
  account: AccountRecord,
  how: { assurance: Assurance; openIdTenant?: string; instead?: OfficerSessionRecord | undefined },
): Promise<{ opened: OpenedSession; writes: PeopleWrite[] }> {
  const { assurance, openIdTenant, instead } = how;
  const now = clock.now();
  const at = formatInstant(now);
  const token = randomToken(random);
  const lasts = assurance === 'link' ? PEOPLE_LIMITS.linkSessionMs : PEOPLE_LIMITS.sessionMs;
  const shown = { assurance, ...(openIdTenant === undefined ? {} : { openIdTenant }) };
  const roles = await rolesInForce(reader, account.accountId);
  const [only, another] = roles.filter((role) => !refusalOf(shown, account, role, now));
  const session: OfficerSessionRecord = {
    ...{ sessionSha256: digestOf(token)!, sessionId: randomId(random), accountId: account.accountId, ...shown },
    ...(only && !another ? { tenant: only.tenant, role: only.role } : {}),
    ...{ createdAt: at, seenAt: at, expiresAt: formatInstant(new Date(now.getTime() + lasts)) },
  };
  const { accountId, sessionId } = session;
  return {
    opened: { token, session },
    writes: [
      { op: 'officerSession.insert', row: session },
      ...(instead ? [{ op: 'officerSession.end', ...pick(instead), at } as const] : []),
      entry('officerSession.open', accountId, at, `account:${accountId}`, {
        detail: { session: sessionId, assurance },
      }),
    ],
  };
}

const pick = ({ accountId, sessionId }: OfficerSessionRecord) => ({ accountId, sessionId });

async function rolesInForce(reader: PeopleReader, accountId: string): Promise<AccountRoleRecord[]> {
  return (await reader.accountRoles(accountId)).filter(({ revokedAt }) => revokedAt === undefined);
}

export function createSessions(deps: SessionsDeps): Sessions {
  const { reader, transactor, clock } = deps;

  async function view(token: string | undefined): Promise<OfficerView | undefined> {
    const opened = await openedBy(deps, token);
    if (!opened) return undefined;
    const { session, account } = opened;
    const now = clock.now();
    const roles = (await rolesInForce(reader, account.accountId)).map(({ tenant, role }) => {
      const refusal = refusalOf(session, account, { tenant, role }, now);
      return { tenant, role, ...(refusal === undefined ? {} : { refusal }) };
    });
    const held = heldUntil(account, now);
    const sessions = (await reader.officerSessions(account.accountId)).filter((one) => isLive(one, now));
    const passkeys = await reader.passkeys(account.accountId);
    return { session, account, roles, passkeys, sessions, ...(held ? { heldUntil: formatInstant(held) } : {}) };
  }

  async function mustOpen(token: string | undefined) {
    const opened = await openedBy(deps, token);
    if (!opened) throw new Problem('unauthenticated', 'sign in first');
    return opened;
  }

  async function touch({ sessionSha256, seenAt }: OfficerSessionRecord): Promise<void> {
    const now = clock.now();
    if (now.getTime() - new Date(seenAt).getTime() < PEOPLE_LIMITS.touchMs) return;
    await transactor.commit([{ op: 'officerSession.touch', sessionSha256, at: formatInstant(now) }]);
  }

  /** @throws Problem `forbidden` */
  async function assertMayAct(
    session: OfficerSessionRecord,
    account: AccountRecord,
    as: { tenant: string; role: Role },
  ): Promise<void> {
    const roles = await rolesInForce(reader, account.accountId);
    if (!roles.some((one) => one.tenant === as.tenant && one.role === as.role)) {
      throw new Problem('forbidden', 'your account does not have that role');
    }
    const refusal = refusalOf(session, account, as, clock.now());
    if (refusal) throw new Problem('forbidden', REFUSALS[refusal]);
  }

  return {
    view,

    async principal(token) {
      const opened = await openedBy(deps, token);
      if (!opened) return undefined;
      const { session, account } = opened;
      const { tenant, role } = session;
      if (tenant === undefined || role === undefined) {
        throw new Problem('forbidden', 'choose a role first: POST /v1/session');
      }
      await assertMayAct(session, account, { tenant, role });
      await touch(session);
      const { accountId, person } = account;
      return { tenant, role, accountId, ...(person === undefined ? {} : { person }) };
    },

    async actAs(token, as) {
      const { session, account } = await mustOpen(token);
      await assertMayAct(session, account, as);
      await transactor.commit([{ op: 'officerSession.actAs', sessionSha256: session.sessionSha256, ...as }]);
      return (await view(token))!;
    },

    async end(token, sessionId) {
      const { account } = await mustOpen(token);
      const { accountId } = account;
      const at = formatInstant(clock.now());
      await transactor.commit([
        { op: 'officerSession.end', accountId, sessionId, at },
        entry('officerSession.end', accountId, at, `account:${accountId}`, { detail: { session: sessionId } }),
      ]);
    },

    async signOut(token) {
      const opened = await openedBy(deps, token);
      if (!opened) return;
      const at = formatInstant(clock.now());
      await transactor.commit([{ op: 'officerSession.end', ...pick(opened.session), at }]);
    },
  };
}

/** Runs a commit whose conditions may go against it. @returns false when one of these did */
export async function decided(commit: Promise<void>, ...tables: string[]): Promise<boolean> {
  try {
    await commit;
    return true;
  } catch (error) {
    if (error instanceof UniqueViolation && tables.includes(error.table)) return false;
    throw error;
  }
}
