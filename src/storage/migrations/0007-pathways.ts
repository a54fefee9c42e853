import type { EngineMigration } from './engine.ts';

/** Pathways: a signed version is never edited. */
export const pathways: EngineMigration = (engine) => ({
  async up(db) {
    await engine
      .table(db, 'pathways')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('pathway_id', 'text', (c) => c.notNull())
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('signed', 'text', (c) => c.notNull())
      .addColumn('sha256', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('pathways_pk', ['tenant', 'pathway_id', 'version'])
      .execute();
    await db.schema.createIndex('pathways_id').unique().on('pathways').columns(['pathway_id', 'version']).execute();
    await engine.appendOnly(db, 'pathways');
  },
});
