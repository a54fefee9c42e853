import type { Transaction, UpdateResult } from 'kysely';
import { UniqueViolation } from '#kernel';
import { statusEventRow } from '../rows.ts';
import type { Tables } from '../tables.ts';
import type { WriteTable } from './write-table.ts';

/** Ids per statement, below every engine's limit of parameters (7 columns of an event). */
const CHUNK = 500;

/** In one order, so that two commits never wait for each other. */
function* chunksOf(ids: readonly string[]): Generator<string[]> {
  const sorted = [...ids].sort();
  for (let from = 0; from < sorted.length; from += CHUNK) yield sorted.slice(from, from + CHUNK);
}

/** What `credential.changeState` and `statusEvent.insert` do for one, with some statements for every five hundred. */
export const awardStateWrites: WriteTable<'credential.changeStates' | 'statusEvent.insertAll'> = {
  'credential.changeStates': async (trx, { tenant, from, to, credentialIds, forms }) => {
    if (from === 'revoked') throw new UniqueViolation('credential.state');
    const change = (ids: readonly string[]) =>
      trx
        .updateTable('credentials')
        .set({ state: to })
        .where('tenant', '=', tenant)
        .where('credentialId', 'in', ids)
        .where('state', '=', from)
        .executeTakeFirst();
    // The web copies first: whoever wants another form waits for them, so that none is left out.
    for (const ids of chunksOf(credentialIds)) mustMatchAll(await change(ids), ids.length);
    for (const ids of chunksOf(forms)) mustMatchAll(await change(ids), ids.length);
    await mustHaveForms(trx, tenant, credentialIds, forms.length);
  },

  'statusEvent.insertAll': async (trx, { event, credentialIds }) => {
    for (const ids of chunksOf(credentialIds)) {
      const last = await trx
        .selectFrom('statusEvents')
        .select(({ fn }) => ['credentialId', fn.max<number>('seq').as('seq')])
        .where('tenant', '=', event.tenant)
        .where('credentialId', 'in', ids)
        .groupBy('credentialId')
        .execute();
      const seqOf = new Map(last.map(({ credentialId, seq }) => [credentialId, Number(seq)]));
      await trx
        .insertInto('statusEvents')
        .values(
          ids.map((credentialId) => ({
            ...statusEventRow.toRow({ ...event, credentialId }),
            seq: (seqOf.get(credentialId) ?? 0) + 1,
          })),
        )
        .execute();
    }
  },
};

function mustMatchAll(result: UpdateResult, count: number): void {
  if (result.numUpdatedRows !== BigInt(count)) throw new UniqueViolation('credential.state');
}

/** So that the state of an award never changes without one of its forms. */
export async function mustHaveForms(
  trx: Transaction<Tables>,
  tenant: string,
  webCopyIds: readonly string[],
  forms: number,
): Promise<void> {
  let count = 0;
  for (const ids of chunksOf(webCopyIds)) {
    const { rows } = await trx
      .selectFrom('credentials')
      .select(({ fn }) => fn.countAll<number>().as('rows'))
      .where('tenant', '=', tenant)
      .where('formOf', 'in', ids)
      .where('abandonedAt', 'is', null)
      .executeTakeFirstOrThrow();
    count += Number(rows);
  }
  if (count !== forms) throw new UniqueViolation('credential.state');
}
