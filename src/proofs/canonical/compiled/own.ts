import { hash } from 'node:crypto';
import { NOTHING, type NotEligible, notEligible, type Without } from './eligible.ts';
import { filled } from './lines.ts';
import type { Plan } from './plan.ts';
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
  const lines = plan.lines.map((line) => filled(line, texts));
  // UTF-16 order, as the reference has it; where that matters nothing is issued.
  lines.sort();
  for (let index = 1; index < lines.length; index++) {
    // A dataset is a set, and which of two libraries drops a line is not foreseen.
    if (lines[index] === lines[index - 1] && !without.has('D-1')) return notEligible('D-1');
  }
  return lines.join('');
}

/** Canonical labels by number of the blank node; undefined when first hashes do not tell them apart. */
function labelsOf(plan: Plan, texts: readonly string[], without: Without): string[] | undefined {
  const count = plan.linesOfNode.length;
  if (count === 0) return [];
  const hashes = plan.linesOfNode.map((numbers, node) => firstHash(plan, numbers, node, texts));
  const order = hashes.map((_, node) => node).sort((x, y) => (hashes[x]! < hashes[y]! ? -1 : 1));
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
  const hole = (number: number): string => {
    if (number < 0) return '';
    if (number < texts.length) return texts[number]!;
    return number === own ? '_:a' : '_:z';
  };
  const lines = numbers.map((number) => {
    const { before, a, between, b, after } = plan.lines[number]!;
    return before + hole(a) + between + hole(b) + after;
  });
  return hash('sha256', lines.sort().join(''), 'hex');
}
