import type { Kysely, Transaction } from 'kysely';
import type { ErasureRecord, PersonalItem } from '#holders';
import type { Tables } from '../tables.ts';
import type { Scope } from './scope.ts';

/** What of its columns is about a person, by table. */
export type PersonalColumns = { readonly [T in keyof Tables]?: readonly (keyof Tables[T])[] };

/** One kind of personal data: where it is, how it is found, and how it goes. Export and erasure both walk the table of these. */
export interface PersonalPlace {
  columns: PersonalColumns;
  /** Over soon by itself, and not in a store that was restored: nothing has to remember that it was erased. */
  passing?: true;
  find(db: Kysely<Tables>, scope: Scope): Promise<Omit<PersonalItem, 'kind'>[]>;
  /** Knows the thing by its name only: after a restore nobody knows whose it was. Absent: it is kept. */
  erase?(trx: Transaction<Tables>, row: ErasureRecord): Promise<void>;
}

/** Values per statement, below every engine's limit of parameters. */
const CHUNK = 500;

/** Asks for many, some at a time. */
export async function inChunks<V, R>(values: Iterable<V>, ask: (some: V[]) => Promise<readonly R[]>): Promise<R[]> {
  const all = [...values];
  const found: R[] = [];
  for (let from = 0; from < all.length; from += CHUNK) found.push(...(await ask(all.slice(from, from + CHUNK))));
  return found;
}
