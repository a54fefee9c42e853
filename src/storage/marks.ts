import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/**
 * What a store demands of whoever opens it. Migrations only add, so a process of the version before goes on working on a newer
 * schema; one that cannot be like that puts its name here, in its own migration, and to `UNDERSTOOD`. A process that finds a
 * name which it does not understand does not open the store, instead of harming it.
 */
export interface Mark {
  name: string;
  /** For people. */
  detail: string;
  at: string;
}

/** Names of changes that this version knows how to work with. */
const UNDERSTOOD: ReadonlySet<string> = new Set<string>();

export async function insertMark(db: Kysely<Tables>, { name, detail, at }: Mark): Promise<void> {
  await sql`insert into store_marks (name, detail, at) values (${name}, ${detail}, ${at})`.execute(db);
}

/** Why a process of this version does not open a store; nothing was changed in it. */
export class StoreRefused extends Error {
  constructor(detail: string) {
    super(detail);
    this.name = 'StoreRefused';
  }
}

/** @throws StoreRefused */
export async function assertOpenable(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<Mark>`select name, detail, at from store_marks order by name`.execute(db);
  const strange = rows.find(({ name }) => !UNDERSTOOD.has(name));
  if (!strange) return;
  const { name, detail, at } = strange;
  if (name === 'moved') throw new StoreRefused(`the store has moved to ${detail} at ${at}: start the service there`);
  throw new StoreRefused(`a newer version of the service changed this store (${name}: ${detail}): start that version`);
}
