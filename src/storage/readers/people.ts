import type { Kysely } from 'kysely';
import type { PeopleReader } from '#people';
import { pageOf } from '../page.ts';
import {
  accountRoleRow,
  accountRow,
  officerSessionRow,
  openIdLoginRow,
  openIdProviderRow,
  passkeyRow,
  signInLinkRow,
} from '../rows.ts';
import type { Tables } from '../tables.ts';

export function peopleReader(db: Kysely<Tables>): PeopleReader {
  const accounts = () => db.selectFrom('accounts').selectAll();
  return {
    async account(accountId) {
      const row = await accounts().where('accountId', '=', accountId).executeTakeFirst();
      return row && accountRow.fromRow(row);
    },
    async accountByEmail(email) {
      const row = await accounts().where('email', '=', email).executeTakeFirst();
      return row && accountRow.fromRow(row);
    },
    accounts(page) {
      return pageOf(accounts(), page, { createdAt: 'text', accountId: 'text' }, accountRow.fromRow);
    },
    async accountRoles(accountId) {
      const query = db.selectFrom('accountRoles').selectAll().where('accountId', '=', accountId);
      const rows = await query.orderBy('grantedAt').orderBy('roleId').execute();
      return rows.map(accountRoleRow.fromRow);
    },
    async signInLink(linkSha256) {
      const query = db.selectFrom('signInLinks').selectAll().where('linkSha256', '=', linkSha256);
      const row = await query.executeTakeFirst();
      return row && signInLinkRow.fromRow(row);
    },
    async passkey(credentialId) {
      const query = db.selectFrom('passkeys').selectAll().where('credentialId', '=', credentialId);
      const row = await query.executeTakeFirst();
      return row && passkeyRow.fromRow(row);
    },
    async passkeys(accountId) {
      const query = db.selectFrom('passkeys').selectAll().where('accountId', '=', accountId);
      const rows = await query.orderBy('createdAt').orderBy('credentialId').execute();
      return rows.map(passkeyRow.fromRow);
    },
    async officerSession(sessionSha256) {
      const query = db.selectFrom('officerSessions').selectAll().where('sessionSha256', '=', sessionSha256);
      const row = await query.executeTakeFirst();
      return row && officerSessionRow.fromRow(row);
    },
    async officerSessions(accountId) {
      const query = db.selectFrom('officerSessions').selectAll().where('accountId', '=', accountId);
      const rows = await query.where('endedAt', 'is', null).orderBy('createdAt', 'desc').orderBy('sessionId').execute();
      return rows.map(officerSessionRow.fromRow);
    },
    async openIdProvider(tenant) {
      const query = db.selectFrom('openIdProviders').selectAll().where('tenant', '=', tenant);
      const row = await query.executeTakeFirst();
      return row && openIdProviderRow.fromRow(row);
    },
    async openIdProviders() {
      const rows = await db.selectFrom('openIdProviders').selectAll().orderBy('tenant').execute();
      return rows.map(openIdProviderRow.fromRow);
    },
    async openIdLogin(stateSha256) {
      const query = db.selectFrom('openIdLogins').selectAll().where('stateSha256', '=', stateSha256);
      const row = await query.executeTakeFirst();
      return row && openIdLoginRow.fromRow(row);
    },
  };
}
