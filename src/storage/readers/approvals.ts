import { type Kysely, sql } from 'kysely';
import type { ApprovalReader } from '#credentials';
import { pageOf } from '../page.ts';
import { approvalRow } from '../rows.ts';
import { statement } from '../statement.ts';
import type { Tables } from '../tables.ts';

const byKey = statement((db, { tenant, key }: { tenant: string; key: string }) =>
  db.selectFrom('approvals').selectAll().where('tenant', '=', tenant).where('idempotencyKey', '=', key),
);

export function approvalReader(db: Kysely<Tables>): ApprovalReader {
  const of = (tenant: string) => db.selectFrom('approvals').selectAll().where('tenant', '=', tenant);
  return {
    async approval(tenant, approvalId) {
      const row = await of(tenant).where('approvalId', '=', approvalId).executeTakeFirst();
      return row && approvalRow.fromRow(row);
    },
    async approvalByIdempotencyKey(tenant, key) {
      const [row] = (await byKey(db, { tenant, key })).rows;
      return row && approvalRow.fromRow(row);
    },
    approvals({ tenant, state }, page) {
      const query = state === undefined ? of(tenant) : of(tenant).where('state', '=', state);
      return pageOf(query, page, { preparedAt: 'text', approvalId: 'text' }, approvalRow.fromRow);
    },
    async approvedApprovals(limit) {
      const rows = await db
        .selectFrom('approvals')
        .selectAll()
        .where(sql<boolean>`state = 'approved'`)
        .orderBy('decidedAt')
        .orderBy('approvalId')
        .limit(limit)
        .execute();
      return rows.map(approvalRow.fromRow);
    },
  };
}
