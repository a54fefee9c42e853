import { sql, type Transaction } from 'kysely';
import { sha256Hex } from '#kernel';
import type { Tables } from '../tables.ts';

/** How many of each were changed. */
export interface AfterRestore {
  closedLists: number;
  heldBatches: number;
  failedApprovals: number;
  deadLinks: number;
  unsentMail: number;
  endedSessions: number;
}

/** Of people and programs that had shown who they are; of questions and answers that are good once. Parents last. */
const FORGOTTEN = [
  ...['holderIdentifiers', 'mailCodes', 'holderSessions', 'officerSessions', 'signInLinks', 'passkeyChallenges'],
  ...[
    'connectionIdentifiers',
    'hostTransfers',
    'hostConnections',
    'hostAuthorizations',
    'connections',
    'openIdLogins',
    'oauthRecords',
    'challenges',
    'presentationRequests',
    'exchanges',
  ],
] as readonly (keyof Tables)[];

const PROBLEM = JSON.stringify({
  title: 'Restored from a backup',
  detail:
    'Whether it was issued after the backup was made is not known here: look, and prepare it again if it was not.',
});

/**
 * A backup is older than the truth. What happened after it is not known, so nothing that could be done a second time goes on
 * by itself:
 * - status lists are closed, because indexes of theirs may have been given out since: new credentials go to new lists;
 * - class lists that were being issued, and approved requests, wait for a person who looks first what was issued;
 * - credentials that were being issued are finished, not given up: whoever got one keeps a badge that is not revoked;
 * - claim links are dead, because an offer may have been taken, withdrawn or given a new link: the institution renews them;
 * - messages are not sent again;
 * - sessions, tokens, codes and challenges are over: they may have been used or ended.
 */
export async function settleRestored(trx: Transaction<Tables>, at: string): Promise<AfterRestore> {
  const lists = await trx
    .updateTable('statusLists')
    .set({ closedAt: at })
    .where('closedAt', 'is', null)
    .executeTakeFirst();
  const batches = await trx
    .updateTable('batches')
    .set((eb) => ({ state: 'previewed' as const, leaseUntil: null, fence: eb('fence', '+', 1) }))
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirst();
  const approvals = await trx
    .updateTable('approvals')
    .set({ state: 'failed', settledAt: at, problem: PROBLEM })
    .where('state', '=', 'approved')
    .executeTakeFirst();
  for (const table of ['credentials', 'plainCredentials'] as const) {
    await trx
      .updateTable(table)
      .set({ idempotencyKey: 'restored' })
      .where('phase', '=', 'prepared')
      .where('idempotencyKey', 'is', null)
      .execute();
  }
  const mail = await trx
    .updateTable('mail')
    .set({ state: 'failed', settledAt: at, lastAnswer: 'restored from a backup', to: null, content: null })
    .where('state', '=', 'queued')
    .executeTakeFirst();
  let endedSessions = 0;
  for (const table of FORGOTTEN)
    endedSessions += Number((await trx.deleteFrom(table).executeTakeFirst()).numDeletedRows);
  return {
    closedLists: Number(lists.numUpdatedRows),
    heldBatches: Number(batches.numUpdatedRows),
    failedApprovals: Number(approvals.numUpdatedRows),
    deadLinks: await killLinks(trx),
    unsentMail: Number(mail.numUpdatedRows),
    endedSessions,
  };
}

/** Nobody has a text of this digest. Renewing an offer makes another link. */
async function killLinks(trx: Transaction<Tables>): Promise<number> {
  const { rows } = await sql<{ id: string }>`select offer_id as id from offers where state = 'open'`.execute(trx);
  for (const { id } of rows) {
    await trx
      .updateTable('offers')
      .set({ secretSha256: sha256Hex(`restored ${id}`) })
      .where('offerId', '=', id)
      .execute();
  }
  return rows.length;
}
