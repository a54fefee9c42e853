import { sql, type Transaction } from 'kysely';
import { Problem, UniqueViolation } from '#kernel';
import type { PeopleWrite } from '#people';
import { accountRoleRow, accountRow, openIdProviderRow, passkeyRow } from '../rows.ts';
import type { Tables } from '../tables.ts';
import { mustExist, mustMatch, type WriteTable } from './write-table.ts';

type AccountWrites = Extract<PeopleWrite['op'], `account.${string}` | `accountRole.${string}` | `passkey.${string}`>;

const endSessions = (trx: Transaction<Tables>, accountId: string, at: string) =>
  trx
    .updateTable('officerSessions')
    .set({ endedAt: at })
    .where('accountId', '=', accountId)
    .where('endedAt', 'is', null);

/** Whoever counts what an account has waits here for whoever changes it. */
const lock = async (trx: Transaction<Tables>, accountId: string) => {
  const update = trx.updateTable('accounts').set({ accountId }).where('accountId', '=', accountId);
  mustExist(await update.executeTakeFirst(), 'account');
};

/** Accounts, their roles and their passkeys. */
export const accountWrites: WriteTable<AccountWrites> = {
  'account.insert': async (trx, { row }) => {
    const empty = { person: null, lang: null, deactivatedAt: null };
    const recovery = {
      recoveredAt: null,
      recoveredBy: null,
      recoveredPerson: null,
      confirmedAt: null,
      confirmedBy: null,
    };
    await trx
      .insertInto('accounts')
      .values({ ...empty, ...recovery, ...accountRow.toRow(row) })
      .execute();
  },
  'account.setPerson': async (trx, { accountId, person }) => {
    const update = trx.updateTable('accounts').set({ person }).where('accountId', '=', accountId);
    mustMatch(await update.where('person', 'is', null).executeTakeFirst(), 'account.person');
  },
  'account.deactivate': async (trx, { accountId, at }) => {
    const update = trx.updateTable('accounts').set({ deactivatedAt: at }).where('accountId', '=', accountId);
    mustMatch(await update.where('deactivatedAt', 'is', null).executeTakeFirst(), 'account.state');
    await endSessions(trx, accountId, at).execute();
  },
  'account.recover': async (trx, { accountId, at, by, person }) => {
    const recovered = { recoveredAt: at, recoveredBy: by, recoveredPerson: person ?? null };
    const update = trx
      .updateTable('accounts')
      .set({ ...recovered, confirmedAt: null, confirmedBy: null })
      .where('accountId', '=', accountId);
    mustMatch(await update.where('deactivatedAt', 'is', null).executeTakeFirst(), 'account.state');
    await trx.deleteFrom('passkeys').where('accountId', '=', accountId).execute();
    await endSessions(trx, accountId, at).execute();
  },
  'account.confirm': async (trx, { accountId, recoveredAt, at, by }) => {
    const update = trx
      .updateTable('accounts')
      .set({ confirmedAt: at, confirmedBy: by })
      .where('accountId', '=', accountId)
      .where('recoveredAt', '=', recoveredAt)
      .where('confirmedAt', 'is', null)
      .where('deactivatedAt', 'is', null);
    mustMatch(await update.executeTakeFirst(), 'account.recovery');
  },
  'accountRole.insert': async (trx, { row }) => {
    await trx
      .insertInto('accountRoles')
      .values({ ...accountRoleRow.toRow(row), revokedAt: null, revokedBy: null })
      .execute();
  },
  'accountRole.revoke': async (trx, { accountId, roleId, at, by }) => {
    const update = trx
      .updateTable('accountRoles')
      .set({ revokedAt: at, revokedBy: by })
      .where('accountId', '=', accountId)
      .where('roleId', '=', roleId)
      .where('revokedAt', 'is', null);
    mustMatch(await update.executeTakeFirst(), 'accountRole.state');
    await endSessions(trx, accountId, at).execute();
  },
  'passkey.insert': async (trx, { row, first, sessionSha256 }) => {
    await lock(trx, row.accountId);
    const session = trx.selectFrom('officerSessions').select('sessionId').where('sessionSha256', '=', sessionSha256);
    if (!(await session.where('accountId', '=', row.accountId).where('endedAt', 'is', null).executeTakeFirst())) {
      throw new UniqueViolation('passkey.session');
    }
    if (first) {
      const query = trx.selectFrom('passkeys').select('credentialId').where('accountId', '=', row.accountId).limit(1);
      if (await query.executeTakeFirst()) throw new UniqueViolation('passkey.first');
    }
    await trx
      .insertInto('passkeys')
      .values({
        ...passkeyRow.toRow(row),
        transports: row.transports ? JSON.stringify(row.transports) : null,
        lastUsedAt: null,
      })
      .execute();
  },
  'passkey.use': async (trx, { credentialId, from, counter, at }) => {
    const update = trx
      .updateTable('passkeys')
      .set({ counter, lastUsedAt: at })
      .where('credentialId', '=', credentialId)
      .where('counter', '=', from);
    mustMatch(await update.executeTakeFirst(), 'passkey.counter');
  },
  'passkey.remove': async (trx, { accountId, credentialId }) => {
    await lock(trx, accountId);
    const mine = await trx.selectFrom('passkeys').select('credentialId').where('accountId', '=', accountId).execute();
    if (mine.length === 1 && mine[0]!.credentialId === credentialId) throw new UniqueViolation('passkey.last');
    const remove = trx.deleteFrom('passkeys').where('accountId', '=', accountId);
    const { numDeletedRows } = await remove.where('credentialId', '=', credentialId).executeTakeFirst();
    if (numDeletedRows !== 1n) throw new Problem('not-found', 'there is no such passkey');
  },
};

