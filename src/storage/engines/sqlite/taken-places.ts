import type { Database } from 'better-sqlite3';
import type { CredentialReader } from '#credentials';
import { LIMITS, pairOf } from '#kernel';

type Taken = CredentialReader['takenStatusIndexes'];

/** Indexes that are asked for at once, from which on the list is worth being read whole: a class list goes on asking. */
const MANY = 32;
/** Lists kept, each with a bit for every index: 16 KiB for a list of 131,072. */
const LISTS = 16;
/** Where pairs are taken, and nothing is ever changed or taken away. */
const TABLES = ['status_entries', 'plain_status_entries'] as const;

interface KnownList {
  /** A bit for each pair, by its lesser index. */
  bits: Uint8Array;
  /** Of each table, the row up to which everything is in `bits`. */
  upTo: number[];
}

/**
 * `takenStatusIndexes` for lists of which many places are asked for: the taken ones are read once and kept, and from then on only
 * the rows that came since are read. A class list asks for places all over a list that it fills, and each commit makes the
 * pages of its index unknown to the connection that reads: looked up one by one they took a fiftieth of its time.
 *
 * The answer is that of the store at that moment, whoever writes to it: rows of these tables are only ever added (triggers see
 * to it), with ascending row ids, in commits that the engine puts in one order.
 * @param reading not a connection that writes: rows of its open transaction could be taken back
 * @param ask one by one, for everything else
 */
export function withTakenPlaces(reading: Database, ask: Taken): Taken {
  const lists = new Map<string, KnownList>();
  const owner = reading.prepare<[string], { tenant: string; length: number }>(
    'select tenant, length from status_lists where list_id = ?',
  );
  const tables = TABLES.map((table) => ({
    last: reading.prepare<[], number | null>(`select max(rowid) from ${table}`).pluck(),
    all: reading
      .prepare<[string, string], number>(`select pair from ${table} where tenant = ? and list_id = ?`)
      .pluck(),
    since: reading
      .prepare<[number, number, string], number>(
        `select pair from ${table} where rowid > ? and rowid <= ? and list_id = ?`,
      )
      .pluck(),
  }));

  function begin(listId: string): KnownList | undefined {
    const list = owner.get(listId);
    if (!list) return undefined;
    const known = { bits: new Uint8Array(list.length / 8), upTo: tables.map(({ last }) => last.get() ?? 0) };
    for (const { all } of tables) add(known, all.all(list.tenant, listId));
    if (lists.size >= LISTS) lists.delete(lists.keys().next().value!);
    lists.set(listId, known);
    return known;
  }

  function goOn(known: KnownList, listId: string): void {
    for (const [at, { last, since }] of tables.entries()) {
      // What comes between the two questions is read the next time.
      const now = last.get() ?? 0;
      if (now > known.upTo[at]!) add(known, since.all(known.upTo[at]!, now, listId));
      known.upTo[at] = now;
    }
  }

  return async (listId, indexes) => {
    if (indexes.length > LIMITS.statusIndexesAtOnce) return ask(listId, indexes);
    let known = lists.get(listId);
    if (known) goOn(known, listId);
    else if (indexes.length >= MANY) known = begin(listId);
    if (!known) return ask(listId, indexes);
    const { bits } = known;
    return indexes.filter((index) => isSet(bits, pairOf(index)));
  };
}

function add({ bits }: KnownList, pairs: readonly number[]): void {
  for (const pair of pairs) bits[pair >> 3]! |= 1 << (pair & 7);
}

const isSet = (bits: Uint8Array, pair: number): boolean => ((bits[pair >> 3] ?? 0) & (1 << (pair & 7))) !== 0;
