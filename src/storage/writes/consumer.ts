import type { Transaction, UpdateObject } from 'kysely';
import type { ConsumerWrite } from '#consumer';
import { UniqueViolation } from '#kernel';
import { hostAuthorizationRow, hostConnectionRow, knownHostRow, transferRow } from '../rows.ts';
import type { Tables } from '../tables.ts';
import { mustExist, mustMatch, type WriteTable } from './write-table.ts';

type Trx = Transaction<Tables>;

export const consumerWrites: WriteTable<Exclude<ConsumerWrite['op'], 'limitedUse.take' | 'audit.append'>> = {
  'knownHost.insert': async (trx, { row }) => {
    await trx.insertInto('knownHosts').values(knownHostRow.toRow(row)).execute();
  },

  'knownHost.update': async (trx, { row }) => {
    const { hostId, ...set } = { ...{ secretExpiresAt: null }, ...knownHostRow.toRow(row) };
    mustExist(await trx.updateTable('knownHosts').set(set).where('hostId', '=', hostId).executeTakeFirst(), 'host');
  },

  'hostAuthorization.insert': async (trx, { row }) => {
    await trx.insertInto('hostAuthorizations').values(hostAuthorizationRow.toRow(row)).execute();
  },

  'hostAuthorization.use': async (trx, { stateSha256 }) => {
    const gone = trx.deleteFrom('hostAuthorizations').where('stateSha256', '=', stateSha256);
    if ((await gone.executeTakeFirst()).numDeletedRows !== 1n) throw new UniqueViolation('hostAuthorization.used');
  },

  'hostConnection.put': async (trx, { row }) => {
    const { scope, tokens, accessExpiresAt, connectedAt } = row;
    await trx
      .insertInto('hostConnections')
      .values({ ...{ pulledAt: null, endedAt: null, leaseUntil: null }, ...hostConnectionRow.toRow(row) })
      .onConflict((conflict) =>
        conflict.columns(['keeperKind', 'keeperValue', 'hostId']).doUpdateSet((eb) => ({
          ...{ scope, tokens, accessExpiresAt, connectedAt, endedAt: null, leaseUntil: null },
          fence: eb('hostConnections.fence', '+', 1),
        })),
      )
      .execute();
  },

  'hostConnection.remove': (trx, { connectionId }) => removeHostConnection(trx, connectionId),

  'hostConnection.lease': async (trx, { connectionId, fence, at, until }) => {
    const free = held(trx, connectionId, fence, { leaseUntil: until });
    const unleased = free.where((eb) => eb.or([eb('leaseUntil', 'is', null), eb('leaseUntil', '<=', at)]));
    mustMatch(await unleased.executeTakeFirst(), 'hostConnection.fence');
  },

  'hostConnection.hold': (trx, { connectionId, fence, until }) =>
    change(trx, connectionId, fence, { leaseUntil: until }),

  'hostConnection.tokens': (trx, { connectionId, fence, tokens, accessExpiresAt }) =>
    change(trx, connectionId, fence, { tokens, accessExpiresAt }),

  'hostConnection.release': (trx, { connectionId, fence, pulledAt, endedAt }) =>
    change(trx, connectionId, fence, {
      leaseUntil: null,
      ...(pulledAt === undefined ? {} : { pulledAt }),
      ...(endedAt === undefined ? {} : { endedAt }),
    }),

  'hostTransfer.insert': async (trx, { row }) => {
    await trx.insertInto('hostTransfers').values(columnsOf(row)).execute();
  },

  'hostTransfer.update': async (trx, { row }) => {
    const { transferId, ...set } = columnsOf(row);
    const update = trx.updateTable('hostTransfers').set(set).where('transferId', '=', transferId);
    mustExist(await update.executeTakeFirst(), 'transfer');
  },

  'hosts.sweep': async (trx, { at, settledBefore }) => {
    await trx.deleteFrom('hostAuthorizations').where('expiresAt', '<=', at).execute();
    await trx.deleteFrom('hostTransfers').where('settledAt', '<=', settledBefore).execute();
  },
};

const columnsOf = (row: Parameters<typeof transferRow.toRow>[0]): Tables['hostTransfers'] => ({
  ...{ outcome: null, next: null, problem: null, settledAt: null },
  ...transferRow.toRow(row),
});

const held = (trx: Trx, connectionId: string, fence: number, set: UpdateObject<Tables, 'hostConnections'>) =>
  trx
    .updateTable('hostConnections')
    .set({ ...set, fence: fence + 1 })
    .where('connectionId', '=', connectionId)
    .where('fence', '=', fence);

async function change(trx: Trx, connectionId: string, fence: number, set: UpdateObject<Tables, 'hostConnections'>) {
  mustMatch(await held(trx, connectionId, fence, set).executeTakeFirst(), 'hostConnection.fence');
}

/** With everything that was asked for by it. */
export async function removeHostConnection(trx: Trx, connectionId: string): Promise<void> {
  await trx.deleteFrom('hostTransfers').where('connectionId', '=', connectionId).execute();
  await trx.deleteFrom('hostConnections').where('connectionId', '=', connectionId).execute();
}
