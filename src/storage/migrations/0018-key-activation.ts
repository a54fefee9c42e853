import type { EngineMigration } from './engine.ts';

/** A new signing key is listed before it signs; every DID document that was ever published is kept as it was. */
export const keyActivation: EngineMigration = (engine) => ({
  async up(db) {
    await db.schema.alterTable('signing_keys').addColumn('active_from', 'text').execute();

    await engine
      .table(db, 'did_documents')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('number', 'integer', (c) => c.notNull())
      .addColumn('recorded_at', 'text', (c) => c.notNull())
      .addColumn('sha256', 'text', (c) => c.notNull())
      .addColumn('text', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('did_documents_pk', ['tenant', 'number'])
      .addForeignKeyConstraint('did_documents_institution', ['tenant'], 'institutions', ['tenant'])
      .execute();
    await engine.appendOnly(db, 'did_documents');
  },
});
