import { type Kysely, sql } from 'kysely';
import type { AccreditationReader } from '#accreditation';
import { pageOf } from '../page.ts';
import { accreditationRow } from '../rows.ts';
import { anywhere, coversAwardType, folded } from '../search-text.ts';
import type { Tables } from '../tables.ts';

/** Looks through all registers. Finds by the index alone, then reads the rows of one page. */
export function registerSearchReader(db: Kysely<Tables>): Pick<AccreditationReader, 'searchAccreditations'> {
  return {
    async searchAccreditations({ tenant, text, ownDid, role, verb, awardType }, page) {
      let query = db.selectFrom('accreditations').select(['createdAt', 'accreditationId']);
      if (tenant !== undefined) query = query.where('tenant', '=', tenant);
      if (role !== undefined) query = query.where('role', '=', role);
      if (verb !== undefined) query = query.where('verb', '=', verb);
      if (awardType !== undefined) {
        const kinds = sql<string>`coalesce(award_types, ' * ')`;
        const patterns = coversAwardType(awardType);
        query = query.where((eb) => eb.or(patterns.map((one) => sql<boolean>`${kinds} like ${one} escape '!'`)));
      }
      if (text !== undefined) {
        const pattern = anywhere(folded(text));
        const named = db
          .selectFrom('institutions')
          .select(sql<string>`cast(${ownDid} as text) || tenant`.as('did'))
          .where(sql<boolean>`coalesce(search_name, tenant) like ${pattern} escape '!'`);
        query = query.where((eb) =>
          eb.or([
            sql<boolean>`lower(accredited) like ${anywhere(text.toLowerCase())} escape '!'`,
            eb('accredited', 'in', named),
          ]),
        );
      }
      const found = await pageOf(query, page, { createdAt: 'text', accreditationId: 'text' }, (row) => row);
      const ids = found.items.map((row) => row.accreditationId);
      if (ids.length === 0) return { items: [] };
      const rows = await db
        .selectFrom('accreditations')
        .selectAll()
        .where('accreditationId', 'in', ids)
        .orderBy('createdAt')
        .orderBy('accreditationId')
        .execute();
      return { items: rows.map(accreditationRow.fromRow), ...(found.next ? { next: found.next } : {}) };
    },
  };
}
