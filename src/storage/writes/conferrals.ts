import type { Transaction } from 'kysely';
import type { ConferralState } from '#conferrals';
import { UniqueViolation } from '#kernel';
import { usesOf } from '../readers/conferrals.ts';
import { componentRow, conferralRow, evaluationRow } from '../rows.ts';
import type { Tables } from '../tables.ts';
import { mustExist, mustMatch, type WriteTable } from './write-table.ts';

const OVER: readonly ConferralState[] = ['failed', 'withdrawn'];

export const conferralWrites: WriteTable<
  'evaluation.insert' | 'conferral.insert' | 'conferral.change' | 'conferral.learnerRecord' | 'conferral.checked'
> = {
  'evaluation.insert': async (trx, { row }) => {
    await trx.insertInto('evaluations').values(evaluationRow.toRow(row)).execute();
  },

  /** What the evaluation knew of earlier uses is looked at here once more: two awards cannot use one component at a time. */
  'conferral.insert': async (trx, { row, components, known }) => {
    if (row.state !== 'prepared') throw new Error('a conferral starts prepared');
    await mustKnow(trx, row.pathway, known);
    await trx.insertInto('conferrals').values(conferralRow.toRow(row)).execute();
    if (components.length > 0) {
      await trx.insertInto('conferralComponents').values(components.map(componentRow.toRow)).execute();
    }
  },

  'conferral.change': async (trx, { tenant, conferralId, from, set, clear = [] }) => {
    const { problem, findings, ...plain } = set;
    const update = trx
      .updateTable('conferrals')
      .set({
        ...plain,
        ...(problem ? { problem: JSON.stringify(problem) } : {}),
        ...(findings ? { findings: JSON.stringify(findings) } : {}),
        ...Object.fromEntries(clear.map((member) => [member, null])),
      })
      .where('tenant', '=', tenant)
      .where('conferralId', '=', conferralId)
      .where('state', 'in', [...from]);
    mustMatch(await update.executeTakeFirst(), 'conferral.state');
    if (!OVER.includes(set.state)) return;
    await ofConferral(trx, tenant, conferralId).set({ live: 0 }).execute();
  },

  'conferral.learnerRecord': async (trx, { tenant, conferralId, learnerRecord }) => {
    const update = trx
      .updateTable('conferrals')
      .set({ learnerRecord })
      .where('tenant', '=', tenant)
      .where('conferralId', '=', conferralId)
      .where('learnerRecord', 'is', null);
    mustMatch(await update.executeTakeFirst(), 'conferral.learnerRecord');
  },

  'conferral.checked': async (trx, { tenant, conferralId, at, note, seen }) => {
    const update = trx
      .updateTable('conferrals')
      .set({ checkedAt: at, checkNote: note ?? null })
      .where('tenant', '=', tenant)
      .where('conferralId', '=', conferralId);
    mustExist(await update.executeTakeFirst(), 'conferral');
    for (const { ordinal, state } of seen) {
      await ofConferral(trx, tenant, conferralId).set({ stateSeen: state }).where('ordinal', '=', ordinal).execute();
    }
  },
};

const ofConferral = (trx: Transaction<Tables>, tenant: string, conferralId: string) =>
  trx.updateTable('conferralComponents').where('tenant', '=', tenant).where('conferralId', '=', conferralId);

/** @throws UniqueViolation `conferral.usedFor` when a component is used for something that is not in `known` */
async function mustKnow(
  trx: Transaction<Tables>,
  pathway: string,
  known: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  // The same pathway is the unique constraint's business.
  const uses = await usesOf(trx, Object.keys(known), pathway);
  for (const [awardId, targets] of uses) {
    if (targets.some((target) => !known[awardId]!.includes(target))) throw new UniqueViolation('conferral.usedFor');
  }
}
