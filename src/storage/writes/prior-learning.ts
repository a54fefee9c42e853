import { caseEntryRow, caseRow } from '../rows.ts';
import { mustMatch, type WriteTable } from './write-table.ts';

export const priorLearningWrites: WriteTable<'priorLearning.open' | 'priorLearning.change' | 'priorLearning.enter'> = {
  'priorLearning.open': async (trx, { row }) => {
    if (row.state !== 'open' || row.revision !== 0) throw new Error('a case starts open, at revision 0');
    await trx.insertInto('priorLearningCases').values(caseRow.toRow(row)).execute();
  },
  'priorLearning.change': async (trx, { tenant, caseId, revision, set: { award, ...set } }) => {
    const update = trx
      .updateTable('priorLearningCases')
      .set({ ...set, ...(award === undefined ? {} : { award: JSON.stringify(award) }), revision: revision + 1 })
      .where('tenant', '=', tenant)
      .where('caseId', '=', caseId)
      .where('revision', '=', revision);
    mustMatch(await update.executeTakeFirst(), 'priorLearning.revision');
  },
  'priorLearning.enter': async (trx, { row }) => {
    await trx.insertInto('priorLearningEntries').values(caseEntryRow.toRow(row)).execute();
  },
};
