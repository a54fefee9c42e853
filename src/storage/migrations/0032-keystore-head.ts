import type { EngineMigration } from './engine.ts';

/** What replicas on one database need to open the keys in it, beside the passphrase. One row. */
export const keystoreHead: EngineMigration = (engine) => ({
  async up(db) {
    await engine
      .table(db, 'keystore_heads')
      .addColumn('name', 'text', (c) => c.primaryKey())
      .addColumn('salt', 'text', (c) => c.notNull())
      .addColumn('canary', 'text', (c) => c.notNull())
      .execute();
    await engine.appendOnly(db, 'keystore_heads');
  },
});
