import type { Role } from '#auth';
import type { AccountRecord, Assurance, OfficerSessionRecord } from './ports.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Milliseconds, unless the name says otherwise. */
export const PEOPLE_LIMITS = {
  linkMs: 15 * MINUTE,
  /** Of one address, within `linkWindowMs`; known here or not. */
  links: 5,
  linkWindowMs: HOUR,
  challengeMs: 5 * MINUTE,
  openIdMs: 10 * MINUTE,
  idleMs: 30 * MINUTE,
  /** However busy. */
  sessionMs: 12 * HOUR,
  /** Of a session that can only add a passkey. */
  linkSessionMs: 30 * MINUTE,
  /** A session is noted as seen at most this often. */
  touchMs: MINUTE,
  /** After a recovery nobody acts with the account so long, unless a second officer vouches for it. */
  holdMs: 24 * HOUR,
  passkeys: 10,
} as const;

/** Who can make or change what others rely on alone, or is the second of two persons, shows a key that cannot be phished. */
const NEEDS_PASSKEY: ReadonlySet<Role> = new Set(['operator', 'authority', 'approver']);
/** Changes nothing, so a recovered account may do it at once. */
const READS_ONLY: ReadonlySet<Role> = new Set(['auditor']);

export const needsPasskey = (role: Role): boolean => NEEDS_PASSKEY.has(role);

/** Until when a recovered account is kept from acting; undefined when it is not. */
export function heldUntil(account: AccountRecord, now: Date): Date | undefined {
  if (account.recoveredAt === undefined || account.confirmedAt !== undefined) return undefined;
  const until = new Date(new Date(account.recoveredAt).getTime() + PEOPLE_LIMITS.holdMs);
  return now < until ? until : undefined;
}

/** Why a session cannot act in a role that its account has. */
export const REFUSALS = {
  elsewhere: 'this sign-in counts in the institution whose provider it was only',
  passkey: 'this role needs a passkey',
  link: 'sign in with your passkey, or add one',
  held: 'this account was recovered: another officer has to confirm that, or a day has to pass',
} as const;
export type Refusal = keyof typeof REFUSALS;

/** What keeps a session from acting in a role that its account has; undefined when nothing does. */
export function refusalOf(
  session: { assurance: Assurance; openIdTenant?: string },
  account: AccountRecord,
  as: { tenant: string; role: Role },
  now: Date,
): Refusal | undefined {
  switch (session.assurance) {
    case 'passkey':
      break;
    case 'openid':
      if (session.openIdTenant !== as.tenant) return 'elsewhere';
      if (needsPasskey(as.role)) return 'passkey';
      break;
    default:
      return 'link';
  }
  return !READS_ONLY.has(as.role) && heldUntil(account, now) ? 'held' : undefined;
}

/** Whether a session is still good at that instant, however often it is used. */
export function isLive(session: OfficerSessionRecord, now: Date): boolean {
  const idle = now.getTime() - new Date(session.seenAt).getTime();
  return session.endedAt === undefined && now < new Date(session.expiresAt) && idle < PEOPLE_LIMITS.idleMs;
}
