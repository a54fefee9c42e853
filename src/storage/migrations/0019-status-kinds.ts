import type { EngineMigration } from './engine.ts';

/**
 * Status in other ways: lists that name what was revoked (Open Badges `1EdTechRevocationList`), chosen by the version of
 * the achievement, and lists of other kinds than a Bitstring of badges. Absent means what was there before.
 */
export const statusKinds: EngineMigration = () => ({
  async up(db) {
    await db.schema.alterTable('achievement_versions').addColumn('status_type', 'text').execute();
    await db.schema.alterTable('status_lists').addColumn('kind', 'text').execute();
  },
});
