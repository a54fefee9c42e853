import { type Kysely, sql } from 'kysely';
import type { DeliveryFilter, WebhookReader } from '#webhooks';
import { pageOf } from '../page.ts';
import { auditRow, deliveryRow, webhookRow } from '../rows.ts';
import { statement } from '../statement.ts';
import type { Tables } from '../tables.ts';

/** A condition that partial indexes have is written out: what is bound is not known when the plan is made. */
const pending = (alias: string) => sql<boolean>`${sql.ref(`${alias}.state`)} = 'pending'`;

/** Asked twice a second, as long as the service runs. */
const workable = statement((db, { at, limit }: { at: string; limit: number }) =>
  db
    .selectFrom('webhooks as w')
    .selectAll('w')
    .where(sql<boolean>`w.state = 'active'`)
    .where(({ or, eb }) => or([eb('w.leaseUntil', 'is', null), eb('w.leaseUntil', '<=', at)]))
    .where(({ or, eb }) => or([eb('w.restUntil', 'is', null), eb('w.restUntil', '<=', at)]))
    .where(({ or, exists, selectFrom }) =>
      or([
        exists(
          selectFrom('audit as a')
            .select('a.seq')
            .whereRef('a.tenant', '=', 'w.tenant')
            .whereRef('a.seq', '>', 'w.position'),
        ),
        exists(
          selectFrom('webhookDeliveries as d')
            .select('d.seq')
            .whereRef('d.webhookId', '=', 'w.webhookId')
            .where(pending('d'))
            .where('d.dueAt', '<=', at),
        ),
      ]),
    )
    .orderBy(sql`coalesce(w.lease_until, '')`)
    .orderBy('w.webhookId')
    .limit(limit),
);

export function webhookReader(db: Kysely<Tables>): WebhookReader {
  const all = () => db.selectFrom('webhooks').selectAll();
  const sent = () => db.selectFrom('webhookDeliveries').selectAll();
  const filtered = ({ tenant, webhookId, state }: DeliveryFilter) => {
    const query = sent().where('tenant', '=', tenant).where('webhookId', '=', webhookId);
    return state === undefined ? query : query.where('state', '=', state);
  };
  return {
    async webhook(tenant, webhookId) {
      const row = await all().where('tenant', '=', tenant).where('webhookId', '=', webhookId).executeTakeFirst();
      return row && webhookRow.fromRow(row);
    },
    webhooks(tenant, page) {
      const query = all().where('tenant', '=', tenant);
      return pageOf(query, page, { createdAt: 'text', webhookId: 'text' }, webhookRow.fromRow);
    },
    async workableWebhooks(at, limit) {
      const { rows } = await workable(db, { at, limit });
      return rows.map(webhookRow.fromRow);
    },
    async entriesAfter(tenant, seq, limit) {
      const rows = await db
        .selectFrom('audit')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('seq', '>', seq)
        .orderBy('seq')
        .limit(limit)
        .execute();
      return rows.map(auditRow.fromRow);
    },
    async entryBefore(tenant, at) {
      const row = await db
        .selectFrom('audit')
        .select('seq')
        .where('tenant', '=', tenant)
        .where('at', '<', at)
        .orderBy('seq', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row ? Number(row.seq) : 0;
    },
    async credentialsOfEvents(tenant, credentialIds) {
      if (credentialIds.length === 0) return [];
      const rows = await db
        .selectFrom('credentials')
        .select(['credentialId', 'awardId', 'achievementId', 'achievementVersion', 'batchId'])
        .where('tenant', '=', tenant)
        .where('credentialId', 'in', credentialIds)
        .execute();
      return rows.map(({ batchId, achievementVersion, ...row }) => ({
        ...{ ...row, achievementVersion: Number(achievementVersion) },
        ...(batchId === null ? {} : { batchId }),
      }));
    },
    async pendingDeliveries(tenant, webhookId) {
      const { rows } = await db
        .selectFrom('webhookDeliveries as d')
        .select(({ fn }) => fn.countAll<number>().as('rows'))
        .where('d.tenant', '=', tenant)
        .where('d.webhookId', '=', webhookId)
        .where(pending('d'))
        .executeTakeFirstOrThrow();
      return Number(rows);
    },
    async dueDeliveries(tenant, webhookId, at, limit) {
      const rows = await db
        .selectFrom('webhookDeliveries as d')
        .selectAll('d')
        .where('d.tenant', '=', tenant)
        .where('d.webhookId', '=', webhookId)
        .where(pending('d'))
        .where('d.dueAt', '<=', at)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('webhookDeliveries as e')
                .select('e.seq')
                .whereRef('e.webhookId', '=', 'd.webhookId')
                .whereRef('e.subject', '=', 'd.subject')
                .where(pending('e'))
                .whereRef('e.seq', '<', 'd.seq'),
            ),
          ),
        )
        .orderBy('d.seq')
        .limit(limit)
        .execute();
      return rows.map(deliveryRow.fromRow);
    },
    async delivery(tenant, webhookId, seq) {
      const row = await sent()
        .where('tenant', '=', tenant)
        .where('webhookId', '=', webhookId)
        .where('seq', '=', seq)
        .executeTakeFirst();
      return row && deliveryRow.fromRow(row);
    },
    async latestDeliveries(filter, limit) {
      const rows = await filtered(filter).orderBy('seq', 'desc').limit(limit).execute();
      return rows.map(deliveryRow.fromRow);
    },
    deliveries(filter, page) {
      return pageOf(filtered(filter), page, { seq: 'number' }, deliveryRow.fromRow);
    },
  };
}
