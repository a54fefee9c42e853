import type { PersonalPlace } from '../personal/place.ts';
import { PERSONAL_PLACES } from '../personal/places.ts';
import { erasureRow, releaseChoiceRow } from '../rows.ts';
import type { WriteTable } from './write-table.ts';

const PLACES: Readonly<Record<string, PersonalPlace>> = PERSONAL_PLACES;

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
    const place = Object.hasOwn(PLACES, row.kind) ? PLACES[row.kind] : undefined;
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