type SignInWrites = Exclude<PeopleWrite['op'], AccountWrites | 'audit.append'>;

/** What comes and goes: links, challenges, sessions, sign-ins by OpenID. What is over is swept by the next of its kind. */
export const signInWrites: WriteTable<SignInWrites> = {
  'signInLink.insert': async (trx, { row, most, since }) => {
    await trx.deleteFrom('signInLinks').where('createdAt', '<', since).execute();
    const of = trx
      .selectFrom('signInLinks')
      .select(['ordinal', 'createdAt'])
      .where('emailSha256', '=', row.emailSha256);
    const last = await of.orderBy('ordinal', 'desc').limit(most).execute();
    if (last.length >= most) throw new UniqueViolation('signInLink.rate');
    await trx
      .insertInto('signInLinks')
      .values({ ...row, ordinal: (last[0]?.ordinal ?? 0) + 1, accountId: row.accountId ?? null, usedAt: null })
      .execute();
  },
  'signInLink.send': async (trx, { linkSha256, accountId }) => {
    const update = trx.updateTable('signInLinks').set({ accountId }).where('linkSha256', '=', linkSha256);
    mustMatch(await update.where('accountId', 'is', null).executeTakeFirst(), 'signInLink.used');
  },
  'signInLink.use': async (trx, { linkSha256, browserSha256, at }) => {
    const update = trx
      .updateTable('signInLinks')
      .set({ usedAt: at })
      .where('linkSha256', '=', linkSha256)
      .where('browserSha256', '=', browserSha256)
      .where('accountId', 'is not', null)
      .where('usedAt', 'is', null)
      .where('expiresAt', '>', at);
    mustMatch(await update.executeTakeFirst(), 'signInLink.used');
  },
  'passkeyChallenge.insert': async (trx, { row }) => {
    await trx.deleteFrom('passkeyChallenges').where('expiresAt', '<', row.createdAt).execute();
    await trx
      .insertInto('passkeyChallenges')
      .values({ ...row, usedAt: null })
      .execute();
  },
  'passkeyChallenge.use': async (trx, { challengeSha256, purpose, holderSha256, at }) => {
    const update = trx
      .updateTable('passkeyChallenges')
      .set({ usedAt: at })
      .where('challengeSha256', '=', challengeSha256)
      .where('purpose', '=', purpose)
      .where('holderSha256', '=', holderSha256)
      .where('usedAt', 'is', null)
      .where('expiresAt', '>', at);
    mustMatch(await update.executeTakeFirst(), 'passkeyChallenge.used');
  },
  'officerSession.insert': async (trx, { row }) => {
    await trx.deleteFrom('officerSessions').where('expiresAt', '<', row.createdAt).execute();
    const { openIdTenant = null, tenant = null, role = null } = row;
    await trx
      .insertInto('officerSessions')
      .values({ ...row, openIdTenant, tenant, role, endedAt: null })
      .execute();
  },
  'officerSession.touch': async (trx, { sessionSha256, at }) => {
    await trx
      .updateTable('officerSessions')
      .set({ seenAt: at })
      .where('sessionSha256', '=', sessionSha256)
      .where('seenAt', '<', at)
      .execute();
  },
  'officerSession.actAs': async (trx, { sessionSha256, tenant, role }) => {
    const update = trx.updateTable('officerSessions').set({ tenant, role }).where('sessionSha256', '=', sessionSha256);
    mustExist(await update.where('endedAt', 'is', null).executeTakeFirst(), 'session');
  },
  'officerSession.end': async (trx, { accountId, sessionId, at }) => {
    const update = trx
      .updateTable('officerSessions')
      .set({ endedAt: sql<string>`coalesce(ended_at, ${at})` })
      .where('accountId', '=', accountId);
    mustExist(await update.where('sessionId', '=', sessionId).executeTakeFirst(), 'session');
  },
  'officerSession.endAll': async (trx, { accountId, at }) => {
    await endSessions(trx, accountId, at).execute();
  },
  'openIdProvider.set': async (trx, { row: { tenant, ...rest } }) => {
    const row = openIdProviderRow.toRow({ tenant, ...rest });
    await trx
      .insertInto('openIdProviders')
      .values(row)
      .onConflict((conflict) => conflict.column('tenant').doUpdateSet(rest))
      .execute();
  },
  'openIdProvider.remove': async (trx, { tenant }) => {
    const { numDeletedRows } = await trx.deleteFrom('openIdProviders').where('tenant', '=', tenant).executeTakeFirst();
    if (numDeletedRows !== 1n) throw new Problem('not-found', 'there is no such OpenID provider');
  },
  'openIdLogin.insert': async (trx, { row }) => {
    await trx.deleteFrom('openIdLogins').where('expiresAt', '<', row.createdAt).execute();
    await trx
      .insertInto('openIdLogins')
      .values({ ...row, usedAt: null })
      .execute();
  },
  'openIdLogin.use': async (trx, { stateSha256, browserSha256, at }) => {
    const update = trx
      .updateTable('openIdLogins')
      .set({ usedAt: at })
      .where('stateSha256', '=', stateSha256)
      .where('browserSha256', '=', browserSha256)
      .where('usedAt', 'is', null)
      .where('expiresAt', '>', at);
    mustMatch(await update.executeTakeFirst(), 'openIdLogin.used');
  },
};
