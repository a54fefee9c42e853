import type { EngineMigration } from './engine.ts';

/** The exchange of each offer, from its first message. */
export const exchanges: EngineMigration = (engine) => ({
  async up(db) {
    await engine
      .table(db, 'exchanges')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('offer_id', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('sequence', 'integer', (c) => c.notNull())
      .addColumn('challenge', 'text')
      .addColumn('challenge_expires_at', 'text')
      .addColumn('last_error', 'text')
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('updated_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('exchanges_pk', ['offer_id'])
      .addForeignKeyConstraint('exchanges_offer', ['tenant', 'offer_id'], 'offers', ['tenant', 'offer_id'])
      .execute();
  },
});
