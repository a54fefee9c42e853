import type { AccreditationScope } from '#accreditation';
import { awardTypesColumn, folded } from '../search-text.ts';
import type { EngineMigration } from './engine.ts';

/**
 * What somebody looks for in all registers at once. The index holds every column that is compared, so that a search reads
 * no signed text before it has found something.
 */
export const registerSearch: EngineMigration = (engine) => ({
  async up(db) {
    await db.schema.alterTable('institutions').addColumn('search_name', 'text').execute();
    for (const { tenant, profile } of await db.selectFrom('institutions').select(['tenant', 'profile']).execute()) {
      const { name } = JSON.parse(profile) as { name: string };
      await db
        .updateTable('institutions')
        .set({ search_name: folded(name) })
        .where('tenant', '=', tenant)
        .execute();
    }
    await db.schema.alterTable('accreditations').addColumn('award_types', 'text').execute();
    await engine.releaseAppendOnly(db, 'accreditations');
    const rows = await db.selectFrom('accreditations').select(['tenant', 'accreditation_id', 'scope']).execute();
    for (const { tenant, accreditation_id, scope } of rows) {
      await db
        .updateTable('accreditations')
        .set({ award_types: awardTypesColumn(JSON.parse(scope) as AccreditationScope[]) })
        .where('tenant', '=', tenant)
        .where('accreditation_id', '=', accreditation_id)
        .execute();
    }
    await engine.appendOnly(db, 'accreditations');
    await db.schema
      .createIndex('accreditations_search')
      .on('accreditations')
      .columns(['created_at', 'accreditation_id', 'accredited', 'role', 'verb', 'award_types'])
      .execute();
  },
});
