import type { PersonalPlace } from '../personal/place.ts';
import { erasureRow, releaseChoiceRow } from '../rows.ts';
import type { WriteTable } from './write-table.ts';

/** Read when the first of anybody is erased: with it come rooms that the thread which writes has no other use for. */
async function placeOf(kind: string): Promise<PersonalPlace | undefined> {
  const { PERSONAL_PLACES } = await import('../personal/places.ts');
  const places: Readonly<Record<string, PersonalPlace>> = PERSONAL_PLACES;
  return Object.hasOwn(places, kind) ? places[kind] : undefined;
}

export const privacyWrites: WriteTable<'release.choose' | 'personal.erase'> = {
  'release.choose': async (trx, { row }) => {
    const { tenant: _, credentialId: __, ...chosen } = row;
    await trx
      .insertInto('releaseChoices')
      .values(releaseChoiceRow.toRow(row))
      .onConflict((conflict) => conflict.column('credentialId').doUpdateSet(chosen))
      .execute();
  },

  'personal.erase': async (trx, { row }) => {
    const place = await placeOf(row.kind);
    if (!place?.erase) throw new Error(`what is called ${row.kind} is not erased here`);
    await place.erase(trx, row);
    if (place.passing) return;
    await trx
      .insertInto('erasures')
      .values({ ...erasureRow.toRow(row), objectSha256: row.objectSha256 ?? null })
      .onConflict((conflict) => conflict.columns(['tenant', 'kind', 'object']).doNothing())
      .execute();
  },
};
