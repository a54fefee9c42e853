import type { Kysely } from 'kysely';
import type { ConsumerReader } from '#consumer';
import { hostAuthorizationRow, hostConnectionRow, knownHostRow, transferRow } from '../rows.ts';
import type { Tables } from '../tables.ts';

export function consumerReader(db: Kysely<Tables>): ConsumerReader {
  const hosts = db.selectFrom('knownHosts').selectAll();
  return {
    async knownHost(discoveryUrl) {
      const row = await hosts.where('discoveryUrl', '=', discoveryUrl).executeTakeFirst();
      return row && knownHostRow.fromRow(row);
    },
    async knownHostById(hostId) {
      const row = await hosts.where('hostId', '=', hostId).executeTakeFirst();
      return row && knownHostRow.fromRow(row);
    },
    async hostAuthorization(stateSha256) {
      const query = db.selectFrom('hostAuthorizations').selectAll().where('stateSha256', '=', stateSha256);
      const row = await query.executeTakeFirst();
      return row && hostAuthorizationRow.fromRow(row);
    },
    async hostConnection(connectionId) {
      const query = db.selectFrom('hostConnections').selectAll().where('connectionId', '=', connectionId);
      const row = await query.executeTakeFirst();
      return row && hostConnectionRow.fromRow(row);
    },
    async hostConnectionsOf(keepers) {
      const rows = await db
        .selectFrom('hostConnections')
        .selectAll()
        .where((eb) =>
          eb.or(keepers.map(({ kind, value }) => eb.and([eb('keeperKind', '=', kind), eb('keeperValue', '=', value)]))),
        )
        .orderBy('connectedAt', 'desc')
        .orderBy('connectionId')
        .execute();
      return rows.map(hostConnectionRow.fromRow);
    },
    async hostTransfersOf(connectionId, limit) {
      const query = db.selectFrom('hostTransfers').selectAll().where('connectionId', '=', connectionId);
      const rows = await query.orderBy('createdAt', 'desc').orderBy('transferId').limit(limit).execute();
      return rows.map(transferRow.fromRow);
    },
    async waitingTransfer(connectionId, kind, credentialId) {
      const row = await db
        .selectFrom('hostTransfers')
        .selectAll()
        .where('connectionId', '=', connectionId)
        .where('kind', '=', kind)
        .where('credentialId', '=', credentialId)
        .where('state', '=', 'waiting')
        .executeTakeFirst();
      return row && transferRow.fromRow(row);
    },
    async workableTransfer(at, { hosts: busy, keepers }) {
      let query = db
        .selectFrom('hostTransfers')
        .innerJoin('hostConnections', 'hostConnections.connectionId', 'hostTransfers.connectionId')
        .selectAll('hostTransfers')
        .select(['hostConnections.hostId', 'hostConnections.keeperValue'])
        .where('state', '=', 'waiting')
        .where('dueAt', '<=', at)
        .where((eb) => eb.or([eb('leaseUntil', 'is', null), eb('leaseUntil', '<=', at)]));
      if (busy.length > 0) query = query.where('hostConnections.hostId', 'not in', busy);
      if (keepers.length > 0) query = query.where('hostConnections.keeperValue', 'not in', keepers);
      const found = await query.orderBy('dueAt').orderBy('transferId').limit(1).executeTakeFirst();
      if (!found) return undefined;
      const { hostId, keeperValue: keeper, ...row } = found;
      return { transfer: transferRow.fromRow(row), hostId, keeper };
    },
  };
}
