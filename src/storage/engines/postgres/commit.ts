import { setTimeout } from 'node:timers/promises';
import { type Kysely, sql, type Transaction } from 'kysely';
import { createTurnstile, Problem, type Transactor } from '#kernel';
import type { AnyWrite } from '../../storage.ts';
import type { Tables } from '../../tables.ts';
import { countReservations } from '../../writes/reservations.ts';
import { applyWrite } from '../../writes/write.ts';
import { applyBulk, isBulk } from './bulk.ts';
import { appendChain } from './chain.ts';
import { isConnectionLost, isPlanStale, translateError, wasRolledBack } from './errors.ts';
import { createGroups } from './groups.ts';
import { EVERY_TENANT, SETTING, scopeOfWrite } from './scope.ts';

/** Advisory locks of one database; the numbers mean nothing, but must stay what they are while old replicas run. */
export const LOCKS = { order: 0x7461_7461_6b01, migrate: 0x7461_7461_6b02 } as const;

const ATTEMPTS = 5;
/** Milliseconds; times the number of the attempt. */
const PAUSE = 15;
/** Commits of this process that wait in the server for their turn; further ones wait here and hold no connection. */
const ORDERED = 2;
/** Groups of commits of this process at a time: one does its writes while the other has its turn in the audit chain. */
const GROUPS = 2;
/** Writes in a group: two lists of a hundred. */
const GROUPED = 400;

/**
 * Writes that may run beside all others. Each decides by one conditional update or a unique constraint, which the server
 * decides between transactions, and nothing that another write reads first depends on it.
 */
const SIDE_BY_SIDE: ReadonlySet<string> = new Set<AnyWrite['op']>([
  'idempotency.insert',
  'credential.prepare',
  'credential.issue',
  'credential.abandon',
  'credential.changeState',
  'credential.changeStates',
  // After the change of its credential, whose row is held from then on.
  'statusEvent.insert',
  'statusEvent.insertAll',
  'plain.prepare',
  'plain.issue',
  'plain.abandon',
  'plain.changeState',
  'plain.remove',
  'endorsement.insert',
  'approval.insert',
  'approval.decide',
  'approval.settle',
  'challenge.insert',
  'challenge.use',
  'batch.insert',
  'batch.queue',
  'batch.lease',
  'batch.hold',
  'batch.finish',
  'batch.addRows',
  'batch.previewed',
  'batch.discard',
  'batch.cancel',
  'batchRows.issued',
  'batchRows.failed',
  'statusList.publish',
  'image.insert',
  // A link, a code, a take: each by the state that the row has then.
  'offer.insert',
  'offer.tryCode',
  'offer.rightCode',
  'offer.wrongCode',
  'offer.take',
  'offer.renew',
  'offer.withdraw',
  'offer.accept',
  'exchange.insert',
  'exchange.advance',
  'exchange.refused',
  'oauth.upsert',
  'oauth.consume',
  'oauth.remove',
  'oauth.revokeGrant',
  'oauth.sweep',
  'oauthClient.insert',
  'mail.queue',
  'mail.claim',
  'mail.sent',
  'mail.later',
  'mail.failed',
  // Each by the fencing number that the endpoint has then.
  'webhook.lease',
  'webhook.project',
  'webhook.settle',
  'webhook.release',
  'webhook.redeliver',
  'webhook.forget',
  'holder.renew',
  'holder.challenge',
  'mailCode.try',
  'mailCode.use',
  'passkeyChallenge.insert',
  'passkeyChallenge.use',
  'passkey.use',
  'signInLink.use',
  'officerSession.touch',
  'openIdLogin.insert',
  'openIdLogin.use',
  'walletIssuance.insert',
  'walletIssuance.issued',
  'walletIssuance.remove',
  'walletIssuance.notified',
  'presentationRequest.insert',
  'presentationRequest.answer',
  'presentationRequest.sweep',
  'keptReport.insert',
  'keptReport.sweep',
  'health.beat',
]);

