import type Database from 'better-sqlite3';
import { CompiledQuery, type Kysely, type Transaction } from 'kysely';
import { nextTurn, type Transactor } from '#kernel';
import type { AnyWrite } from '../../storage.ts';
import type { Tables } from '../../tables.ts';
import { appendAudit } from '../../writes/audit.ts';
import { countReservations } from '../../writes/reservations.ts';
import { applyWrite } from '../../writes/write.ts';
import { isBusy } from './connection.ts';

/** Writes that share a transaction, at most: whoever comes later waits for all of them. */
const SHARED = 1_000;

const SAVEPOINT = CompiledQuery.raw('savepoint one_call');
const RELEASE = CompiledQuery.raw('release one_call');
const UNDO = CompiledQuery.raw('rollback to one_call');

interface Call {
  writes: readonly AnyWrite[];
  done(): void;
  failed(error: unknown): void;
}

export interface SqliteTransactor extends Transactor<AnyWrite> {
  /** Calls that are not answered yet. */
  readonly waiting: number;
  /** When the calls made so far are answered. */
  idle(): Promise<void>;
}

/**
 * All writes of one call together and in order, on the one writing connection of this process; the engine orders processes.
 * Calls that wait at the same time share one transaction and so one fsync. Where one fails all are done again, each under a
 * savepoint: it takes only its own writes back. None is answered before all are durable.
 *
 * Entries of the audit chain come last, as on the other engine: the last one is read once for all calls.
 * Rejects with the errors of the engine.
 */
export function createSqliteTransactor(db: Kysely<Tables>, database: Database.Database): SqliteTransactor {
  const calls: Call[] = [];
  let waiting = 0;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (calls.length > 0) {
      // Requests that were read in this turn come along.
      await nextTurn();
      await together(take(calls));
    }
    running = undefined;
  }

  async function together(group: readonly Call[]): Promise<void> {
    try {
      await transact(group, applyAll);
      for (const call of group) call.done();
    } catch (error) {
      if (group.length === 1 || isBusy(error)) for (const call of group) call.failed(error);
      // Nothing of it was kept.
      else await apart(group);
    }
  }

  /** The same where one of them failed: each can be taken back by itself, which costs a copy of every page it changes. */
  async function apart(group: readonly Call[]): Promise<void> {
    try {
      const refused = new Map<Call, unknown>();
      await transact(group, async (trx) => {
        for (const call of group) await attempt(trx, call, refused);
        return group.filter((call) => !refused.has(call));
      });
      for (const call of group) {
        if (refused.has(call)) call.failed(refused.get(call));
        else call.done();
      }
    } catch (error) {
      if (isBusy(error)) for (const call of group) call.failed(error);
      // Whose fault it was shows when each is alone.
      else for (const call of group) await together([call]);
    }
  }

  async function applyAll(trx: Transaction<Tables>, group: readonly Call[]): Promise<readonly Call[]> {
    for (const { writes } of group) await apply(trx, writes);
    return group;
  }

  /** @param work resolves to the calls whose writes are kept @throws when nothing was */
  function transact(
    group: readonly Call[],
    work: (trx: Transaction<Tables>, group: readonly Call[]) => Promise<readonly Call[]>,
  ): Promise<void> {
    return db.transaction().execute(async (trx) => {
      const kept = (await work(trx, group)).flatMap(({ writes }) => writes);
      const entries = kept.filter((write) => write.op === 'audit.append');
      if (entries.length > 0) await appendAudit(trx, entries);
      await countReservations(trx, kept);
    });
  }

  async function attempt(trx: Transaction<Tables>, call: Call, refused: Map<Call, unknown>): Promise<void> {
    await trx.executeQuery(SAVEPOINT);
    try {
      await apply(trx, call.writes);
    } catch (error) {
      // After some errors (disk full) the engine has given everything up already.
      if (!database.inTransaction) throw error;
      await trx.executeQuery(UNDO);
      refused.set(call, error);
    }
    await trx.executeQuery(RELEASE);
  }

  return {
    get waiting() {
      return waiting;
    },
    idle: async () => running,
    commit(writes) {
      if (writes.length === 0) return Promise.resolve();
      waiting++;
      const answered = new Promise<void>((done, failed) => calls.push({ writes, done, failed }));
      running ??= run();
      return answered.finally(() => waiting--);
    },
  };
}

async function apply(trx: Transaction<Tables>, writes: readonly AnyWrite[]): Promise<void> {
  for (const write of writes) if (write.op !== 'audit.append') await applyWrite(trx, write);
}

/** The first ones, as many as may share a transaction. */
function take(calls: Call[]): Call[] {
  let writes = 0;
  const more = calls.findIndex((call, at) => {
    writes += call.writes.length;
    return at > 0 && writes > SHARED;
  });
  return calls.splice(0, more < 0 ? calls.length : more);
}
