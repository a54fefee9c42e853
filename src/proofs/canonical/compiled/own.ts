import { hash } from 'node:crypto';
import { NOTHING, type NotEligible, notEligible, type Without } from './eligible.ts';
import { filled } from './lines.ts';
import type { Group, Line, Plan } from './plan.ts';
import type { Values } from './values.ts';

/**
 * RDFC-1.0 (SHA-256) of the statements of a plan, for datasets whose blank nodes all differ in their first hash: their labels
 * are then the order of those hashes (RDFC-1.0 4.4, step 5.4), and nothing deeper is compared.
 * @returns canonical N-Quads; `D-1` when a statement occurs twice, `D-2` when two hashes are equal
 */
export function ownNquads(plan: Plan, values: Values, without: Without = NOTHING): string | NotEligible {
  const labels = labelsOf(plan, values.texts, without);
  if (labels === undefined) return notEligible('D-2');
  const texts = labels.length === 0 ? values.texts : values.texts.concat(labels);
  const groups = groupsInOrder(plan, texts);
  const nquads = groups === undefined ? allSorted(plan.lines, texts, without) : inRuns(plan, groups, texts, without);
  return nquads ?? notEligible('D-1');
}

/** @returns undefined when a statement occurs twice: a dataset is a set, and which of two libraries drops a line is not foreseen */
function allSorted(some: readonly Line[], texts: readonly string[], without: Without): string | undefined {
  const lines = some.map((line) => filled(line, texts));
  // UTF-16 order, as the reference has it; where that matters nothing is issued.
  lines.sort();
  for (let index = 1; index < lines.length; index++) {
    if (lines[index] === lines[index - 1] && !without.has('D-1')) return undefined;
  }
  return lines.join('');
}

/**
 * Groups by their subjects. Every character of a subject stands behind the space that follows it, so that the subjects alone
 * say which lines come first.
 * @returns undefined when two are one subject: then no order of groups is one of lines (D-3)
 */
function groupsInOrder({ lines, groups }: Plan, texts: readonly string[]): Group[] | undefined {
  const sorted: Group[] = [];
  const subjects: string[] = [];
  for (const group of groups) {
    const { before, a } = lines[group.start]!;
    const subject = a < 0 ? before : texts[a]!;
    const place = placeOf(subject, subjects, itself);
    if (place > 0 && subjects[place - 1] === subject) return undefined;
    subjects.splice(place, 0, subject);
    sorted.splice(place, 0, group);
  }
  return sorted;
}

function inRuns(
  { lines }: Plan,
  groups: readonly Group[],
  texts: readonly string[],
  without: Without,
): string | undefined {
  let nquads = '';
  for (const { runs } of groups) {
    for (let index = 1; index < runs.length; index++) {
      const [start, end] = [runs[index - 1]!, runs[index]!];
      // Equal lines are in one run.
      const run = end - start === 1 ? filled(lines[start]!, texts) : allSorted(lines.slice(start, end), texts, without);
      if (run === undefined) return undefined;
      nquads += run;
    }
  }
  return nquads;
}

/** Canonical labels by number of the blank node; undefined when first hashes do not tell them apart. */
function labelsOf(plan: Plan, texts: readonly string[], without: Without): string[] | undefined {
  const count = plan.linesOfNode.length;
  if (count === 0) return [];
  const hashes: string[] = [];
  const order: number[] = [];
  for (let node = 0; node < count; node++) {
    const own = firstHash(plan, plan.linesOfNode[node]!, node, texts);
    hashes.push(own);
    order.splice(
      placeOf(own, order, (one) => hashes[one]!),
      0,
      node,
    );
  }
  const labels = new Array<string>(count);
  for (let place = 0; place < count; place++) {
    const node = order[place]!;
    const isEqual = place > 0 && hashes[node] === hashes[order[place - 1]!];
    if (isEqual && !without.has('D-2')) return undefined;
    labels[node] = `_:c14n${place}`;
  }
  return labels;
}

/** RDFC-1.0 4.6: the statements of one blank node, itself written `_:a` and every other `_:z`. */
function firstHash(plan: Plan, numbers: readonly number[], node: number, texts: readonly string[]): string {
  const own = texts.length + node;
  const lines: string[] = [];
  for (const number of numbers) {
    const { before, a, between, b, after } = plan.lines[number]!;
    const line = before + hole(a, own, texts) + between + hole(b, own, texts) + after;
    lines.splice(placeOf(line, lines, itself), 0, line);
  }
  return hash('sha256', lines.join(''), 'hex');
}

function hole(number: number, own: number, texts: readonly string[]): string {
  if (number < 0) return '';
  if (number < texts.length) return texts[number]!;
  return number === own ? '_:a' : '_:z';
}

const itself = (text: string): string => text;

/** Where something belongs among what is in order, by its text, behind its equals: most often at the end. */
function placeOf<T>(text: string, sorted: readonly T[], textOf: (one: T) => string): number {
  let [low, high] = [0, sorted.length];
  if (high === 0 || textOf(sorted[high - 1]!) <= text) return high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (textOf(sorted[middle]!) <= text) low = middle + 1;
    else high = middle;
  }
  return low;
}
