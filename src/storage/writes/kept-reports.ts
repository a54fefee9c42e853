import { keptReportRow } from '../rows.ts';
import type { WriteTable } from './write-table.ts';

export const keptReportWrites: WriteTable<'keptReport.insert' | 'keptReport.sweep'> = {
  'keptReport.insert': async (trx, { row }) => {
    await trx.insertInto('keptReports').values(keptReportRow.toRow(row)).execute();
  },
  'keptReport.sweep': async (trx, { at, forgetBefore }) => {
    await trx.deleteFrom('keptReports').where('endsAt', '<=', forgetBefore).execute();
    const over = trx.updateTable('keptReports').set({ content: null });
    await over.where('endsAt', '<=', at).where('content', 'is not', null).execute();
  },
};
