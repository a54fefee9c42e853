import type { EngineMigration } from './engine.ts';

/** Of what an endorsement speaks; its document is the plain credential of the same id. */
export const endorsements: EngineMigration = (engine) => ({
  async up(db) {
    await engine
      .table(db, 'endorsements')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('credential_id', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('endorses', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('endorsements_pk', ['tenant', 'credential_id'])
      .addForeignKeyConstraint('endorsements_credential', ['tenant', 'credential_id'], 'plain_credentials', [
        'tenant',
        'credential_id',
      ])
      .execute();
    const index = (name: string) => db.schema.createIndex(`endorsements_${name}`).on('endorsements');
    await index('id').unique().column('credential_id').execute();
    await index('listed').columns(['tenant', 'created_at', 'credential_id']).execute();
    await index('endorsed').columns(['endorses', 'created_at', 'credential_id']).execute();
    await engine.appendOnly(db, 'endorsements');
  },
});
