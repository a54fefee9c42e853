import type { Transaction } from 'kysely';
import { formatInstant, LIMITS, pairOf, UniqueViolation } from '#kernel';
import { credentialRow, idempotencyRow } from '../../rows.ts';
import type { AnyWrite } from '../../storage.ts';
import type { Tables } from '../../tables.ts';
import { countIssued, mustSettle } from '../../writes/batches.ts';
import { whoseOf } from '../../writes/credentials.ts';
import { forRows, inserting } from './arrays.ts';

type WriteOf<Op extends AnyWrite['op']> = Extract<AnyWrite, { op: Op }>;
type Bulk<Op extends AnyWrite['op']> = (trx: Transaction<Tables>, writes: readonly WriteOf<Op>[]) => Promise<void>;

const forgetAnswers = forRows(
  { text: ['tenant', 'operation', 'key', 'kept_from'] },
  (names, rows) => `delete from idempotency i using ${rows} as v (${names})
    where i.tenant = v.tenant and i.operation = v.operation and i.key = v.key and i.created_at < v.kept_from`,
);
const insertAnswers = inserting('idempotency', {
  text: ['tenant', 'operation', 'key', 'request_sha256', 'credential_ids', 'created_at'],
});

const findLists = forRows(
  { text: ['tenant', 'list_id', 'purpose'], bigint: ['length'] },
  (names, rows) => `select v.list_id from ${rows} as v (${names}) join status_lists l using (tenant, list_id, purpose)
    where l.length > v.length and (l.kind is null or l.kind = 'revocations')`,
);
const insertCredentials = inserting('credentials', {
  text: [
    ...['tenant', 'credential_id', 'award_id', 'form_of', 'offer_id', 'achievement_id', 'recipient', 'subject_id'],
    ...['email', 'student_number', 'status_list_id', 'status_purpose', 'key_id', 'jwt_key_id', 'phase', 'state'],
    ...['awarded_date', 'valid_from', 'valid_until', 'proof_created', 'unsigned', 'idempotency_key', 'batch_id'],
    ...['prepared_at', 'guardian_email', 'guardian_until'],
  ],
  bigint: ['edition', 'achievement_version', 'status_list_index', 'batch_row'],
});
const insertEntries = inserting('status_entries', {
  text: ['tenant', 'list_id', 'credential_id'],
  bigint: ['pair', 'index'],
});
/**
 * What is changed is found row by row, by its key. That all rows are of one tenant is said in words, so that the server,
 * which thinks of a list as ten rows, expects one.
 */
const issue = forRows(
  { text: ['tenant', 'credential_id', 'signed', 'sha256', 'jwt', 'jwt_sha256', 'issued_at'] },
  (names, rows) => `update credentials c set phase = 'issued', signed = v.signed, sha256 = v.sha256, jwt = v.jwt,
    jwt_sha256 = v.jwt_sha256, issued_at = v.issued_at from ${rows} as v (${names})
    where v.tenant = ($1::text[])[1] and c.tenant = v.tenant and c.credential_id = v.credential_id
      and c.phase = 'prepared'`,
);
/** The concatenation keeps the server from the index of the rows that wait, of which it may know nothing yet. */
const markIssued = forRows(
  { text: ['tenant', 'batch_id', 'credential_id'], bigint: ['row'] },
  (
    names,
    rows,
  ) => `update batch_rows r set state = 'issued', credential_id = v.credential_id from ${rows} as v (${names})
    where v.tenant = ($1::text[])[1] and r.tenant = v.tenant and r.batch_id = v.batch_id and r."row" = v."row"
      and r.state || '' = 'valid'`,
);

/**
 * What each request does, as one statement for all that are committed together, with the errors that the writes one by one
 * have. In the order in which they are done: none of them rests on a later one of the same commit.
 */
const BULK: {
  [Op in 'idempotency.insert' | 'credential.prepare' | 'credential.issue' | 'batchRows.issued']: Bulk<Op>;
} = {
  'idempotency.insert': async (trx, writes) => {
    const kept = LIMITS.idempotencyHours * 3_600_000;
    const keptFrom = (createdAt: string) => formatInstant(new Date(Date.parse(createdAt) - kept));
    await forgetAnswers(
      trx,
      writes.map(({ row: { tenant, operation, key, createdAt } }) => {
        return { tenant, operation, key, keptFrom: keptFrom(createdAt) };
      }),
    );
    await insertAnswers(
      trx,
      writes.map(({ row }) => idempotencyRow.toRow(row)),
    );
  },

  'credential.prepare': async (trx, writes) => {
    const rows = writes.map(({ row }) => row);
    if (rows.some(({ phase, state }) => phase !== 'prepared' || state !== 'active')) {
      throw new Error('a credential starts prepared and active');
    }
    await mustFit(trx, rows);
    await insertCredentials(
      trx,
      rows.map((row) => ({ ...credentialRow.toRow(row), ...whoseOf(row.recipient) })),
    );
    await insertEntries(
      trx,
      rows.map(({ tenant, statusListId: listId, statusListIndex: index, credentialId }) => {
        return { tenant, listId, pair: pairOf(index), index, credentialId };
      }),
    );
  },

  'credential.issue': async (trx, writes) => {
    const { numAffectedRows } = await issue(
      trx,
      writes.map(({ op: _, ...row }) => row),
    );
    if (numAffectedRows !== BigInt(writes.length)) throw new UniqueViolation('credential.phase');
  },

  'batchRows.issued': async (trx, writes) => {
    const marks = writes.flatMap(({ tenant, batchId, rows }) => rows.map((row) => ({ tenant, batchId, ...row })));
    mustSettle(await markIssued(trx, marks), marks.length);
    for (const { tenant, batchId, rows } of writes) await countIssued(trx, tenant, batchId, rows.length);
  },
};

/** Each list is asked for once, with the largest index that is to be reserved in it. */
async function mustFit(trx: Transaction<Tables>, rows: readonly WriteOf<'credential.prepare'>['row'][]): Promise<void> {
  const places = new Map<string, { tenant: string; listId: string; purpose: string; length: number }>();
  for (const { tenant, statusListId: listId, statusPurpose: purpose, statusListIndex: index } of rows) {
    const key = `${tenant} ${listId} ${purpose}`;
    places.set(key, { tenant, listId, purpose, length: Math.max(index, places.get(key)?.length ?? 0) });
  }
  const found = await findLists(trx, [...places.values()]);
  if (found.rows.length !== places.size) throw new Error('no status list for an index of that purpose');
}

/** Whether it can be done together with others of its kind. A form of an award holds its web copy first, by itself. */
export function isBulk(write: AnyWrite): boolean {
  return Object.hasOwn(BULK, write.op) && !(write.op === 'credential.prepare' && write.row.formOf !== undefined);
}

/** @param writes for all of which `isBulk` holds, of one tenant; of each kind in the order in which they came */
export async function applyBulk(trx: Transaction<Tables>, writes: readonly AnyWrite[]): Promise<void> {
  for (const [op, apply] of Object.entries(BULK)) {
    const same = writes.filter((write) => write.op === op);
    if (same.length > 0) await (apply as Bulk<AnyWrite['op']>)(trx, same);
  }
}
