import type { EngineMigration } from './engine.ts';

/** Definitions and images: a version or an image is never edited. */
export const achievements: EngineMigration = (engine) => ({
  async up(db) {
    await engine
      .table(db, 'achievement_versions')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('achievement_id', 'text', (c) => c.notNull())
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('document', 'text', (c) => c.notNull())
      .addColumn('sha256', 'text', (c) => c.notNull())
      .addColumn('permitted_issuers', 'text', (c) => c.notNull())
      .addColumn('status_purpose', 'text', (c) => c.notNull())
      .addColumn('extension', 'integer', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('achievement_versions_pk', ['tenant', 'achievement_id', 'version'])
      .execute();
    await db.schema
      .createIndex('achievement_versions_id')
      .unique()
      .on('achievement_versions')
      .columns(['achievement_id', 'version'])
      .execute();
    await engine.appendOnly(db, 'achievement_versions');

    await engine
      .table(db, 'images')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('image_id', 'text', (c) => c.notNull())
      .addColumn('media_type', 'text', (c) => c.notNull())
      .addColumn('bytes', engine.bytes, (c) => c.notNull())
      .addColumn('width', 'integer')
      .addColumn('height', 'integer')
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('images_pk', ['tenant', 'image_id'])
      .execute();
    await db.schema.createIndex('images_id').on('images').column('image_id').execute();
    await engine.appendOnly(db, 'images');
  },
});
