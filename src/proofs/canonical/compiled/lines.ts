import { escapedIri, escapedText } from './escapes.ts';
import type { Line, Plan, Quad, Role, Term } from './plan.ts';
import { suffixOf } from './roles.ts';

/** What a term writes before its hole, the hole, and after it. */
interface Piece {
  text: string;
  hole: number;
}

/**
 * Statements as text with holes, in their canonical order as it is with the holes empty: values that vary move few of them,
 * and sorting what is nearly sorted costs little.
 */
export function linesOf(
  quads: readonly Quad[],
  roles: readonly Role[],
  nodes: number,
): Pick<Plan, 'lines' | 'linesOfNode'> {
  const piece = (term: Term): Piece => {
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
  };
  const lines = quads.map(({ subject, predicate, object }): Line => {
    const [from, to] = [piece(subject), piece(object)];
    return {
      before: from.hole < 0 ? from.text : '',
      a: from.hole,
      between: ` <${escapedIri(predicate)}> ${to.hole < 0 ? `${to.text} .\n` : ''}`,
      b: to.hole,
      after: to.hole < 0 ? '' : ' .\n',
    };
  });
  const linesOfNode = Array.from({ length: nodes }, (_, node) =>
    lines.flatMap(({ a, b }, index) => (a === roles.length + node || b === roles.length + node ? [index] : [])),
  );
  return { lines, linesOfNode };
}
