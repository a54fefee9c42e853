import type { Approvals } from '#credentials';
import { type Clock, formatInstant, type Json, Problem, type Transactor, UniqueViolation } from '#kernel';
import type { ConferralReader, ConferralRecord, ConferralWrite } from './ports.ts';

export interface SettleDeps {
  reader: Pick<ConferralReader, 'conferral'>;
  transactor: Transactor<ConferralWrite>;
  approvals: Pick<Approvals, 'submit'>;
  clock: Clock;
}

/**
 * Issues what was prepared and writes down how it ended. The key is the conferral's own, so that a crash in between gives the
 * same credential. Also finds out what became of a request that waits for a second person.
 * @throws Problem as issuing; the state is then `failed`, or still `prepared` where it will pass
 */
export async function settle(deps: SettleDeps, row: ConferralRecord): Promise<ConferralRecord> {
  const { tenant, conferralId, preparedBy: actor, preparedPerson: person } = row;
  const done = await deps.approvals
    .submit({
      ...{ tenant, actor, body: JSON.parse(row.body) as Json, of: { conferralId } },
      ...(person === undefined ? {} : { person }),
    })
    .catch(async (error: unknown) => {
      // What will pass by itself leaves the intent, which is tried again.
      if (error instanceof Problem && !error.temporary) {
        await change(deps, row, { state: 'failed', problem: { kind: error.kind, detail: error.message } });
      }
      throw error;
    });
  if ('issued' in done) return change(deps, row, { state: 'conferred', credentialId: done.issued[0]!.credentialId });
  const { approvalId, state, credentialIds, reason, problem } = done.approval;
  switch (state) {
    case 'pending':
    case 'approved':
      return row.approvalId === approvalId ? row : change(deps, row, { state: 'awaiting_approval', approvalId });
    case 'issued':
      return change(deps, row, { state: 'conferred', approvalId, credentialId: credentialIds![0]! });
    case 'rejected':
      return change(deps, row, {
        state: 'failed',
        approvalId,
        problem: { kind: 'conflict', detail: reason ?? 'rejected' },
      });
    case 'failed':
      return change(deps, row, {
        state: 'failed',
        approvalId,
        problem: { kind: problem!.kind, detail: problem!.detail },
      });
  }
}

async function change(
  { transactor, reader, clock }: SettleDeps,
  { tenant, conferralId, preparedBy: actor }: ConferralRecord,
  set: Pick<ConferralRecord, 'state' | 'approvalId' | 'credentialId' | 'problem'>,
): Promise<ConferralRecord> {
  const at = formatInstant(clock.now());
  const ended = set.state !== 'awaiting_approval';
  const { state, credentialId } = set;
  const detail = { state, ...(credentialId ? { credential: credentialId } : {}) };
  try {
    await transactor.commit([
      {
        ...{ op: 'conferral.change', tenant, conferralId, from: ['prepared', 'awaiting_approval'] },
        // A conferral counts as checked when it is made.
        set: { ...set, ...(ended ? { settledAt: at } : {}), ...(state === 'conferred' ? { checkedAt: at } : {}) },
      },
      { op: 'audit.append', at, tenant, actor, operation: 'conferral.settle', object: conferralId, detail },
    ]);
  } catch (error) {
    // Another process has settled it; how is read.
    if (!(error instanceof UniqueViolation)) throw error;
  }
  return (await reader.conferral(tenant, conferralId))!;
}
