import { accreditationEventRow, accreditationRow } from '../rows.ts';
import type { WriteTable } from './write-table.ts';

export const accreditationWrites: WriteTable<'accreditation.insert' | 'accreditationEvent.insert'> = {
  'accreditation.insert': async (trx, { row }) => {
    await trx.insertInto('accreditations').values(accreditationRow.toRow(row)).execute();
  },
  'accreditationEvent.insert': async (trx, { row }) => {
    const last = await trx
      .selectFrom('accreditationEvents')
      .select('seq')
      .where('tenant', '=', row.tenant)
      .where('accreditationId', '=', row.accreditationId)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    const columns = { ...accreditationEventRow.toRow(row), seq: (last?.seq ?? 0) + 1 };
    await trx.insertInto('accreditationEvents').values(columns).execute();
  },
};
