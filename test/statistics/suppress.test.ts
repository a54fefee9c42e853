import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AwardCount } from '#statistics';
import { createStatistics, type StatisticsView, tabulate } from '#statistics';

const AT = '2026-06-01T00:00:00Z';

/** One reader's sum: cells by name, the last of them is the sum of the others. */
type Sum = string[];

/** Every sum that somebody can form from the published tables, written down anew from what is published. */
function sumsOf(view: StatisticsView): { shown: Map<string, unknown>; sums: Sum[] } {
  const shown = new Map<string, unknown>([['all', view.total]]);
  const years = view.years.map((year, at) => {
    shown.set(`${year}`, view.totals[at]);
    return `${year}`;
  });
  const sums: Sum[] = [[...years, 'all']];
  for (const { by, rows } of view.tables) {
    for (const { key, counts, total } of rows) {
      const name = `${by} ${key}`;
      shown.set(name, total);
      counts.forEach((count, at) => void shown.set(`${name} ${years[at]}`, count));
      sums.push([...years.map((year) => `${name} ${year}`), name]);
    }
    const keys = rows.map(({ key }) => `${by} ${key}`);
    sums.push([...keys, 'all']);
    for (const year of years) sums.push([...keys.map((name) => `${name} ${year}`), year]);
  }
  return { shown, sums };
}

/** What subtraction gives whoever goes from sum to sum. @returns name -> number of cells that were not published */
function computed(view: StatisticsView): Map<string, number> {
  const { shown, sums } = sumsOf(view);
  const known = new Map([...shown].filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
  const found = new Map<string, number>();
  for (let moved = true; moved; ) {
    moved = false;
    for (const sum of sums) {
      const [hidden, another] = sum.filter((name) => !known.has(name));
      if (hidden === undefined || another !== undefined) continue;
      const rest = sum.slice(0, -1).reduce((all, name) => all + (known.get(name) ?? 0), 0);
      const value = hidden === sum.at(-1) ? rest : known.get(sum.at(-1)!)! - rest;
      known.set(hidden, value);
      found.set(hidden, value);
      moved = true;
    }
  }
  return found;
}

const count = fc.record(
  {
    institutionType: fc.constantFrom('SUC', 'TVI', 'LUC'),
    psgcCode: fc.constantFrom('1380600000', '072217000', '0300000000'),
    awardType: fc.constantFrom('HeiCourse', 'COC', 'NC'),
    pqfLevel: fc.integer({ min: 1, max: 4 }),
    year: fc.integer({ min: 2023, max: 2026 }),
    awards: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 500 })),
  },
  { requiredKeys: ['year', 'awards'] },
);
const counts = fc.array(count, { maxLength: 40 });

describe('statistics with small cells suppressed', () => {
  it('never tell a number from 1 to 9', () => {
    fc.assert(
      fc.property(counts, (some) => {
        for (const [name, shown] of sumsOf(tabulate(some, AT)).shown) {
          expect(shown === 0 || shown === '<10' || shown === 'withheld' || (shown as number) >= 10, name).toBe(true);
        }
      }),
    );
  });

  it('give none of them away to subtraction, in a line or from line to line', () => {
    fc.assert(
      fc.property(counts, (some) => {
        expect([...computed(tabulate(some, AT))]).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('would give them away without what is withheld: the attack works', () => {
    const view = tabulate(rowsOf([12, 30, 4], [20, 30, 40]), AT);
    expect(view.tables.flatMap(({ rows }) => rows.flatMap((row) => row.counts))).toContain('withheld');
    const bare: StatisticsView = {
      ...{ countedAt: AT, years: [2024, 2025, 2026], totals: [32, 60, 44], total: 136 },
      tables: [{ by: 'awardType', rows: [{ key: 'NC', counts: [12, 30, '<10'], total: 46 }] }],
    };
    expect([...computed(bare)]).toContainEqual(['awardType NC 2026', 4]);
  });

  it('withhold another when two small ones could only be nine each', () => {
    const view = tabulate(rowsOf([9, 9, 50], [20, 30, 40]), AT);
    const row = view.tables.find(({ by }) => by === 'awardType')!.rows.find(({ key }) => key === 'A0')!;
    expect([...row.counts, row.total].filter((shown) => shown === 'withheld').length).toBeGreaterThan(0);
  });

  it('tell what is large as it is, and that there is none', () => {
    const view = tabulate(rowsOf([12, 30, 0], [20, 30, 40]), AT);
    expect(view).toMatchObject({ years: [2024, 2025, 2026], totals: [32, 60, 40], total: 132 });
    expect(view.tables.find(({ by }) => by === 'awardType')!.rows).toEqual([
      { key: 'A0', counts: [12, 30, 0], total: 42 },
      { key: 'A1', counts: [20, 30, 40], total: 90 },
    ]);
    expect(view.tables.find(({ by }) => by === 'region')!.rows.map(({ key }) => key)).toEqual(['not_stated']);
  });

  it('are counted once an hour, however many ask, and again after a fault', async () => {
    let now = Date.parse(AT);
    let asked = 0;
    let broken = false;
    const statistics = createStatistics({
      clock: { now: () => new Date(now) },
      reader: {
        awardCounts: async () => {
          asked++;
          if (broken) throw new Error('no store');
          return [];
        },
      },
    });
    await Promise.all(Array.from({ length: 50 }, () => statistics.read()));
    now += 3_599_000;
    await statistics.read();
    expect(asked).toBe(1);
    now += 1_000;
    broken = true;
    await expect(statistics.read()).rejects.toThrow('no store');
    broken = false;
    expect((await statistics.read()).countedAt).toBe('2026-06-01T01:00:00Z');
    expect(asked).toBe(3);
  });
});

/** Kinds of award `A0`, `A1` … over the years from 2024. */
const rowsOf = (...rows: number[][]): AwardCount[] =>
  rows.flatMap((row, at) =>
    row.map((awards, year) => ({ awardType: `A${at}`, year: 2024 + year, awards })).filter(({ awards }) => awards > 0),
  );
