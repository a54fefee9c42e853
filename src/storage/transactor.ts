import type { Kysely } from 'kysely';
import type { Transactor } from '#kernel';
import type { AnyWrite } from './storage.ts';
import type { Tables } from './tables.ts';
import { countReservations } from './writes/reservations.ts';
import { applyWrite } from './writes/write.ts';

/**
 * All writes of one call in one transaction of the engine, in order. Calls of one process queue on its one writing
 * connection; the engine orders processes.
 * @param translate turns an error of the engine into `UniqueViolation` or `Problem`
 */
export function createTransactor(db: Kysely<Tables>, translate: (error: unknown) => unknown): Transactor<AnyWrite> {
  return {
    async commit(writes) {
      if (writes.length === 0) return;
      try {
        await db.transaction().execute(async (trx) => {
          for (const write of writes) await applyWrite(trx, write);
          await countReservations(trx, writes);
        });
      } catch (error) {
        throw translate(error);
      }
    },
  };
}
