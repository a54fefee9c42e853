import type { EngineMigration } from './engine.ts';

/**
 * This index was written at a place of its own with every entry of the log: a sixth of all that issuing writes. That the log has one
 * line is held by its unique numbers, and by the digests for whoever reads it.
 */
export const auditPrevious: EngineMigration = () => ({
  async up(db) {
    await db.schema.dropIndex('audit_previous').execute();
  },
});
