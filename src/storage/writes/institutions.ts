import { sql } from 'kysely';
import { Problem } from '#kernel';
import { didDocumentRow, institutionRow, signingKeyRow, signingStopRow } from '../rows.ts';
import { folded } from '../search-text.ts';
import { mustExist, type WriteTable } from './write-table.ts';

export const institutionWrites: WriteTable<
  | 'institution.insert'
  | 'institution.updateProfile'
  | 'institution.setApproval'
  | 'institution.setRetention'
  | 'signingKey.insert'
  | 'signingKey.retire'
  | 'signingKey.revoke'
  | 'signingKey.stop'
  | 'signingKey.resume'
  | 'didDocument.insert'
> = {
  'institution.insert': async (trx, { row }) => {
    const columns = { ...institutionRow.toRow(row), searchName: folded(row.profile.name) };
    await trx.insertInto('institutions').values(columns).execute();
  },
  'institution.updateProfile': async (trx, { tenant, profile }) => {
    const update = trx
      .updateTable('institutions')
      .set({ profile: JSON.stringify(profile), searchName: folded(profile.name) })
      .where('tenant', '=', tenant);
    mustExist(await update.executeTakeFirst(), 'institution');
  },
  'institution.setApproval': async (trx, { tenant, approval }) => {
    const update = trx.updateTable('institutions').set({ approval }).where('tenant', '=', tenant);
    mustExist(await update.executeTakeFirst(), 'institution');
  },
  'institution.setRetention': async (trx, { tenant, days }) => {
    const update = trx.updateTable('institutions').set({ recipientRetentionDays: days }).where('tenant', '=', tenant);
    mustExist(await update.executeTakeFirst(), 'institution');
  },
  'signingKey.insert': async (trx, { row }) => {
    await trx.insertInto('signingKeys').values(signingKeyRow.toRow(row)).execute();
  },
  'didDocument.insert': async (trx, { row }) => {
    await trx.insertInto('didDocuments').values(didDocumentRow.toRow(row)).execute();
  },
  /** The first instant stays: a key is never brought back by retiring it later. */
  'signingKey.retire': async (trx, { tenant, keyId, retiredAt }) => {
    const update = trx
      .updateTable('signingKeys')
      .set({ retiredAt: sql<string>`coalesce(retired_at, ${retiredAt})` })
      .where('tenant', '=', tenant)
      .where('keyId', '=', keyId);
    mustExist(await update.executeTakeFirst(), 'signing key');
  },
  'signingKey.revoke': async (trx, { tenant, keyId, revokedAt }) => {
    const update = trx
      .updateTable('signingKeys')
      .set({ revokedAt: sql<string>`coalesce(revoked_at, ${revokedAt})` })
      .where('tenant', '=', tenant)
      .where('keyId', '=', keyId);
    mustExist(await update.executeTakeFirst(), 'signing key');
  },
  'signingKey.stop': async (trx, { row }) => {
    await trx.insertInto('signingStops').values(signingStopRow.toRow(row)).execute();
  },
  'signingKey.resume': async (trx, { tenant, keyId, at, actor, reason }) => {
    const { numUpdatedRows } = await trx
      .updateTable('signingStops')
      .set({ liftedAt: at, liftedBy: actor, liftReason: reason })
      .where('tenant', '=', tenant)
      .where('keyId', '=', keyId)
      .where('liftedAt', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new Problem('not-found', 'this signing key is not stopped');
  },
};
