import type { Kysely } from 'kysely';
import type { KeptReportReader } from '#kept-reports';
import { keptReportRow } from '../rows.ts';
import type { Tables } from '../tables.ts';

export function keptReportReader(db: Kysely<Tables>): KeptReportReader {
  return {
    async keptReport(reportId) {
      const query = db.selectFrom('keptReports').selectAll().where('reportId', '=', reportId);
      const row = await query.executeTakeFirst();
      return row && keptReportRow.fromRow(row);
    },
  };
}
