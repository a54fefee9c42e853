import { describe, expect, it } from 'vitest';
import { LIMITS, pairOf, systemRandom } from '#kernel';
import { createFreeIndexes } from '../../src/credentials/status/free-indexes.ts';

const LENGTH = LIMITS.statusListEntries;
const list = (listId: string, length: number = LENGTH) => ({ listId, length });

/** With the pairs that somebody has, and what was asked. */
function store(taken = new Set<number>()) {
  const asked: number[] = [];
  const takenStatusIndexes = async (_: string, indexes: readonly number[]) => {
    asked.push(indexes.length);
    await new Promise((done) => setImmediate(done));
    return indexes.filter((index) => taken.has(pairOf(index)));
  };
  return { asked, taken, drawFree: createFreeIndexes({ reader: { takenStatusIndexes }, random: systemRandom }) };
}

describe('free indexes of a list', () => {
  it('are asked about more at a time the more often, and each is given once', async () => {
    const { asked, taken, drawFree } = store();
    for (let time = 0; time < 600; time++) {
      const [index] = await drawFree(list('a'), 1);
      expect(taken.has(pairOf(index!))).toBe(false);
      taken.add(pairOf(index!));
    }
    expect(asked.slice(0, 6)).toEqual([8, 16, 32, 64, 64, 64]);
    expect(asked.length).toBeLessThan(14);
  });

  it('are not those that somebody has, in a list that is nearly half full as well', async () => {
    const taken = new Set(Array.from({ length: LENGTH / 2 }, (_, n) => pairOf(n)).filter((_, n) => n % 2 === 0));
    expect(taken.size).toBeGreaterThan(LENGTH / 5);
    const { drawFree } = store(taken);
    const given = await drawFree(list('a'), 500);
    expect(given).toHaveLength(500);
    expect(given.some((index) => taken.has(pairOf(index)))).toBe(false);
  });

  it('are asked about a few times by many who come at once to a list that nobody asked about', async () => {
    const { asked, drawFree } = store();
    const given = (await Promise.all(Array.from({ length: 40 }, () => drawFree(list('a'), 2)))).flat();
    expect([given.length, asked.length < 8]).toEqual([80, true]);
  });

  it('are asked about again by who was refused one, whatever is left over', async () => {
    const { taken, drawFree } = store();
    for (let time = 0; time < 40; time++) await drawFree(list('a'), 1);
    // Another process fills half of the list meanwhile.
    for (let pair = 0; pair < LENGTH / 2; pair++) if (pairOf(pair) === pair && pair % 4 < 2) taken.add(pair);
    const given = await drawFree(list('a'), 20, true);
    expect(given).toHaveLength(20);
    expect(given.some((index) => taken.has(pairOf(index)))).toBe(false);
  });

  it('are of the list that was asked for, and of the shortest list still at most a quarter at once', async () => {
    const { asked, drawFree } = store();
    const given = [await drawFree(list('a'), 3), await drawFree(list('b', 64), 3)];
    expect(given[1]!.every((index) => index < 64)).toBe(true);
    for (let time = 0; time < 4; time++) await drawFree(list('b', 64), 3);
    expect(Math.max(...asked)).toBeLessThanOrEqual(16);
  });

  it('are forgotten of the list that was asked for longest ago, when there are many lists', async () => {
    const { asked, drawFree } = store();
    for (let of = 0; of <= 256; of++) await drawFree(list(`of ${of}`), 1);
    asked.length = 0;
    await drawFree(list('of 256'), 1);
    expect(asked).toEqual([]);
    await drawFree(list('of 0'), 1);
    expect(asked).toEqual([8]);
  });

  it('are none when the store cannot be asked, and asked for again afterwards', async () => {
    let fails = true;
    const takenStatusIndexes = async () => {
      if (fails) throw new Error('gone');
      return [];
    };
    const drawFree = createFreeIndexes({ reader: { takenStatusIndexes }, random: systemRandom });
    await expect(drawFree(list('a'), 1)).rejects.toThrow('gone');
    fails = false;
    expect(await drawFree(list('a'), 1)).toHaveLength(1);
  });
});
