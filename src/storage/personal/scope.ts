import type { Kysely } from 'kysely';
import { type CredentialRecord, guardianOn } from '#credentials';
import { type HolderIdentifier, wardIdOf } from '#holders';
import { credentialRow } from '../rows.ts';
import type { Tables } from '../tables.ts';

/** Whose data is looked for, and the badges that are theirs. */
export interface Scope {
  emails: readonly string[];
  dids: readonly string[];
  numbers: readonly { tenant: string; studentNumber: string }[];
  /** Of Manila's calendar: while a guardian acts, nothing is the learner's to have erased. */
  day: string;
  /** What is looked for is about this learner, for whom these addresses act; the other members are empty then. */
  ward?: { wardId: string; guardians: readonly string[] };
  credentials: readonly CredentialRecord[];
  credentialIds: ReadonlySet<string>;
  /** Of their badges. */
  subjects: ReadonlySet<string>;
}

/**
 * An address, or the number at an institution, reaches an award with all of its forms. A wallet key reaches the form that is
 * bound to it and no other: whoever had a claim link may have taken that form, and the award is still another's. What a guardian
 * decides on is reached for that learner only, by the guardian's address only.
 */
export async function scopeOf(
  db: Kysely<Tables>,
  identifiers: readonly HolderIdentifier[],
  { day, ward: wardId }: { day: string; ward?: string | undefined },
): Promise<Scope> {
  const addresses = identifiers.flatMap(({ kind, value }) => (kind === 'email' ? [value] : []));
  const own =
    wardId === undefined
      ? { emails: addresses, dids: didsOf(identifiers), numbers: numbersOf(identifiers) }
      : { emails: [], dids: [], numbers: [] };
  const ward = wardId === undefined ? undefined : { wardId, guardians: addresses };
  const credentials = (await (ward ? ofWard(db, ward, day) : ofHolder(db, own, day))).filter(
    ({ erasedAt }) => erasedAt === undefined,
  );
  return {
    ...own,
    ...{ day, credentials },
    ...(ward ? { ward } : {}),
    subjects: new Set(credentials.map(({ recipient }) => recipient.subjectId)),
    credentialIds: new Set(credentials.map(({ credentialId }) => credentialId)),
  };
}

const didsOf = (identifiers: readonly HolderIdentifier[]) =>
  identifiers.flatMap(({ kind, value }) => (kind === 'did' ? [value] : []));

const numbersOf = (identifiers: readonly HolderIdentifier[]) =>
  identifiers.flatMap(({ kind, value, vouchedBy }) =>
    kind === 'studentNumber' && vouchedBy !== undefined ? [{ tenant: vouchedBy, studentNumber: value }] : [],
  );

const all = (db: Kysely<Tables>) => db.selectFrom('credentials').selectAll();

async function ofHolder(
  db: Kysely<Tables>,
  { emails, dids, numbers }: Pick<Scope, 'emails' | 'dids' | 'numbers'>,
  day: string,
): Promise<CredentialRecord[]> {
  const found = new Map<string, CredentialRecord>();
  const add = (rows: readonly Tables['credentials'][]) => {
    for (const row of rows.map(credentialRow.fromRow))
      if (!guardianOn(row.recipient, day)) found.set(row.credentialId, row);
  };
  for (const email of emails) add(await all(db).where('email', '=', email).execute());
  for (const { tenant, studentNumber } of numbers) {
    const own = all(db).where('studentNumber', '=', studentNumber).where('tenant', '=', tenant);
    add(await own.where('email', 'is', null).where('subjectId', 'not like', 'did:%').execute());
  }
  for (const award of [...found.values()]) add(await formsOf(db, award));
  for (const did of dids) add(await all(db).where('subjectId', '=', did).execute());
  return [...found.values()];
}

async function ofWard(
  db: Kysely<Tables>,
  { wardId, guardians }: NonNullable<Scope['ward']>,
  day: string,
): Promise<CredentialRecord[]> {
  const found = new Map<string, CredentialRecord>();
  for (const address of guardians) {
    const rows = await all(db).where('guardianEmail', '=', address).where('guardianUntil', '>', day).execute();
    for (const row of rows.map(credentialRow.fromRow))
      if (wardIdOf(row.recipient, row.tenant, row.awardId) === wardId) found.set(row.credentialId, row);
  }
  return [...found.values()];
}

/** The index of awards is of these only. */
const formsOf = (db: Kysely<Tables>, { tenant, awardId }: CredentialRecord) =>
  all(db).where('tenant', '=', tenant).where('awardId', '=', awardId).where('abandonedAt', 'is', null).execute();
