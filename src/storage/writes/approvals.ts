import { approvalRow } from '../rows.ts';
import { mustMatch, type WriteTable } from './write-table.ts';

export const approvalWrites: WriteTable<'approval.insert' | 'approval.decide' | 'approval.settle'> = {
  'approval.insert': async (trx, { row }) => {
    if (row.state !== 'pending') throw new Error('an approval starts pending');
    await trx.insertInto('approvals').values(approvalRow.toRow(row)).execute();
  },
  /** The person is looked at here once more: the decision and its condition are one statement. */
  'approval.decide': async (trx, { op: _, tenant, approvalId, ...decision }) => {
    const update = trx
      .updateTable('approvals')
      .set(decision)
      .where('tenant', '=', tenant)
      .where('approvalId', '=', approvalId)
      .where('state', '=', 'pending')
      .where('preparedPerson', '<>', decision.decidedPerson);
    mustMatch(await update.executeTakeFirst(), 'approval.state');
  },
  'approval.settle': async (trx, { tenant, approvalId, settledAt, ...outcome }) => {
    const more =
      outcome.state === 'issued'
        ? { credentialIds: JSON.stringify(outcome.credentialIds) }
        : { problem: JSON.stringify(outcome.problem) };
    const update = trx
      .updateTable('approvals')
      .set({ state: outcome.state, settledAt, ...more })
      .where('tenant', '=', tenant)
      .where('approvalId', '=', approvalId)
      .where('state', '=', 'approved');
    mustMatch(await update.executeTakeFirst(), 'approval.state');
  },
};
