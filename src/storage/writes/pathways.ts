import { pathwayRow } from '../rows.ts';
import { mustFollow, type WriteTable } from './write-table.ts';

export const pathwayWrites: WriteTable<'pathway.insert'> = {
  'pathway.insert': async (trx, { row }) => {
    const last = await trx
      .selectFrom('pathways')
      .select(['tenant', 'version'])
      .where('pathwayId', '=', row.pathwayId)
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst();
    mustFollow('pathways', last, row);
    await trx.insertInto('pathways').values(pathwayRow.toRow(row)).execute();
  },
};
