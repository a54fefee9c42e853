import type { EngineMigration } from './engine.ts';

/** The Merkle log over the audit chain: its key, its checkpoints, the roots of its full blocks. */
export const log: EngineMigration = (engine) => ({
  async up(db) {
    await engine
      .table(db, 'log_keys')
      .addColumn('key_id', 'text', (c) => c.primaryKey())
      .addColumn('origin', 'text', (c) => c.notNull())
      .addColumn('public_key_multibase', 'text', (c) => c.notNull())
      .addColumn('wrapped_private_key', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .execute();
    await engine.appendOnly(db, 'log_keys');

    // One root for one size, whoever signs: the key decides between two processes.
    await engine
      .table(db, 'checkpoints')
      .addColumn('size', 'integer', (c) => c.primaryKey())
      .addColumn('root', 'text', (c) => c.notNull())
      .addColumn('note', 'text', (c) => c.notNull())
      .addColumn('key_id', 'text', (c) => c.notNull().references('log_keys.key_id'))
      .addColumn('signed_at', 'text', (c) => c.notNull())
      .execute();
    await engine.appendOnly(db, 'checkpoints');

    await engine
      .table(db, 'log_subtrees')
      .addColumn('block', 'integer', (c) => c.primaryKey())
      .addColumn('root', 'text', (c) => c.notNull())
      .execute();
    await engine.appendOnly(db, 'log_subtrees');

    await db.schema.createIndex('audit_object').on('audit').columns(['object', 'operation', 'seq']).execute();
  },
});
