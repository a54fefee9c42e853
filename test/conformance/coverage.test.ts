import { describe, expect, it } from 'vitest';
import { coverageRows, isReason, rowFaults } from '../support/coverage-table.ts';

describe('the conformance table', () => {
  const rows = coverageRows('conformance/COVERAGE.md');

  it('has one row for each demand', () => {
    expect(rows.length).toBeGreaterThan(170);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });

  it('names for each a test that is there, or the reason why there is none', () => {
    expect(rows.flatMap(rowFaults)).toEqual([]);
    const without = rows.filter(isReason);
    console.log(
      `${rows.length} demands: ${rows.length - without.length} shown by tests, ${without.length} not, for a reason`,
    );
  });
});

describe('the reader of such tables', () => {
  const faults = (shown: string, demand = 'x') =>
    rowFaults({ id: 'X-1', demand, shownBy: shown.split(/;\s+(?=`)/) }).join('\n');
  const here = 'conformance/coverage.test.ts';

  it('finds each fault', () => {
    expect(faults(`\`${here} > finds each fault\``)).toBe('');
    expect(faults(`\`${here} > finds each\` (rule \`criteria\`, \`issuer\`)`)).toBe('');
    expect(faults('not built: there is nobody who would ask for it yet')).toBe('');
    expect(faults('?')).toContain('neither a test nor a reason');
    expect(faults('')).toContain('neither');
    expect(faults('not built: later')).toContain('neither');
    expect(faults(`\`${here} > finds each fault\``, '')).toContain('no demand');
    expect(faults('`conformance/nothing.test.ts > x`')).toContain('there is no');
    expect(faults(`\`${here} > ${'each'} fault\``)).toContain('has no');
    expect(faults(`\`${here} > finds each fault\` (rule \`nothing\`)`)).toContain('no rule');
    expect(faults(`\`${here} > finds each fault\`; ?`)).toContain('neither');
    expect(faults(`not built: it comes with the other part, as \`test/${here}\``)).toContain('is there now');
  });
});
