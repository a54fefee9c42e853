import type { Kysely } from 'kysely';
import type { PathwayReader } from '#pathways';
import { pageOf } from '../page.ts';
import { pathwayRow } from '../rows.ts';
import type { Tables } from '../tables.ts';

export function pathwayReader(db: Kysely<Tables>): PathwayReader {
  return {
    async pathway(pathwayId, version) {
      const query = db
        .selectFrom('pathways')
        .selectAll()
        .where('pathwayId', '=', pathwayId)
        .orderBy('version', 'desc')
        .limit(1);
      const row = await (version === undefined ? query : query.where('version', '=', version)).executeTakeFirst();
      return row && pathwayRow.fromRow(row);
    },
    async pathwayVersions(pathwayId) {
      const rows = await db
        .selectFrom('pathways')
        .selectAll()
        .where('pathwayId', '=', pathwayId)
        .orderBy('version')
        .execute();
      return rows.map(pathwayRow.fromRow);
    },
    /** The latest version of each, by id. */
    pathways(tenant, page) {
      const latest = db
        .selectFrom('pathways')
        .selectAll()
        .where('version', '=', (eb) =>
          eb
            .selectFrom('pathways as other')
            .select((of) => of.fn.max('other.version').as('version'))
            .whereRef('other.pathwayId', '=', 'pathways.pathwayId'),
        );
      const scoped = tenant === undefined ? latest : latest.where('tenant', '=', tenant);
      return pageOf(scoped, page, { pathwayId: 'text' }, pathwayRow.fromRow);
    },
  };
}
