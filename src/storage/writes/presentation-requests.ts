import { presentationRequestRow, verifierKeyRow } from '../rows.ts';
import { mustMatch, type WriteTable } from './write-table.ts';

type Op =
  | 'presentationRequest.insert'
  | 'presentationRequest.answer'
  | 'presentationRequest.sweep'
  | 'verifierKey.insert';

const OPEN = { answeredAt: null, responseCodeSha256: null, error: null, answer: null };

export const presentationRequestWrites: WriteTable<Op> = {
  'presentationRequest.insert': async (trx, { row }) => {
    await trx
      .insertInto('presentationRequests')
      .values({ ...OPEN, ...presentationRequestRow.toRow(row) })
      .execute();
  },
  'presentationRequest.answer': async (trx, { requestId, at, forgetAt, outcome, responseCodeSha256 }) => {
    const update = trx
      .updateTable('presentationRequests')
      .set({
        ...('answer' in outcome
          ? { status: 'answered' as const, answer: outcome.answer }
          : { status: 'declined' as const, error: outcome.error }),
        ...{ answeredAt: at, forgetAt, responseCodeSha256: responseCodeSha256 ?? null },
      })
      .where('requestId', '=', requestId)
      .where('status', '=', 'pending')
      .where('expiresAt', '>', at);
    mustMatch(await update.executeTakeFirst(), 'presentationRequest.state');
  },
  'presentationRequest.sweep': async (trx, { at }) => {
    await trx.deleteFrom('presentationRequests').where('forgetAt', '<=', at).execute();
  },
  'verifierKey.insert': async (trx, { row }) => {
    await trx.insertInto('verifierKeys').values(verifierKeyRow.toRow(row)).execute();
  },
};
