import type { Transaction } from 'kysely';
import type { LimitedUse } from '#holders';
import { holderSessionRow, mailCodeRow } from '../rows.ts';
import type { Tables } from '../tables.ts';
import { mustMatch, type WriteTable } from './write-table.ts';

export const holderWrites: WriteTable<
  | 'holder.insert'
  | 'holder.renew'
  | 'holder.identify'
  | 'holder.challenge'
  | 'holder.end'
  | 'mailCode.insert'
  | 'mailCode.try'
  | 'mailCode.use'
  | 'limitedUse.take'
> = {
  'holder.insert': async (trx, { row: { identifiers, ...row } }) => {
    if (identifiers.length > 0) throw new Error('a session starts with nothing proven');
    const over = trx.selectFrom('holderSessions').select('sessionId').where('expiresAt', '<', row.createdAt);
    await trx.deleteFrom('mailCodes').where('sessionId', 'in', over).execute();
    await trx.deleteFrom('holderIdentifiers').where('sessionId', 'in', over).execute();
    await trx.deleteFrom('holderSessions').where('expiresAt', '<', row.createdAt).execute();
    await trx
      .insertInto('holderSessions')
      .values({ ...holderSessionRow.toRow(row), challenge: row.challenge ?? null })
      .execute();
  },

  'holder.renew': async (trx, { sessionId, from, tokenSha256 }) => {
    const update = trx
      .updateTable('holderSessions')
      .set({ tokenSha256 })
      .where('sessionId', '=', sessionId)
      .where('tokenSha256', '=', from);
    mustMatch(await update.executeTakeFirst(), 'holder.token');
  },

  'holder.identify': async (trx, { sessionId, identifier: { kind, value, provenAt } }) => {
    if (kind === 'studentNumber')
      throw new Error('a student number is never stored as proven: its institution says so');
    // Touched, so that an engine with several writers lets nobody end it meanwhile.
    const session = trx
      .updateTable('holderSessions')
      .set((eb) => ({ sessionId: eb.ref('sessionId') }))
      .where('sessionId', '=', sessionId)
      .where('expiresAt', '>', provenAt);
    mustMatch(await session.executeTakeFirst(), 'holder.session');
    await trx
      .insertInto('holderIdentifiers')
      .values({ sessionId, kind, value, provenAt })
      .onConflict((conflict) => conflict.columns(['sessionId', 'kind', 'value']).doUpdateSet({ provenAt }))
      .execute();
  },

  'holder.challenge': async (trx, { sessionId, challenge }) => {
    const update = trx.updateTable('holderSessions').set({ challenge }).where('sessionId', '=', sessionId);
    mustMatch(await update.executeTakeFirst(), 'holder.session');
  },

  'holder.end': async (trx, { sessionId }) => {
    await trx.deleteFrom('mailCodes').where('sessionId', '=', sessionId).execute();
    await trx.deleteFrom('holderIdentifiers').where('sessionId', '=', sessionId).execute();
    await trx.deleteFrom('holderSessions').where('sessionId', '=', sessionId).execute();
  },

  'mailCode.insert': async (trx, { row, uses }) => {
    await take(trx, uses, row.createdAt, 'mailCode.limit');
    await trx.deleteFrom('mailCodes').where('sessionId', '=', row.sessionId).where('email', '=', row.email).execute();
    await trx
      .insertInto('mailCodes')
      .values({ ...mailCodeRow.toRow(row), usedAt: null })
      .execute();
  },

  'mailCode.try': async (trx, { sessionId, email, mac, at, most }) => {
    const update = trx
      .updateTable('mailCodes')
      .set((eb) => ({ tries: eb('tries', '+', 1) }))
      .where('sessionId', '=', sessionId)
      .where('email', '=', email)
      .where('mac', '=', mac)
      .where('usedAt', 'is', null)
      .where('expiresAt', '>', at)
      .where('tries', '<', most);
    mustMatch(await update.executeTakeFirst(), 'mailCode.tries');
  },

  'mailCode.use': async (trx, { sessionId, email, mac, at }) => {
    const update = trx
      .updateTable('mailCodes')
      .set({ usedAt: at })
      .where('sessionId', '=', sessionId)
      .where('email', '=', email)
      .where('mac', '=', mac)
      .where('usedAt', 'is', null);
    mustMatch(await update.executeTakeFirst(), 'mailCode.used');
  },

  'limitedUse.take': (trx, { use, at }) => take(trx, [use], at, 'limitedUse.limit'),
};

/** Counts each; one that is used up fails the commit, and what is over is forgotten. */
async function take(trx: Transaction<Tables>, uses: readonly LimitedUse[], at: string, limit: string): Promise<void> {
  await trx.deleteFrom('limitedUses').where('endsAt', '<=', at).execute();
  for (const { key, span, endsAt, most } of uses) {
    await trx
      .insertInto('limitedUses')
      .values({ key, span, endsAt, used: 0 })
      .onConflict((conflict) => conflict.columns(['key', 'span']).doNothing())
      .execute();
    const update = trx
      .updateTable('limitedUses')
      .set((eb) => ({ used: eb('used', '+', 1) }))
      .where('key', '=', key)
      .where('span', '=', span)
      .where('used', '<', most);
    mustMatch(await update.executeTakeFirst(), limit);
  }
}
