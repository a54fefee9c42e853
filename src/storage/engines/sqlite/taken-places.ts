import type { Database } from 'better-sqlite3';
import { type CredentialReader, createBitstring, getBit, setBit } from '#credentials';
import { LIMITS, pairOf } from '#kernel';

type Taken = CredentialReader['takenStatusIndexes'];

/** As many as this are asked for by a part of a class list, which goes on asking: at the second time the list is read. */
const MANY = LIMITS.statusIndexesAtOnce;
/** Lists kept, each with a bit for every index: 16 KiB for a list of 131,072, and 128 for the longest. */
const LISTS = 16;
/** Rows that came since, of whatever list, above which to read the list anew is not more work: some milliseconds. */
const FAR_BEHIND = 10_000;
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
  /** The least recently used first. */
  const lists = new Map<string, KnownList>();
  /** Asked for many places last. */
  let latest: string | undefined;
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
    const known = { bits: createBitstring(list.length), upTo: tables.map(({ last }) => last.get() ?? 0) };
    for (const { all } of tables) add(known, all.all(list.tenant, listId));
    if (lists.size >= LISTS) lists.delete(lists.keys().next().value!);
    return known;
  }

  /** @returns undefined when there is too much that came since */
  function goOn(known: KnownList, listId: string): KnownList | undefined {
    for (const [at, { last, since }] of tables.entries()) {
      // What comes between the two questions is read the next time.
      const now = last.get() ?? 0;
      if (now - known.upTo[at]! > FAR_BEHIND) return undefined;
      if (now > known.upTo[at]!) add(known, since.all(known.upTo[at]!, now, listId));
      known.upTo[at] = now;
    }
    return known;
  }

  function knownOf(listId: string, isMany: boolean): KnownList | undefined {
    const before = lists.get(listId);
    lists.delete(listId);
    const goesOn = isMany && latest === listId;
    if (isMany) latest = listId;
    const known = (before && goOn(before, listId)) ?? (goesOn ? begin(listId) : undefined);
    if (known) lists.set(listId, known);
    return known;
  }

  return async (listId, indexes) => {
    if (indexes.length > MANY) return ask(listId, indexes);
    const known = knownOf(listId, indexes.length === MANY);
    if (!known) return ask(listId, indexes);
    return indexes.filter((index) => isTaken(known, pairOf(index)));
  };
}

function add({ bits }: KnownList, pairs: readonly number[]): void {
  for (const pair of pairs) setBit(bits, pair);
}

/** As the store has it, nobody has what is not in the list. */
const isTaken = ({ bits }: KnownList, pair: number): boolean =>
  pair >= 0 && pair < 8 * bits.length && getBit(bits, pair);
