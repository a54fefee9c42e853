import { pairOf, UniqueViolation } from '#kernel';
import { plainCredentialRow } from '../rows.ts';
import { mustFit } from './reservations.ts';
import { mustMatch, type WriteTable } from './write-table.ts';

export const plainCredentialWrites: WriteTable<
  'plain.prepare' | 'endorsement.insert' | 'plain.issue' | 'plain.abandon' | 'plain.changeState' | 'plain.remove'
> = {
  'plain.prepare': async (trx, { row }) => {
    if (row.phase !== 'prepared' || row.state !== 'active') throw new Error('a credential starts prepared and active');
    const { tenant, credentialId, statusListId: listId, statusListIndex: index, statusPurpose } = row;
    await trx
      .insertInto('plainCredentials')
      .values({ ...plainCredentialRow.toRow(row), abandonedAt: null })
      .execute();
    if (listId === undefined || index === undefined || statusPurpose === undefined) return;
    await mustFit(trx, { tenant, listId, index, purpose: statusPurpose, kinds: ['plain'] });
    const entry = { tenant, listId, pair: pairOf(index), index, credentialId };
    await trx.insertInto('plainStatusEntries').values(entry).execute();
  },

  'endorsement.insert': async (trx, { row }) => {
    await trx.insertInto('endorsements').values(row).execute();
  },

  'plain.issue': async (trx, { tenant, credentialId, signed, sha256, issuedAt }) => {
    const update = trx
      .updateTable('plainCredentials')
      .set({ phase: 'issued', signed, sha256, issuedAt })
      .where('tenant', '=', tenant)
      .where('credentialId', '=', credentialId)
      .where('phase', '=', 'prepared');
    mustMatch(await update.executeTakeFirst(), 'plain.phase');
  },

  /** The entry stays reserved and its bit is set: a signature may exist somewhere. */
  'plain.abandon': async (trx, { tenant, credentialId, at }) => {
    const update = trx
      .updateTable('plainCredentials')
      .set({ phase: 'abandoned', abandonedAt: at })
      .where('tenant', '=', tenant)
      .where('credentialId', '=', credentialId)
      .where('phase', '=', 'prepared');
    mustMatch(await update.executeTakeFirst(), 'plain.phase');
  },

  /** Nothing leads out of `revoked`: revocation is final (Bitstring Status List 1.0, section 2.2). */
  'plain.changeState': async (trx, { tenant, credentialId, from, to }) => {
    if (from === 'revoked') throw new UniqueViolation('plain.state');
    const update = trx
      .updateTable('plainCredentials')
      .set({ state: to })
      .where('tenant', '=', tenant)
      .where('credentialId', '=', credentialId)
      .where('state', '=', from);
    mustMatch(await update.executeTakeFirst(), 'plain.state');
  },

  'plain.remove': async (trx, { tenant, credentialId, at }) => {
    const update = trx
      .updateTable('plainCredentials')
      .set({ removedAt: at, unsigned: '', signed: '' })
      .where('tenant', '=', tenant)
      .where('credentialId', '=', credentialId)
      .where('phase', '=', 'issued')
      .where('removedAt', 'is', null);
    mustMatch(await update.executeTakeFirst(), 'plain.removed');
  },
};
