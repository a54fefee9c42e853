import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FIGURES, type FigureName } from '../bench/figures.ts';
import { readPublished } from '../bench/published.ts';
import { scaleLines } from '../bench/scale/model.ts';
import { withTables } from '../bench/scale/tables.ts';
import { SCALE } from '../bench/scale/write.ts';

const known = { 'batch.postgres.perSecond': 1_200, 'http.issue.cpuUs': 600, 'request.verify.cpuUs': 2_000 };
const figures = { ...known, 'statusList1M.publish.ms': 50, 'stored.bytes': 8_000 };
const valueIn = (lines: ReturnType<typeof scaleLines>, name: string) => lines.find((line) => line.name === name)!.value;

it('the tables of SCALE.md are what its numbers make', () => {
  const document = readFileSync(SCALE, 'utf8');
  expect(document).toBe(withTables(document, scaleLines(readPublished().figures)));
});

it.each([
  // Each by hand: 10,000,000 a year, a twentieth of it in 28,800 s.
  ['yearly', 10_000_000],
  ['issuing', 17.361_1],
  ['headroom', 69.12],
  ['verifyCores', 8],
  ['lists', 11_525.88],
  ['revocations', 273.79],
  ['store', 372.53],
  ['disk', 1_490.12],
  ['meanVerifications', 200],
  ['served', 11_756],
  ['origin', 800],
  ['cores', 13],
  ['costCores', 379.86],
  ['costDisk', 178.81],
])('%s', (name, value) => {
  expect(valueIn(scaleLines(figures), name)! / value).toBeCloseTo(1, 3);
});

it('every line but those asked says where it is from, and uses figures that exist', () => {
  for (const { from, says } of scaleLines({})) {
    if (from === 'asked') continue;
    if ('figure' in from) expect(FIGURES[from.figure as FigureName], says).toBeDefined();
    else expect(Object.values(from)[0], says).toMatch(/\S/);
  }
});

it('what hangs on a figure that was not measured is left open', () => {
  const lines = scaleLines({ ...figures, 'stored.bytes': undefined as never });
  for (const name of ['store', 'disk', 'costDisk', 'cost', 'costEach']) expect(valueIn(lines, name)).toBeUndefined();
  expect(valueIn(lines, 'verifyCores')).toBe(8);
});
