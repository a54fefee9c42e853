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

/** Few enough that many are taken. */
const PLACES = 2_000;
let made = 0;
const someIndex = () => Math.floor(Math.random() * PLACES);

describe('places of a status list that are known', () => {
  it('are those of the store at that moment, whoever took them', async () => {
    let counts = 0;
    const ask = () => {
      counts++;
      return Promise.resolve([]);
    };
    const taken = withTakenPlaces(reading, ask);
    const lists = { 'LIST-uno': new Set<number>(), 'PLAIN-uno': new Set<number>() };
    const take = async (listId: keyof typeof lists, store: Storage) => {
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
        const asked = Array.from({ length: round % 3 === 2 ? 3 : 100 }, someIndex);
        // The first time many are asked for, the list is read.
        if (round === 0) expect(await taken(listId, asked.slice(0, 31))).toEqual([]);
        const wanted = asked.filter((index) => lists[listId].has(pairOf(index)));
        expect(await taken(listId, asked), `round ${round}`).toEqual(wanted);
        expect(await store.reader.takenStatusIndexes(listId, asked)).toEqual(wanted);
      }
    }
    expect(lists['LIST-uno'].size).toBeGreaterThan(100);
    expect(counts).toBe(2);
  });

  it('leave to the store what it knows nothing of', async () => {
    const asked: number[] = [];
    const taken = withTakenPlaces(reading, async (_, indexes) => {
      asked.push(indexes.length);
      return [...indexes];
    });
    const many = Array.from({ length: LIMITS.statusIndexesAtOnce }, (_, at) => at);
    expect(await taken('no such list', many)).toEqual(many);
    expect(await taken('LIST-uno', [...many, 1])).toHaveLength(many.length + 1);
    expect(await taken('LIST-uno', [1])).toEqual([1]);
    expect(asked).toEqual([many.length, many.length + 1, 1]);
  });

  it('are forgotten for other lists in the end', async () => {
    const rows = Array.from(
      { length: 17 },
      (_, n): AnyWrite => ({ op: 'statusList.insert', row: statusList('uno', `L${n}`, n) }),
    );
    await stores[0]!.transactor.commit(rows);
    let counts = 0;
    const taken = withTakenPlaces(reading, async () => {
      counts++;
      return [];
    });
    const many = Array.from({ length: 32 }, (_, at) => at);
    for (let n = 0; n < 17; n++) expect(await taken(`L${n}`, many)).toEqual([]);
    expect(await taken('L16', [1])).toEqual([]);
    expect(counts).toBe(0);
    await taken('L0', [1]);
    expect(counts).toBe(1);
  });
});
