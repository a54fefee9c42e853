import type { Transaction } from 'kysely';
import { Problem } from '#kernel';
import type { WebhookRecord } from '#webhooks';
import { deliveryRow, webhookRow } from '../rows.ts';
import type { Tables } from '../tables.ts';
import { mustExist, mustMatch, type WriteTable } from './write-table.ts';

/** Rows per statement, below every engine's limit of parameters (16 columns). */
const CHUNK = 200;
/** Deliveries forgotten in one commit, so that nobody waits long for the store. */
const FORGOTTEN = 1_000;

interface Fenced {
  tenant: string;
  webhookId: string;
  fence: number;
}

export const webhookWrites: WriteTable<
  | 'webhook.insert'
  | 'webhook.change'
  | 'webhook.remove'
  | 'webhook.lease'
  | 'webhook.project'
  | 'webhook.settle'
  | 'webhook.disable'
  | 'webhook.release'
  | 'webhook.redeliver'
  | 'webhook.forget'
> = {
  'webhook.insert': async (trx, { row, most }) => {
    const { tenant } = row;
    const { rows } = await trx
      .selectFrom('webhooks')
      .select(({ fn }) => fn.countAll<number>().as('rows'))
      .where('tenant', '=', tenant)
      .executeTakeFirstOrThrow();
    if (Number(rows) >= most) throw new Problem('conflict', `an institution has at most ${most} webhooks`);
    const last = await trx
      .selectFrom('audit')
      .select('seq')
      .where('tenant', '=', tenant)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    const position = last ? Number(last.seq) : 0;
    await trx
      .insertInto('webhooks')
      .values(webhookRow.toRow({ ...row, position }))
      .execute();
  },
  'webhook.change': async (trx, { tenant, webhookId, set }) => {
    const { eventTypes, ...rest } = set;
    const update = of(trx, { tenant, webhookId })
      .set(rest)
      .$if(eventTypes !== undefined, (query) => query.set({ eventTypes: eventTypes && JSON.stringify(eventTypes) }))
      .set((eb) => ({ fence: eb('fence', '+', 1), leaseUntil: null }));
    mustExist(await update.executeTakeFirst(), 'webhook');
  },
  'webhook.remove': async (trx, { tenant, webhookId }) => {
    const from = (table: 'webhookDeliveries' | 'webhooks') =>
      trx.deleteFrom(table).where('tenant', '=', tenant).where('webhookId', '=', webhookId).executeTakeFirstOrThrow();
    await from('webhookDeliveries');
    const { numDeletedRows } = await from('webhooks');
    if (numDeletedRows !== 1n) throw new Problem('not-found', 'there is no such webhook');
  },
  'webhook.lease': async (trx, { at, until, ...held }) => {
    const update = fenced(trx, held)
      .set({ leaseUntil: until })
      .where(({ or, eb }) => or([eb('leaseUntil', 'is', null), eb('leaseUntil', '<=', at)]))
      .where('state', '=', 'active');
    mustMatch(await update.executeTakeFirst(), 'webhook.fence');
  },
  'webhook.project': async (trx, { from, position, rows, until, ...held }) => {
    const update = fenced(trx, held).set({ position, leaseUntil: until }).where('position', '=', from);
    mustMatch(await update.executeTakeFirst(), 'webhook.fence');
    for (let at = 0; at < rows.length; at += CHUNK) {
      await trx
        .insertInto('webhookDeliveries')
        .values(rows.slice(at, at + CHUNK).map(deliveryRow.toRow))
        .onConflict((one) =>
          one.columns(['webhookId', 'seq']).doUpdateSet((eb) => ({
            ...{ state: 'pending', attempts: 0, firstAt: null, settledAt: null },
            dueAt: eb.ref('excluded.dueAt'),
          })),
        )
        .execute();
    }
  },
  'webhook.settle': async (trx, { outcomes, health, until, ...held }) => {
    const { failures, failingSince = null, restUntil = null } = health;
    const update = fenced(trx, held).set({ failures, failingSince, restUntil, leaseUntil: until });
    mustMatch(await update.executeTakeFirst(), 'webhook.fence');
    for (const { seq, ...outcome } of outcomes) {
      const {
        firstAt = null,
        lastAt = null,
        lastStatus = null,
        lastFault = null,
        lastMs = null,
        settledAt = null,
      } = outcome;
      await trx
        .updateTable('webhookDeliveries')
        .set({ ...outcome, firstAt, lastAt, lastStatus, lastFault, lastMs, settledAt })
        .where('tenant', '=', held.tenant)
        .where('webhookId', '=', held.webhookId)
        .where('seq', '=', seq)
        .execute();
    }
  },
  'webhook.disable': async (trx, { reason, at, ...held }) => {
    const set = { state: 'disabled', disabledAt: at, disabledReason: reason, leaseUntil: null } as const;
    mustMatch(await fenced(trx, held).set(set).where('state', '=', 'active').executeTakeFirst(), 'webhook.fence');
  },
  'webhook.release': async (trx, { at, ...held }) => {
    mustMatch(await fenced(trx, held).set({ leaseUntil: at }).executeTakeFirst(), 'webhook.fence');
  },
  'webhook.redeliver': async (trx, { tenant, webhookId, seq, at }) => {
    const update = trx
      .updateTable('webhookDeliveries')
      .set({ state: 'pending', attempts: 0, firstAt: null, settledAt: null, dueAt: at })
      .where('tenant', '=', tenant)
      .where('webhookId', '=', webhookId)
      .where('seq', '=', seq);
    mustExist(await update.executeTakeFirst(), 'delivery');
  },
  'webhook.forget': async (trx, { before }) => {
    const old = await trx
      .selectFrom('webhookDeliveries')
      .select(['webhookId', 'seq'])
      .where('settledAt', '<', before)
      .limit(FORGOTTEN)
      .execute();
    for (const { webhookId, seq } of old) {
      await trx
        .deleteFrom('webhookDeliveries')
        .where('webhookId', '=', webhookId)
        .where('seq', '=', seq)
        .where('settledAt', '<', before)
        .execute();
    }
  },
};

function of(trx: Transaction<Tables>, { tenant, webhookId }: Pick<WebhookRecord, 'tenant' | 'webhookId'>) {
  return trx.updateTable('webhooks').where('tenant', '=', tenant).where('webhookId', '=', webhookId);
}

/** Whoever has the number counts it up; nobody writes with it again. */
function fenced(trx: Transaction<Tables>, held: Fenced) {
  return of(trx, held)
    .set((eb) => ({ fence: eb('fence', '+', 1) }))
    .where('fence', '=', held.fence);
}
