import { escapedIri, escapedText } from './escapes.ts';
import type { Group, Line, Plan, Quad, Role, Term } from './plan.ts';
import { suffixOf } from './roles.ts';
import type { Leaf } from './shape.ts';
import { textOf } from './values.ts';

/** What a term writes before its hole, the hole, and after it. */
interface Piece {
  text: string;
  hole: number;
}

/**
 * Statements as text with holes, in the canonical order of the source document: other values move few of them, and sorting
 * what is nearly sorted costs little. With them the same statements as terms, and the order the reference gave them in.
 */
export function inCanonicalOrder(
  quads: readonly Quad[],
  roles: readonly Role[],
  nodes: number,
  leaves: readonly Leaf[],
): Pick<Plan, 'lines' | 'groups' | 'quads' | 'referenceOrder' | 'linesOfNode'> {
  const lines = quads.map((quad) => lineOf(quad, roles));
  const texts = [
    ...roles.map((role, index) => textOf(leaves[index]!, role)),
    // Any labels that keep the lines of one node together: which they get depends on the values.
    ...Array.from({ length: nodes }, (_, node) => `_:c14n${node}`),
  ];
  const full = lines.map((line) => filled(line, texts));
  const order = lines.map((_, index) => index).sort((one, other) => (full[one]! < full[other]! ? -1 : 1));
  const sorted = order.map((index) => lines[index]!);
  const referenceOrder = new Array<number>(order.length);
  for (const [place, index] of order.entries()) referenceOrder[index] = place;
  const linesOfNode = Array.from({ length: nodes }, (_, node) =>
    sorted.flatMap(({ a, b }, index) => (a === roles.length + node || b === roles.length + node ? [index] : [])),
  );
  const groups = inGroups(sorted);
  return { lines: sorted, groups, quads: order.map((index) => quads[index]!), referenceOrder, linesOfNode };
}

const hasSubjectOf = (one: Line, other: Line): boolean => one.a === other.a && one.before === other.before;

function inGroups(lines: readonly Line[]): Group[] {
  const groups: Group[] = [];
  for (let start = 0; start < lines.length; ) {
    let end = start + 1;
    while (end < lines.length && hasSubjectOf(lines[start]!, lines[end]!)) end++;
    groups.push({ start, runs: runsOf(lines, start, end) });
    start = end;
  }
  return groups;
}

/** A run ends where every line before stands before every line after it, by what is the same in all documents. */
function runsOf(lines: readonly Line[], start: number, end: number): number[] {
  const runs = [start];
  /** How far the lines reach that are not certain to stand behind one seen. */
  let reach = start;
  for (let index = start; index < end; index++) {
    if (index > reach) runs.push(index);
    for (let later = end - 1; later > Math.max(reach, index); later--) {
      if (!isCertain(lines[index]!.between, lines[later]!.between)) reach = later;
    }
    reach = Math.max(reach, index);
  }
  return [...runs, end];
}

/** Whatever follows either, the first is before the second: they differ before one of them ends. */
const isCertain = (one: string, other: string): boolean => one < other && !other.startsWith(one);

function lineOf({ subject, predicate, object }: Quad, roles: readonly Role[]): Line {
  const [from, to] = [pieceOf(subject, roles), pieceOf(object, roles)];
  return {
    before: from.text,
    a: from.hole,
    between: ` <${escapedIri(predicate)}> ${to.hole < 0 ? `${to.text} .\n` : ''}`,
    b: to.hole,
    after: to.hole < 0 ? '' : ' .\n',
  };
}

function pieceOf(term: Term, roles: readonly Role[]): Piece {
  switch (term.type) {
    case 'leaf':
      return { text: '', hole: term.leaf };
    case 'blank':
      return { text: '', hole: roles.length + term.node };
    case 'iri':
      return { text: `<${escapedIri(term.value)}>`, hole: -1 };
    case 'literal':
      return { text: `"${escapedText(term.value)}"${suffixOf(term.datatype, term.language)}`, hole: -1 };
  }
}

/** @param texts of leaves, then of blank nodes */
export const filled = ({ before, a, between, b, after }: Line, texts: readonly string[]): string =>
  before + (a < 0 ? '' : texts[a]!) + between + (b < 0 ? '' : texts[b]!) + after;
