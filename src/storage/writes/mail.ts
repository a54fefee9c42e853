import type { Transaction } from 'kysely';
import { mailRow } from '../rows.ts';
import type { Tables } from '../tables.ts';
import { mustMatch, type WriteTable } from './write-table.ts';

export const mailWrites: WriteTable<
  'mail.queue' | 'mail.claim' | 'mail.sent' | 'mail.later' | 'mail.failed' | 'mail.callBack'
> = {
  'mail.queue': async (trx, { row, forgetBefore }) => {
    await trx
      .deleteFrom('mail')
      .where('tenant', '=', 'system')
      .where('createdAt', '<', forgetBefore)
      .where('state', '<>', 'queued')
      .execute();
    await trx.insertInto('mail').values(mailRow.toRow(row)).execute();
  },
  'mail.claim': async (trx, { mailId, attempts, at, until }) => {
    const update = held(trx, mailId, attempts)
      .set({ attempts: attempts + 1, dueAt: until })
      .where('dueAt', '<=', at);
    mustMatch(await update.executeTakeFirst(), 'mail.state');
  },
  'mail.sent': async (trx, { mailId, attempts, at, answer }) => {
    const update = held(trx, mailId, attempts).set(settled('sent', at, answer));
    mustMatch(await update.executeTakeFirst(), 'mail.state');
  },
  'mail.later': async (trx, { mailId, attempts, dueAt, answer }) => {
    const update = held(trx, mailId, attempts).set({ dueAt, lastAnswer: answer });
    mustMatch(await update.executeTakeFirst(), 'mail.state');
  },
  'mail.failed': async (trx, { mailId, attempts, at, answer }) => {
    const update = held(trx, mailId, attempts).set(settled('failed', at, answer));
    mustMatch(await update.executeTakeFirst(), 'mail.state');
  },
  'mail.callBack': async (trx, { tenant, object, at, answer }) => {
    await trx
      .updateTable('mail')
      .set(settled('failed', at, answer))
      .where('tenant', '=', tenant)
      .where('object', '=', object)
      .where('state', '=', 'queued')
      .execute();
  },
};

/** Nobody is told twice where it went, and its link or code is gone. */
function settled(state: 'sent' | 'failed', settledAt: string, lastAnswer: string) {
  return { state, settledAt, lastAnswer, to: null, content: null };
}

function held(trx: Transaction<Tables>, mailId: string, attempts: number) {
  return trx
    .updateTable('mail')
    .where('mailId', '=', mailId)
    .where('attempts', '=', attempts)
    .where('state', '=', 'queued');
}
