import type { EngineMigration } from './engine.ts';

/** Whether an offer was withdrawn by the institution, or by whoever had its link and said "not mine". */
export const offerWithdrawnBy: EngineMigration = () => ({
  async up(db) {
    await db.schema.alterTable('offers').addColumn('withdrawn_by', 'text').execute();
  },
});
