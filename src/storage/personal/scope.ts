import { type Kysely, sql } from 'kysely';
import type { CredentialRecord } from '#credentials';
import type { HolderIdentifier } from '#holders';
import { credentialRow } from '../rows.ts';
import type { Tables } from '../tables.ts';

/** Whose data is looked for, and the badges that are theirs. */
export interface Scope {
  emails: readonly string[];
  dids: readonly string[];
  numbers: readonly { tenant: string; studentNumber: string }[];
  credentials: readonly CredentialRecord[];
  credentialIds: ReadonlySet<string>;
  /** Of their badges. */
  subjects: ReadonlySet<string>;
}

/**
 * An address, or the number at an institution, reaches an award with all of its forms. A wallet key reaches the form that is
 * bound to it and no other: whoever had a claim link may have taken that form, and the award is still another's.
 */
export async function scopeOf(db: Kysely<Tables>, identifiers: readonly HolderIdentifier[]): Promise<Scope> {
  const found = new Map<string, CredentialRecord>();
  const add = (rows: readonly Tables['credentials'][]) => {
    for (const row of rows) found.set(row.credentialId, credentialRow.fromRow(row));
  };
  const all = () => db.selectFrom('credentials').selectAll();
  const emails = identifiers.flatMap(({ kind, value }) => (kind === 'email' ? [value] : []));
  const dids = identifiers.flatMap(({ kind, value }) => (kind === 'did' ? [value] : []));
  const numbers = identifiers.flatMap(({ kind, value, vouchedBy }) =>
    kind === 'studentNumber' && vouchedBy !== undefined ? [{ tenant: vouchedBy, studentNumber: value }] : [],
  );
  for (const email of emails) add(await all().where('email', '=', email).execute());
  for (const { tenant, studentNumber } of numbers) {
    const own = all().where('studentNumber', '=', studentNumber).where('tenant', '=', tenant);
    add(await own.where('email', 'is', null).where('subjectId', 'not like', 'did:%').execute());
  }
  for (const { tenant, awardId } of [...found.values()]) {
    const forms = all().where('tenant', '=', tenant).where('awardId', '=', awardId);
    // The index of awards is of these only.
    add(await forms.where(sql<boolean>`phase <> 'abandoned'`).execute());
  }
  for (const did of dids) add(await all().where('subjectId', '=', did).execute());
  const credentials = [...found.values()].filter(({ erasedAt }) => erasedAt === undefined);
  const subjects = new Set(credentials.map(({ recipient }) => recipient.subjectId));
  return {
    emails,
    dids,
    numbers,
    subjects,
    credentials,
    credentialIds: new Set(credentials.map(({ credentialId }) => credentialId)),
  };
}
