import type { Transaction } from 'kysely';
import type { ImportedCredential, ImportQuota } from '#imports';
import { UniqueViolation } from '#kernel';
import { importedRow } from '../rows.ts';
import type { Tables } from '../tables.ts';
import { mustMatch, type WriteTable } from './write-table.ts';

export const importWrites: WriteTable<'import.insert' | 'import.replace' | 'import.looked' | 'import.remove'> = {
  'import.insert': async (trx, { row, most }) => {
    await trx.insertInto('importedCredentials').values(columnsOf(row)).execute();
    await within(trx, row, most);
  },

  'import.replace': async (trx, { row, most }) => {
    const { importId, ...set } = columnsOf(row);
    const update = trx.updateTable('importedCredentials').set(set).where('importId', '=', importId);
    mustMatch(await update.where('validFrom', '<', row.validFrom).executeTakeFirst(), 'import.newer');
    await within(trx, row, most);
  },

  'import.looked': async (trx, { importId, verdict, sentence, verifiedAt }) => {
    const update = trx.updateTable('importedCredentials').where('importId', '=', importId);
    const set = { verdict, sentence: JSON.stringify(sentence), verifiedAt };
    await update.set(set).where('verifiedAt', '<=', verifiedAt).execute();
  },

  'import.remove': async (trx, { importId }) => {
    await trx.deleteFrom('importedCredentials').where('importId', '=', importId).execute();
  },
};

/** Members that a later edition has no more are gone with the earlier one. */
const columnsOf = (row: ImportedCredential): Tables['importedCredentials'] => ({
  ...{ credential: null, credentialId: null, issuerId: null, name: null, issuerName: null, address: null },
  ...importedRow.toRow(row),
  receivedBytes: row.received.byteLength,
});

async function within(trx: Transaction<Tables>, row: ImportedCredential, most: ImportQuota): Promise<void> {
  const { count, bytes } = await trx
    .selectFrom('importedCredentials')
    .select((eb) => [eb.fn.countAll().as('count'), eb.fn.sum('receivedBytes').as('bytes')])
    .where('keeperKind', '=', row.keeperKind)
    .where('keeperValue', '=', row.keeperValue)
    .executeTakeFirstOrThrow();
  if (Number(count) > most.count || Number(bytes) > most.bytes) throw new UniqueViolation('import.quota');
}
