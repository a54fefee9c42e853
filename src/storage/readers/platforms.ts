import type { Kysely } from 'kysely';
import type { HolderIdentifier } from '#holders';
import type { HostReader } from '#host';
import type { ConnectionRecord, PlatformReader } from '#oauth';
import { connectionRow, holderProfileRow, platformRow } from '../rows.ts';
import type { Tables } from '../tables.ts';

export function platformReader(db: Kysely<Tables>): PlatformReader & HostReader {
  async function whole(row: Tables['connections']): Promise<ConnectionRecord> {
    const identifiers = await db
      .selectFrom('connectionIdentifiers')
      .select(['kind', 'value', 'provenAt'])
      .where('connectionId', '=', row.connectionId)
      .orderBy('provenAt')
      .orderBy('kind')
      .orderBy('value')
      .execute();
    return { ...connectionRow.fromRow(row), identifiers: identifiers as HolderIdentifier[] };
  }
  return {
    async platform(clientId) {
      const row = await db.selectFrom('platforms').selectAll().where('clientId', '=', clientId).executeTakeFirst();
      return row && platformRow.fromRow(row);
    },
    async connection(connectionId) {
      const query = db.selectFrom('connections').selectAll().where('connectionId', '=', connectionId);
      const row = await query.executeTakeFirst();
      return row && whole(row);
    },
    async connectionsOf(identifiers) {
      if (identifiers.length === 0) return [];
      const ids = db
        .selectFrom('connectionIdentifiers')
        .select('connectionId')
        .where((eb) =>
          eb.or(identifiers.map(({ kind, value }) => eb.and([eb('kind', '=', kind), eb('value', '=', value)]))),
        );
      const rows = await db
        .selectFrom('connections')
        .selectAll()
        .where('connectionId', 'in', ids)
        .orderBy('createdAt', 'desc')
        .orderBy('connectionId')
        .execute();
      return Promise.all(rows.map(whole));
    },
    async holderProfile(email) {
      const row = await db.selectFrom('holderProfiles').selectAll().where('email', '=', email).executeTakeFirst();
      return row && holderProfileRow.fromRow(row);
    },
  };
}
