import type { Transaction } from 'kysely';
import type { StatusListRecord } from '#credentials';
import { KEYSTORE } from '../readers/keystore.ts';
import { createReader } from '../readers/reader.ts';
import type { AnyReader, AnyWrite } from '../storage.ts';
import type { Tables } from '../tables.ts';
import { applyWrite } from '../writes/write.ts';
import { type AfterRestore, settleRestored } from './after-restore.ts';

/** The store that is being made, by its ports: what is written is there when all of it is. */
export interface Settling {
  reader: AnyReader;
  commit(writes: readonly AnyWrite[]): Promise<void>;
  /** All of them. */
  statusLists(): Promise<Pick<StatusListRecord, 'tenant' | 'listId' | 'kind'>[]>;
  /** Ends what could be done a second time. @param at instant of the restore */
  settleRestored(at: string): Promise<AfterRestore>;
  /** What opens the keys, in this store; where it has none yet. */
  keepHead(head: { salt: string; canary: string }): Promise<void>;
}

export function settlingOf(trx: Transaction<Tables>): Settling {
  return {
    reader: createReader(trx),
    async commit(writes) {
      for (const write of writes) await applyWrite(trx, write);
    },
    async statusLists() {
      const rows = await trx.selectFrom('statusLists').select(['tenant', 'listId', 'kind']).orderBy('listId').execute();
      return rows.map(({ kind, ...list }) => (kind === null ? list : { ...list, kind }));
    },
    settleRestored: (at) => settleRestored(trx, at),
    async keepHead({ salt, canary }) {
      await trx
        .insertInto('keystoreHeads')
        .values({ name: KEYSTORE, salt, canary })
        .onConflict((conflict) => conflict.column('name').doNothing())
        .execute();
    },
  };
}
