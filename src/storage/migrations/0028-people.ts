import { type CreateTableBuilder, sql } from 'kysely';
import type { EngineMigration } from './engine.ts';

type Made = CreateTableBuilder<string, string>;

/** Accounts of those who act for institutions: roles, one-time links, passkeys, sessions, OpenID sign-in. */
export const people: EngineMigration = (engine) => ({
  async up(db) {
    const table = (name: string, required: readonly string[], optional: readonly string[] = []): Made => {
      let made: Made = engine.table(db, name);
      for (const column of required) made = made.addColumn(column, 'text', (c) => c.notNull());
      for (const column of optional) made = made.addColumn(column, 'text');
      return made;
    };
    const index = (on: string, name: string) => db.schema.createIndex(`${on}_${name}`).on(on);
    const recovery = ['recovered_at', 'recovered_by', 'recovered_person', 'confirmed_at', 'confirmed_by'];

    await table(
      'accounts',
      ['account_id', 'email', 'created_at', 'created_by'],
      ['person', 'deactivated_at', ...recovery],
    )
      .addPrimaryKeyConstraint('accounts_pk', ['account_id'])
      .addUniqueConstraint('accounts_email', ['email'])
      .addCheckConstraint('accounts_confirmed', sql`confirmed_at is null or recovered_at is not null`)
      .execute();
    await index('accounts', 'list').columns(['created_at', 'account_id']).execute();

    const granted = ['account_id', 'role_id', 'tenant', 'role', 'granted_at', 'granted_by'];
    await table('account_roles', granted, ['revoked_at', 'revoked_by'])
      .addPrimaryKeyConstraint('account_roles_pk', ['account_id', 'role_id'])
      .addForeignKeyConstraint('account_roles_account', ['account_id'], 'accounts', ['account_id'])
      .execute();
    await index('account_roles', 'in_force')
      .unique()
      .columns(['account_id', 'tenant', 'role'])
      .where(sql<boolean>`revoked_at is null`)
      .execute();

    await table(
      'sign_in_links',
      ['link_sha256', 'email_sha256', 'browser_sha256', 'created_at', 'expires_at'],
      ['account_id', 'used_at'],
    )
      .addColumn('ordinal', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('sign_in_links_pk', ['link_sha256'])
      .addUniqueConstraint('sign_in_links_ordinal', ['email_sha256', 'ordinal'])
      .execute();
    await index('sign_in_links', 'created').column('created_at').execute();

    await table(
      'passkeys',
      ['credential_id', 'account_id', 'public_key', 'name', 'created_at'],
      ['transports', 'last_used_at'],
    )
      .addColumn('counter', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('passkeys_pk', ['credential_id'])
      .addForeignKeyConstraint('passkeys_account', ['account_id'], 'accounts', ['account_id'])
      .execute();
    await index('passkeys', 'account').columns(['account_id', 'created_at']).execute();

    await table(
      'passkey_challenges',
      ['challenge_sha256', 'purpose', 'holder_sha256', 'created_at', 'expires_at'],
      ['used_at'],
    )
      .addPrimaryKeyConstraint('passkey_challenges_pk', ['challenge_sha256'])
      .execute();
    await index('passkey_challenges', 'expires').column('expires_at').execute();

    await table(
      'officer_sessions',
      ['session_sha256', 'session_id', 'account_id', 'assurance', 'created_at', 'seen_at', 'expires_at'],
      ['open_id_tenant', 'tenant', 'role', 'ended_at'],
    )
      .addPrimaryKeyConstraint('officer_sessions_pk', ['session_sha256'])
      .addForeignKeyConstraint('officer_sessions_account', ['account_id'], 'accounts', ['account_id'])
      .addCheckConstraint('officer_sessions_open_id', sql`(assurance = 'openid') = (open_id_tenant is not null)`)
      .execute();
    await index('officer_sessions', 'account').columns(['account_id', 'created_at']).execute();
    await index('officer_sessions', 'expires').column('expires_at').execute();

    await table('open_id_providers', ['tenant', 'issuer', 'client_id', 'set_at', 'set_by'])
      .addPrimaryKeyConstraint('open_id_providers_pk', ['tenant'])
      .addForeignKeyConstraint('open_id_providers_institution', ['tenant'], 'institutions', ['tenant'])
      .execute();

    const login = ['state_sha256', 'tenant', 'browser_sha256', 'nonce', 'code_verifier', 'created_at', 'expires_at'];
    await table('open_id_logins', login, ['used_at'])
      .addPrimaryKeyConstraint('open_id_logins_pk', ['state_sha256'])
      .execute();
    await index('open_id_logins', 'expires').column('expires_at').execute();
  },
});
