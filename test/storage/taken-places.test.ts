import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS, pairOf } from '#kernel';
import { type AnyWrite, openSqlite, type Storage } from '#storage';
import { withTakenPlaces } from '../../src/storage/engines/sqlite/taken-places.ts';
import { credential, plainCredential, seed, statusList } from './support/records.ts';

const folder = mkdtempSync(join(tmpdir(), 'tatak-places-'));
const path = join(folder, 'store.sqlite');
let stores: Storage[];
let reading: Database.Database;

beforeAll(async () => {
  // Two processes would do the same: each has connections of its own.
  stores = [await openSqlite({ path }), await openSqlite({ path })];
  await seed(stores[0]!, 'uno');
  const list: AnyWrite = { op: 'statusList.insert', row: { ...statusList('uno', 'PLAIN-uno', 9), kind: 'plain' } };
  await stores[0]!.transactor.commit([list]);
  reading = new Database(path, { readonly: true });
});
afterAll(async () => {
  reading.close();
  for (const store of stores) await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Few enough that many are taken; half of them are the last of the list. */
const PLACES = 2_000;
let made = 0;
const someIndex = () => {
  const some = Math.floor(Math.random() * PLACES);
  return some < PLACES / 2 ? some : LIMITS.statusListEntries - PLACES + some;
};
const many = Array.from({ length: LIMITS.statusIndexesAtOnce }, (_, at) => at);

describe('places of a status list that are known', () => {
  it('are those of the store at that moment, whoever took them', async () => {
    const lists = { 'LIST-uno': new Set<number>(), 'PLAIN-uno': new Set<number>() };
    type ListId = keyof typeof lists;
    const wantedOf = (listId: ListId, asked: readonly number[]) =>
      asked.filter((index) => lists[listId].has(pairOf(index)));
    let counts = 0;
    const taken = withTakenPlaces(reading, async (listId, asked) => {
      counts++;
      return wantedOf(listId as ListId, asked);
    });
    const take = async (listId: ListId, store: Storage) => {
      const [index, id] = [someIndex(), `p${made++}`];
      if (lists[listId].has(pairOf(index))) return;
      const write: AnyWrite =
        listId === 'LIST-uno'
          ? { op: 'credential.prepare', row: credential('uno', id, index) }
          : { op: 'plain.prepare', row: plainCredential('uno', id, index) };
      const refused = Math.random() < 0.2;
      // A call that takes a place and is taken back has taken none.
      await store.transactor.commit(refused ? [write, write] : [write]).catch(() => undefined);
      if (!refused) lists[listId].add(pairOf(index));
    };
    for (let round = 0; round < 120; round++) {
      const store = stores[round % 2]!;
      for (const listId of ['LIST-uno', 'PLAIN-uno'] as const) {
        for (let n = 0; n < round % 4; n++) await take(listId, store);
        // The second time that many are asked for the list is read; then it is known to whoever asks for few.
        for (const length of round % 3 === 2 ? [3] : [many.length, many.length]) {
          const asked = Array.from({ length }, someIndex);
          expect(await taken(listId, asked), `round ${round}`).toEqual(wantedOf(listId, asked));
          expect(await store.reader.takenStatusIndexes(listId, asked)).toEqual(wantedOf(listId, asked));
        }
      }
    }
    expect(lists['LIST-uno'].size).toBeGreaterThan(100);
    expect(counts).toBe(2);
  });

  /** Says whose places were asked one by one. */
  function watched() {
    const asked: [string, number][] = [];
    const taken = withTakenPlaces(reading, async (listId, indexes) => {
      asked.push([listId, indexes.length]);
      return [];
    });
    return { asked, taken, begin: async (listId: string) => [await taken(listId, many), await taken(listId, many)] };
  }

  it('leave to the store what it knows nothing of', async () => {
    const { asked, taken, begin } = watched();
    await begin('no such list');
    await taken('LIST-uno', [...many, 1]);
    await taken('LIST-uno', [1]);
    // Two lists in turn are no list that goes on.
    for (const listId of ['LIST-uno', 'PLAIN-uno', 'LIST-uno']) await taken(listId, many);
    expect(asked.map(([, count]) => count)).toEqual([128, 128, 129, 1, 128, 128, 128]);
  });

  it('are forgotten for those of other lists, the least recently used first', async () => {
    const rows = Array.from(
      { length: 17 },
      (_, n): AnyWrite => ({ op: 'statusList.insert', row: statusList('uno', `L${n}`, n) }),
    );
    await stores[0]!.transactor.commit(rows);
    const { asked, taken, begin } = watched();
    for (let n = 0; n < 16; n++) await begin(`L${n}`);
    await taken('L0', [1]);
    await begin('L16');
    asked.length = 0;
    await taken('L0', [1]);
    await taken('L16', [1]);
    expect(asked).toEqual([]);
    await taken('L1', [1]);
    expect(asked).toEqual([['L1', 1]]);
  });

  it('are read anew when much came since', async () => {
    const { asked, taken, begin } = watched();
    await begin('L0');
    asked.length = 0;
    const writing = new Database(path);
    writing.pragma('foreign_keys = OFF');
    const add = writing.prepare(`insert into status_entries values ('uno', ?, ?, ?, ?)`);
    const addMany = (listId: string, from: number, count: number) =>
      writing.transaction(() => {
        for (let n = from; n < from + count; n++) add.run(listId, n * 8, n * 8, `${listId}${n}`);
      })();
    addMany('elsewhere', 0, 10_000);
    addMany('L0', 0, 1);
    expect(await taken('L0', [0])).toEqual([]);
    expect(asked).toEqual([['L0', 1]]);
    await begin('L0');
    addMany('elsewhere', 20_000, 9_000);
    addMany('L0', 1, 1);
    expect(await taken('L0', [0, 7, 8, 15, 16])).toEqual([0, 7, 8, 15]);
    writing.close();
  });
});
