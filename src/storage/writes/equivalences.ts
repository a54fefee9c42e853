import type { Transaction } from 'kysely';
import { UniqueViolation } from '#kernel';
import { equivalenceEditionRow, equivalenceEventRow, equivalenceRow } from '../rows.ts';
import type { Tables } from '../tables.ts';
import { mustFollow, mustMatch, type WriteTable } from './write-table.ts';

const of = (trx: Transaction<Tables>, { tenant, equivalenceId }: { tenant: string; equivalenceId: string }) =>
  trx.updateTable('equivalences').where('tenant', '=', tenant).where('equivalenceId', '=', equivalenceId);

export const equivalenceWrites: WriteTable<
  | 'equivalence.insert'
  | 'equivalence.edit'
  | 'equivalence.decide'
  | 'equivalence.end'
  | 'equivalenceEdition.insert'
  | 'equivalenceEvent.insert'
> = {
  'equivalence.insert': async (trx, { row }) => {
    if (row.state !== 'draft') throw new Error('an equivalence starts as a draft');
    await trx.insertInto('equivalences').values(equivalenceRow.toRow(row)).execute();
  },
  'equivalence.edit': async (trx, { input, updatedAt, revision, ...key }) => {
    const update = of(trx, key)
      .set({ input: JSON.stringify(input), updatedAt, revision: revision + 1 })
      .where('state', '=', 'draft')
      .where('revision', '=', revision);
    mustMatch(await update.executeTakeFirst(), 'equivalence.revision');
  },
  'equivalence.decide': async (trx, { decidedAt, validFrom, validUntil, revision, ...key }) => {
    const update = of(trx, key)
      .set({ state: 'decided', decidedAt, validFrom, validUntil: validUntil ?? null })
      .where('state', '=', 'draft')
      .where('revision', '=', revision);
    mustMatch(await update.executeTakeFirst(), 'equivalence.revision');
  },
  'equivalence.end': async (trx, { from, state, validUntil, ...key }) => {
    const update = of(trx, key).set({ state, validUntil }).where('state', '=', from);
    mustMatch(await update.executeTakeFirst(), 'equivalence.state');
  },
  'equivalenceEdition.insert': async (trx, { row }) => {
    const last = await trx
      .selectFrom('equivalenceEditions')
      .select(['tenant', 'edition as version'])
      .where('equivalenceId', '=', row.equivalenceId)
      .orderBy('edition', 'desc')
      .limit(1)
      .executeTakeFirst();
    mustFollow('equivalence_editions', last, { tenant: row.tenant, version: row.edition });
    await trx.insertInto('equivalenceEditions').values(equivalenceEditionRow.toRow(row)).execute();
  },
  /** What the writer read must still be all there is, or two events could be appended that exclude each other. */
  'equivalenceEvent.insert': async (trx, { row, after }) => {
    const last = await trx
      .selectFrom('equivalenceEvents')
      .select('seq')
      .where('equivalenceId', '=', row.equivalenceId)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    if ((last?.seq ?? 0) !== after) throw new UniqueViolation('equivalence_events');
    await trx
      .insertInto('equivalenceEvents')
      .values({ ...equivalenceEventRow.toRow(row), seq: after + 1 })
      .execute();
  },
};
