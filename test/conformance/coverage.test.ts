import { describe, expect, it } from 'vitest';
import { coverageRows, rowFaults } from '../support/coverage-table.ts';

describe('the conformance table', () => {
  const rows = coverageRows('conformance/COVERAGE.md');

  it('has one row for each demand', () => {
    expect(rows.length).toBeGreaterThan(150);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });

  it('names for each a test that is there, or the reason why there is none', () => {
    expect(rows.flatMap(rowFaults)).toEqual([]);
    const without = rows.filter(({ shownBy }) => shownBy[0]!.startsWith('not '));
    console.log(`${rows.length} demands, ${rows.length - without.length} shown by tests`);
  });
});
