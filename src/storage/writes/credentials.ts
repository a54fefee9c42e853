import type { Transaction } from 'kysely';
import type { Recipient } from '#credentials';
import { emailKey } from '#holders';
import { formatInstant, LIMITS, UniqueViolation } from '#kernel';
import { credentialRow, idempotencyRow } from '../rows.ts';
import type { Tables } from '../tables.ts';
import { mustFit } from './reservations.ts';
import { mustMatch, type WriteTable } from './write-table.ts';

export const credentialWrites: WriteTable<
  'idempotency.insert' | 'credential.prepare' | 'credential.issue' | 'credential.abandon' | 'credential.changeState'
> = {
  /** An answer older than its 24 hours makes room for a new one under the same key. */
  'idempotency.insert': async (trx, { row }) => {
    const keptFrom = new Date(Date.parse(row.createdAt) - LIMITS.idempotencyHours * 3_600_000);
    await trx
      .deleteFrom('idempotency')
      .where('tenant', '=', row.tenant)
      .where('operation', '=', row.operation)
      .where('key', '=', row.key)
      .where('createdAt', '<', formatInstant(keptFrom))
      .execute();
    await trx.insertInto('idempotency').values(idempotencyRow.toRow(row)).execute();
  },

  'credential.prepare': async (trx, { row }) => {
    if (row.phase !== 'prepared' || row.state !== 'active') throw new Error('a credential starts prepared and active');
    const { tenant, statusListId: listId, statusListIndex: index, statusPurpose: purpose } = row;
    await mustFit(trx, { tenant, listId, index, purpose, kinds: [null, 'revocations'] });
    if (row.formOf !== undefined) await holdWebCopy(trx, { ...row, formOf: row.formOf });
    await trx
      .insertInto('credentials')
      .values({ ...credentialRow.toRow(row), abandonedAt: null, ...whoseOf(row.recipient) })
      .execute();
    await trx
      .insertInto('statusEntries')
      .values({ tenant, listId, pair: Math.min(index, index ^ 7), index, credentialId: row.credentialId })
      .execute();
  },

  'credential.issue': async (trx, { tenant, credentialId, signed, sha256, jwt, jwtSha256, issuedAt }) => {
    const update = trx
      .updateTable('credentials')
      .set({ phase: 'issued', signed, sha256, jwt: jwt ?? null, jwtSha256: jwtSha256 ?? null, issuedAt })
      .where('tenant', '=', tenant)
      .where('credentialId', '=', credentialId)
      .where('phase', '=', 'prepared');
    mustMatch(await update.executeTakeFirst(), 'credential.phase');
  },

  /** The entry stays reserved and its bit is set: a signature may exist somewhere. */
  'credential.abandon': async (trx, { tenant, credentialId, at }) => {
    const update = trx
      .updateTable('credentials')
      .set({ phase: 'abandoned', abandonedAt: at })
      .where('tenant', '=', tenant)
      .where('credentialId', '=', credentialId)
      .where('phase', '=', 'prepared');
    mustMatch(await update.executeTakeFirst(), 'credential.phase');
  },

  /** Nothing leads out of `revoked`: revocation is final (Bitstring Status List 1.0, section 2.2). */
  'credential.changeState': async (trx, { tenant, credentialId, from, to, forms }) => {
    if (from === 'revoked') throw new UniqueViolation('credential.state');
    const update = trx
      .updateTable('credentials')
      .set({ state: to })
      .where('tenant', '=', tenant)
      .where('credentialId', '=', credentialId)
      .where('state', '=', from);
    mustMatch(await update.executeTakeFirst(), 'credential.state');
    if (forms === undefined) return;
    const { rows } = await trx
      .selectFrom('credentials')
      .select(({ fn }) => fn.countAll<number>().as('rows'))
      .where('tenant', '=', tenant)
      .where('formOf', '=', credentialId)
      .where('phase', '<>', 'abandoned')
      .executeTakeFirstOrThrow();
    if (Number(rows) !== forms) throw new UniqueViolation('credential.state');
  },
};

/** By which a holder finds what is theirs. */
export function whoseOf({ subjectId, email, studentNumber }: Recipient) {
  return {
    subjectId,
    email: email === undefined ? null : emailKey(email),
    studentNumber: studentNumber ?? null,
  };
}

/** The update changes nothing: it makes whoever changes the state of the award wait, so that no form is left out. */
async function holdWebCopy(
  trx: Transaction<Tables>,
  { tenant, formOf, awardId }: { tenant: string; formOf: string; awardId: string },
): Promise<void> {
  const update = trx
    .updateTable('credentials')
    .set({ state: 'active' })
    .where('tenant', '=', tenant)
    .where('credentialId', '=', formOf)
    .where('awardId', '=', awardId)
    .where('formOf', 'is', null)
    .where('phase', '=', 'issued')
    .where('state', '=', 'active');
  mustMatch(await update.executeTakeFirst(), 'credential.formOf');
}
