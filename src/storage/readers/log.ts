import type { Kysely } from 'kysely';
import type { AuditReader, LogReader } from '#observability';
import { auditRow, checkpointRow, logBlockRow, logKeyRow } from '../rows.ts';
import type { Tables } from '../tables.ts';

export function logReader(db: Kysely<Tables>): Omit<LogReader, keyof AuditReader> {
  return {
    async logKey() {
      const row = await db.selectFrom('logKeys').selectAll().orderBy('keyId').limit(1).executeTakeFirst();
      return row && logKeyRow.fromRow(row);
    },
    async latestCheckpoint() {
      const row = await db.selectFrom('checkpoints').selectAll().orderBy('size', 'desc').limit(1).executeTakeFirst();
      return row && checkpointRow.fromRow(row);
    },
    async checkpoints(after, limit) {
      const query = db.selectFrom('checkpoints').selectAll().where('size', '>', after);
      return (await query.orderBy('size').limit(limit).execute()).map(checkpointRow.fromRow);
    },
    async logBlocks(from, to) {
      const query = db.selectFrom('logSubtrees').selectAll().where('block', '>=', from).where('block', '<', to);
      return (await query.orderBy('block').execute()).map(logBlockRow.fromRow);
    },
    async auditHashes(from, to) {
      const query = db.selectFrom('audit').select('hash').where('seq', '>', from).where('seq', '<=', to);
      return (await query.orderBy('seq').execute()).map(({ hash }) => hash);
    },
    async auditAfter(after, limit) {
      const query = db.selectFrom('audit').selectAll().where('seq', '>', after);
      return (await query.orderBy('seq').limit(limit).execute()).map(auditRow.fromRow);
    },
    async auditOf(operation, object) {
      const query = db.selectFrom('audit').selectAll().where('object', '=', object).where('operation', '=', operation);
      const row = await query.orderBy('seq').limit(1).executeTakeFirst();
      return row && auditRow.fromRow(row);
    },
  };
}
