import { escapedIri, escapedText } from './escapes.ts';
import type { Line, Plan, Quad, Role, Term } from './plan.ts';
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
): Pick<Plan, 'lines' | 'quads' | 'referenceOrder' | 'linesOfNode'> {
  const lines = quads.map((quad) => lineOf(quad, roles));
  const texts = [
    ...roles.map((role, index) => textOf(leaves[index]!, role)),
    ...new Array<string>(nodes).fill('_:c14n'),
  ];
  const full = lines.map((line) => filled(line, texts));
  const order = lines.map((_, index) => index).sort((one, other) => (full[one]! < full[other]! ? -1 : 1));
  const sorted = order.map((index) => lines[index]!);
  const referenceOrder = new Array<number>(order.length);
  for (const [place, index] of order.entries()) referenceOrder[index] = place;
  const linesOfNode = Array.from({ length: nodes }, (_, node) =>
    sorted.flatMap(({ a, b }, index) => (a === roles.length + node || b === roles.length + node ? [index] : [])),
  );
  return { lines: sorted, quads: order.map((index) => quads[index]!), referenceOrder, linesOfNode };
}

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
