import { type Clock, formatInstant } from '#kernel';
import type { AwardCount, StatisticsReader } from './ports.ts';
import { type Line, type Shown, suppress } from './suppress.ts';

/** Milliseconds for which the counts are kept in memory: nobody makes the store count more often, however many ask. */
export const COUNTED_EVERY_MS = 3_600_000;

export const DIMENSIONS = ['institutionType', 'region', 'awardType', 'pqfLevel'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Awards in force by one thing and by year. */
export interface StatisticsTable {
  by: Dimension;
  rows: { key: string; counts: Shown[]; total: Shown }[];
}

export interface StatisticsView {
  countedAt: string;
  /** Columns of every table. */
  years: number[];
  /** The same in every table: of each year, and of all. */
  totals: Shown[];
  total: Shown;
  tables: StatisticsTable[];
}

export interface Statistics {
  /** At most `COUNTED_EVERY_MS` old. */
  read(): Promise<StatisticsView>;
}

export function createStatistics({ reader, clock }: { reader: StatisticsReader; clock: Clock }): Statistics {
  let counted: { at: number; view: Promise<StatisticsView> } | undefined;
  return {
    async read() {
      const now = clock.now();
      if (!counted || now.getTime() - counted.at >= COUNTED_EVERY_MS || now.getTime() < counted.at) {
        const at = formatInstant(now);
        const view = reader.awardCounts(at).then((counts) => tabulate(counts, at));
        counted = { at: now.getTime(), view };
        // What failed is not remembered.
        view.catch(() => {
          counted = undefined;
        });
      }
      return counted.view;
    },
  };
}

/** What a count has no word for is a row of its own, so that every table adds up to the same. */
export const NOT_STATED = 'not_stated';

const KEY: Readonly<Record<Dimension, (count: AwardCount) => string | undefined>> = {
  institutionType: ({ institutionType }) => institutionType,
  // The first two digits of a PSGC code are its region, in the older form of nine digits as in that of ten.
  region: ({ psgcCode }) => psgcCode?.slice(0, 2),
  awardType: ({ awardType }) => awardType,
  pqfLevel: ({ pqfLevel }) => pqfLevel?.toString(),
};

/** Pure: all tables from the counts, with small cells suppressed over all of them together. */
export function tabulate(counts: readonly AwardCount[], countedAt: string): StatisticsView {
  const years = [...new Set(counts.map(({ year }) => year))].sort((a, b) => a - b);
  const cells: number[] = [];
  const cell = (of: readonly AwardCount[]) => cells.push(of.reduce((sum, { awards }) => sum + awards, 0)) - 1;
  const byYear = (of: readonly AwardCount[]) => years.map((wanted) => cell(of.filter(({ year }) => year === wanted)));
  const totals = byYear(counts);
  const total = cell(counts);
  const lines: Line[] = [[...totals, total]];
  const tables = DIMENSIONS.map((by) => {
    const keyOf = (count: AwardCount) => KEY[by](count) ?? NOT_STATED;
    const keys = [...new Set(counts.map(keyOf))].sort(lastNotStated);
    const rows = keys.map((key) => {
      const of = counts.filter((count) => keyOf(count) === key);
      return { key, counts: byYear(of), total: cell(of) };
    });
    for (const row of rows) lines.push([...row.counts, row.total]);
    years.forEach((_, at) => void lines.push([...rows.map((row) => row.counts[at]!), totals[at]!]));
    lines.push([...rows.map((row) => row.total), total]);
    return { by, rows };
  });
  const shown = suppress(cells, lines);
  const told = (indexes: readonly number[]) => indexes.map((index) => shown[index]!);
  return {
    ...{ countedAt, years, totals: told(totals), total: shown[total]! },
    tables: tables.map(({ by, rows }) => ({
      by,
      rows: rows.map((row) => ({ key: row.key, counts: told(row.counts), total: shown[row.total]! })),
    })),
  };
}

const lastNotStated = (a: string, b: string): number =>
  Number(a === NOT_STATED) - Number(b === NOT_STATED) || (a < b ? -1 : 1);