/**
 * All writes of one call in one transaction, in order.
 *
 * The other engine has one writer at a time, and several writes rest on that: the audit chain hashes its last entry, a
 * conferral looks at what stands before it is inserted, a number follows the last one. So a commit takes one lock of the
 * whole database first, and keeps it until it is done; what it reads afterwards (READ COMMITTED) is the newest there is,
 * because a transaction becomes visible before its locks are given up. A write that nobody has thought about is in order,
 * not beside.
 *
 * Entries of the audit chain are appended together at the end of their commit, which changes nothing for anybody outside.
 * A commit that has only `SIDE_BY_SIDE` writes beside them takes the lock no earlier than that, and shares it with those
 * that come meanwhile (groups.ts); what each request does is one statement for all of them (bulk.ts). One without entries
 * takes no lock: a long list that is being issued does not keep everybody else waiting.
 *
 * What the server rolled back (deadlock, serialization) or never got is tried again. A COMMIT whose answer was lost is not:
 * it may have been done, and the caller learns `unavailable`, as after a crash.
 *
 * @param guarded policies are in force: the server is told of each write whose it is (scope.ts)
 * @param onStalePlan tables were changed by a later version: statements are to be planned anew
 */
export function createPostgresTransactor(
  db: Kysely<Tables>,
  { guarded, onStalePlan }: { guarded: boolean; onStalePlan: () => void },
): Transactor<AnyWrite> {
  const turnstile = createTurnstile(ORDERED);

  async function once(writes: readonly AnyWrite[], ordered: boolean, onSent: () => void): Promise<void> {
    const entries = writes.filter((write) => write.op === 'audit.append');
    await db.transaction().execute(async (trx) => {
      const say = guarded ? speaker(trx) : async () => undefined;
      if (ordered) await lock(trx, LOCKS.order);
      await applyAll(trx, writes, say);
      await say(EVERY_TENANT);
      if (entries.length > 0) {
        if (!ordered) await lock(trx, LOCKS.order);
        await appendChain(trx, entries);
      }
      // After the lock of the order, which a commit in order takes first.
      await countReservations(trx, writes);
      onSent();
    });
  }

  async function persist(writes: readonly AnyWrite[], ordered: boolean): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      let sent = false;
      try {
        return await once(writes, ordered, () => {
          sent = true;
        });
      } catch (error) {
        const stale = isPlanStale(error);
        if (stale) onStalePlan();
        const again = stale || wasRolledBack(error) || (!sent && isConnectionLost(error));
        if (!again || attempt === ATTEMPTS) throw translateError(error);
      }
      await setTimeout(attempt * PAUSE);
    }
  }

  const together = createGroups<AnyWrite>({
    ...{ width: GROUPS, most: GROUPED },
    persist: (writes) => persist(writes, false),
    concernsOne: (error) => !(error instanceof Problem && error.kind === 'unavailable'),
  });

  return {
    async commit(writes) {
      if (writes.length === 0) return;
      if (writes.some(({ op }) => op !== 'audit.append' && !SIDE_BY_SIDE.has(op))) {
        await turnstile.pass(() => persist(writes, true));
      } else if (writes.some(({ op }) => op === 'audit.append')) await together(writes);
      else await persist(writes, false);
    },
  };
}

/** Those that can be done together wait until one comes that cannot. Entries of the audit chain are not done here. */
async function applyAll(
  trx: Transaction<Tables>,
  writes: readonly AnyWrite[],
  say: (scope: string) => Promise<void>,
): Promise<void> {
  const bulk = new Map<string, AnyWrite[]>();
  const flush = async () => {
    for (const [scope, some] of bulk) {
      await say(scope);
      await applyBulk(trx, some);
    }
    bulk.clear();
  };
  for (const write of writes) {
    if (write.op === 'audit.append') continue;
    const scope = scopeOfWrite(write);
    if (isBulk(write)) {
      const some = bulk.get(scope);
      if (some) some.push(write);
      else bulk.set(scope, [write]);
    } else {
      await flush();
      await say(scope);
      await applyWrite(trx, write);
    }
  }
  await flush();
}

/** Until the end of the transaction, waiting at most as long as the connection's `lock_timeout`. */
export async function lock(trx: Transaction<Tables> | Kysely<Tables>, number: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sql.lit(number)})`.execute(trx);
}

/** Tells the server, until the end of the transaction, whose rows are meant from now on. */
function speaker(trx: Transaction<Tables>): (scope: string) => Promise<void> {
  let last: string | undefined;
  return async (scope) => {
    if (scope === last) return;
    await sql`select set_config(${sql.lit(SETTING)}, ${scope}, true)`.execute(trx);
    last = scope;
  };
}
