import type { Kysely } from 'kysely';
import type { PersonalItem, PersonalKind, PrivacyReader } from '#holders';
import { pageOf } from '../page.ts';
import { PERSONAL_PLACES } from '../personal/places.ts';
import { scopeOf } from '../personal/scope.ts';
import { erasureRow, releaseChoiceRow } from '../rows.ts';
import type { Tables } from '../tables.ts';

export function privacyReader(db: Kysely<Tables>): PrivacyReader {
  return {
    async releaseChoice({ credentialId, formOf }) {
      const rows = await db
        .selectFrom('releaseChoices')
        .selectAll()
        .where('credentialId', 'in', formOf === undefined ? [credentialId] : [credentialId, formOf])
        .execute();
      const row = rows.find((one) => one.credentialId === credentialId) ?? rows[0];
      return row && releaseChoiceRow.fromRow(row);
    },

    async personalData(identifiers) {
      const scope = await scopeOf(db, identifiers);
      const found: PersonalItem[] = [];
      for (const [kind, place] of Object.entries(PERSONAL_PLACES)) {
        for (const item of await place.find(db, scope)) found.push({ kind: kind as PersonalKind, ...item });
      }
      return found;
    },

    erasures(tenant, page) {
      const query = db.selectFrom('erasures').selectAll();
      const scoped = tenant === undefined ? query : query.where('tenant', '=', tenant);
      const order = { erasedAt: 'text', tenant: 'text', kind: 'text', object: 'text' } as const;
      return pageOf(scoped, page, order, erasureRow.fromRow);
    },
  };
}
