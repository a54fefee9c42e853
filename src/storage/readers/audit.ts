import type { Kysely } from 'kysely';
import type { AuditReader } from '#observability';
import { pageOf } from '../page.ts';
import { auditRow } from '../rows.ts';
import { statement } from '../statement.ts';
import type { Tables } from '../tables.ts';

const last = statement((db) => db.selectFrom('audit').selectAll().orderBy('seq', 'desc').limit(1));
const lastInstant = statement((db) => db.selectFrom('audit').select('at').orderBy('seq', 'desc').limit(1));

export function auditReader(db: Kysely<Tables>): AuditReader {
  return {
    auditEntries(tenant, page) {
      const query = db.selectFrom('audit').selectAll();
      const scoped = tenant === undefined ? query : query.where('tenant', '=', tenant);
      return pageOf(scoped, page, { seq: 'number' }, auditRow.fromRow);
    },
    async lastAudit() {
      const [row] = (await last(db, {})).rows;
      return row && auditRow.fromRow(row);
    },
    async lastAuditAt() {
      return (await lastInstant(db, {})).rows[0]?.at;
    },
  };
}
