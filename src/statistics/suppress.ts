/** Fewer than this are not told, but none is: who knows one of a few people knows too much about the others. */
export const LEAST = 10;

/** What is published of a count. `withheld`: it could be told, but a smaller one could be computed from it. */
export type Shown = number | '<10' | 'withheld';

/** Cells that add up: the parts are the last one. The same cell may stand in several lines. */
export type Line = readonly number[];

/**
 * Which of the counts may be told. Small ones are not; of each line that would give one away by subtraction, another cell is
 * withheld, the smallest that is told, until none does (complementary cell suppression, as statistical offices do it:
 * Willenborg and de Waal, Elements of Statistical Disclosure Control, 2001, chapter 4).
 *
 * A cell is given away when only one value is left for it by what is told, in one line or by going from line to line, and
 * by what the marks themselves say: `<10` is 1 to 9, and `withheld` is at least 10.
 * @param counts of all cells, totals too
 * @param lines indexes into `counts`, the total last
 */
export function suppress(counts: readonly number[], lines: readonly Line[]): Shown[] {
  const shown: Shown[] = counts.map((count) => (count > 0 && count < LEAST ? '<10' : count));
  for (;;) {
    const ranges = rangesOf(shown, lines);
    const away = shown.flatMap((mark, cell) => (typeof mark !== 'number' && isKnown(ranges[cell]!) ? [cell] : []));
    if (away.length === 0) return shown;
    // Of its own lines; else it is given away from further off, and whatever is smallest makes that harder.
    const near = new Set(lines.filter((line) => line.some((cell) => away.includes(cell))).flat());
    const cell = smallest(counts, shown, (one) => near.has(one)) ?? smallest(counts, shown, () => true);
    if (cell === undefined) return shown;
    shown[cell] = 'withheld';
  }
}

const isKnown = ({ least, most }: Range): boolean => least >= most;

/** Of the cells that are told and are not small. */
function smallest(counts: readonly number[], shown: readonly Shown[], among: (cell: number) => boolean) {
  const told = shown.flatMap((mark, cell) => (typeof mark === 'number' && mark >= LEAST && among(cell) ? [cell] : []));
  return told.sort((a, b) => counts[a]! - counts[b]!)[0];
}

interface Range {
  least: number;
  most: number;
}

/** Steps from line to line: a reader gets no further by more of them than he has lines. */
const STEPS = 50;

/** What every cell can still be, for whoever sees what is shown and can add and subtract. */
function rangesOf(shown: readonly Shown[], lines: readonly Line[]): Range[] {
  const ranges = shown.map((mark): Range => {
    if (typeof mark === 'number') return { least: mark, most: mark };
    return mark === '<10' ? { least: 1, most: LEAST - 1 } : { least: LEAST, most: Number.POSITIVE_INFINITY };
  });
  for (let step = 0, moved = true; moved && step < STEPS; step++) {
    moved = false;
    for (const line of lines) if (narrow(ranges, line)) moved = true;
  }
  return ranges;
}

/** By one line: parts and total leave each other only so much room. @returns whether that was news */
function narrow(ranges: Range[], line: Line): boolean {
  const parts = line.slice(0, -1).map((cell) => ranges[cell]!);
  const total = ranges[line.at(-1)!]!;
  const before = [...parts, total].map(({ least, most }) => `${least} ${most}`).join();
  const sum = (of: readonly Range[], side: keyof Range) => of.reduce((all, one) => all + one[side], 0);
  total.least = Math.max(total.least, sum(parts, 'least'));
  total.most = Math.min(total.most, sum(parts, 'most'));
  for (const part of parts) {
    const others = parts.filter((one) => one !== part);
    part.least = Math.max(part.least, total.least - sum(others, 'most'));
    part.most = Math.min(part.most, total.most - sum(others, 'least'));
  }
  return before !== [...parts, total].map(({ least, most }) => `${least} ${most}`).join();
}
