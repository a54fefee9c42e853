import { describe, expect, it } from 'vitest';
import { coverageRows, rowFaults } from '../support/coverage-table.ts';

/** How many hazards there are of each kind. */
const KINDS: Record<string, number> = {
  ...{ IS: 11, TM: 4, JL: 15, KP: 13, PR: 10, ST: 10, RG: 2, PW: 5, SS: 6, IM: 5, AU: 5 },
  ...{ ID: 3, DS: 7, FT: 8, OB: 5, BK: 3, SC: 5, HT: 9 },
};
const IDS = Object.entries(KINDS).flatMap(([kind, count]) =>
  Array.from({ length: count }, (_, at) => `${kind}-${at + 1}`),
);
const rows = coverageRows('attack/COVERAGE.md');

describe('the table of hazards', () => {
  it('has a row for each hazard, and none for another', () => {
    expect([...new Set(rows.map(({ id }) => id))].sort()).toEqual([...IDS].sort());
  });

  it.each(rows)('$id $demand', (row) => {
    expect(rowFaults(row)).toEqual([]);
  });
});
