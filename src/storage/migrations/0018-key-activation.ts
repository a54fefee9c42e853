import type { EngineMigration } from './engine.ts';

/** A new signing key is listed before it signs. */
export const keyActivation: EngineMigration = () => ({
  async up(db) {
    await db.schema.alterTable('signing_keys').addColumn('active_from', 'text').execute();
  },
});
