import { UniqueViolation } from '#kernel';
import { checkpointRow, logBlockRow, logKeyRow } from '../rows.ts';
import type { WriteTable } from './write-table.ts';

export const logWrites: WriteTable<'log.key' | 'log.blocks' | 'log.checkpoint'> = {
  'log.key': async (trx, { row }) => {
    await trx.insertInto('logKeys').values(logKeyRow.toRow(row)).execute();
  },
  /** One statement each: a first checkpoint of a long log has more rows than a statement has parameters. */
  'log.blocks': async (trx, { rows }) => {
    for (const row of rows) await trx.insertInto('logSubtrees').values(logBlockRow.toRow(row)).execute();
  },
  /** A slow signer must not put a smaller checkpoint after a larger one: the last is the largest. */
  'log.checkpoint': async (trx, { row }) => {
    const larger = await trx
      .selectFrom('checkpoints')
      .select('size')
      .where('size', '>=', row.size)
      .limit(1)
      .executeTakeFirst();
    if (larger) throw new UniqueViolation('checkpoints');
    await trx.insertInto('checkpoints').values(checkpointRow.toRow(row)).execute();
  },
};
