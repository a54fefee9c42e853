import type { Transaction } from 'kysely';
import type { Recipient } from '#credentials';
import { emailKey, formatInstant, LIMITS, pairOf, UniqueViolation } from '#kernel';
import { credentialRow, idempotencyRow } from '../rows.ts';
import { insertion, statement } from '../statement.ts';
import type { Tables } from '../tables.ts';
import { mustHaveForms } from './award-states.ts';
import { mustFit } from './reservations.ts';
import { mustMatch, type WriteTable } from './write-table.ts';

interface OfKey {
  tenant: string;
  operation: string;
  key: string;
}

const forgetIdempotency = statement((db, { tenant, operation, key, keptFrom }: OfKey & { keptFrom: string }) =>
  db
    .deleteFrom('idempotency')
    .where('tenant', '=', tenant)
    .where('operation', '=', operation)
    .where('key', '=', key)
    .where('createdAt', '<', keptFrom),
);
const insertIdempotency = insertion('idempotency', [
  ...['tenant', 'operation', 'key', 'requestSha256', 'credentialIds', 'createdAt'],
] as const);

const insertCredential = insertion('credentials', [
  ...([
    'tenant',
    'credentialId',
    'awardId',
    'edition',
    'formOf',
    'offerId',
    'achievementId',
    'achievementVersion',
  ] as const),
  ...([
    'recipient',
    'subjectId',
    'email',
    'studentNumber',
    'guardianEmail',
    'guardianUntil',
    'statusListId',
    'statusListIndex',
    'statusPurpose',
  ] as const),
  ...(['keyId', 'jwtKeyId', 'phase', 'state', 'awardedDate', 'validFrom', 'validUntil', 'proofCreated'] as const),
  ...(['unsigned', 'idempotencyKey', 'batchId', 'batchRow', 'preparedAt'] as const),
]);
const insertStatusEntry = insertion('statusEntries', ['tenant', 'listId', 'pair', 'index', 'credentialId']);

type Issue = Pick<
  Tables['credentials'],
  'tenant' | 'credentialId' | 'signed' | 'sha256' | 'jwt' | 'jwtSha256' | 'issuedAt'
>;

const issue = statement((db, of: Issue) =>
  db
    .updateTable('credentials')
    .set({ phase: 'issued', signed: of.signed, sha256: of.sha256, issuedAt: of.issuedAt })
    .set({ jwt: of.jwt, jwtSha256: of.jwtSha256 })
    .where('tenant', '=', of.tenant)
    .where('credentialId', '=', of.credentialId)
    .where('phase', '=', 'prepared'),
);

export const credentialWrites: WriteTable<
  'idempotency.insert' | 'credential.prepare' | 'credential.issue' | 'credential.abandon' | 'credential.changeState'
> = {
  /** An answer older than its 24 hours makes room for a new one under the same key. */
  'idempotency.insert': async (trx, { row }) => {
    const keptFrom = new Date(Date.parse(row.createdAt) - LIMITS.idempotencyHours * 3_600_000);
    const { tenant, operation, key } = row;
    await forgetIdempotency(trx, { tenant, operation, key, keptFrom: formatInstant(keptFrom) });
    await insertIdempotency(trx, idempotencyRow.toRow(row));
  },

  'credential.prepare': async (trx, { row }) => {
    if (row.phase !== 'prepared' || row.state !== 'active') throw new Error('a credential starts prepared and active');
    const { tenant, statusListId: listId, statusListIndex: index, statusPurpose: purpose } = row;
    await mustFit(trx, { tenant, listId, index, purpose, kinds: [null, 'revocations'] });
    if (row.formOf !== undefined) await holdWebCopy(trx, { ...row, formOf: row.formOf });
    await insertCredential(trx, { ...credentialRow.toRow(row), ...whoseOf(row.recipient) });
    await insertStatusEntry(trx, { tenant, listId, pair: pairOf(index), index, credentialId: row.credentialId });
  },

  'credential.issue': async (trx, write) => {
    const { numAffectedRows } = await issue(trx, {
      ...write,
      jwt: write.jwt ?? null,
      jwtSha256: write.jwtSha256 ?? null,
    });
    if (numAffectedRows !== 1n) throw new UniqueViolation('credential.phase');
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
    if (forms !== undefined) await mustHaveForms(trx, tenant, [credentialId], forms);
  },
};

/** By which a holder finds what is theirs. */
export function whoseOf({ subjectId, email, studentNumber, guardianEmail, guardianUntil }: Recipient) {
  return {
    subjectId,
    email: email === undefined ? null : emailKey(email),
    studentNumber: studentNumber ?? null,
    guardianEmail: guardianEmail === undefined ? null : emailKey(guardianEmail),
    guardianUntil: guardianUntil ?? null,
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
