import type { EngineMigration } from './engine.ts';

/** What wallets were told about their offers; rows are forgotten in time, so the offer is named and not referred to. */
export const walletIssuances: EngineMigration = (engine) => ({
  async up(db) {
    await engine
      .table(db, 'wallet_issuances')
      .addColumn('issuance_id', 'text', (c) => c.notNull().primaryKey())
      .addColumn('tenant', 'text', (c) => c.notNull().references('institutions.tenant'))
      .addColumn('offer_id', 'text', (c) => c.notNull())
      .addColumn('format', 'text', (c) => c.notNull())
      .addColumn('holders', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('expires_at', 'text', (c) => c.notNull())
      .addColumn('event', 'text')
      .addColumn('event_at', 'text')
      .addUniqueConstraint('wallet_issuances_offer', ['offer_id', 'format'])
      .execute();
    await db.schema.createIndex('wallet_issuances_expiry').on('wallet_issuances').column('expires_at').execute();
  },
});
