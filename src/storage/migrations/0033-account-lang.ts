import type { EngineMigration } from './engine.ts';

/** In which language an officer has mail; none: English. */
export const accountLang: EngineMigration = () => ({
  async up(db) {
    await db.schema.alterTable('accounts').addColumn('lang', 'text').execute();
  },
});
