import { SaxesParser, type SaxesTagNS } from 'saxes';
import { refuseImage } from '../refusal.ts';

const MAX_DEPTH = 64;
const MAX_ELEMENTS = 20_000;

/** What is told of an SVG, in the order of the text. Each may throw, which ends the walk. */
export interface Visitor {
  /** `depth` of the root is 1; `end` is where the text goes on behind the tag. */
  open(tag: SaxesTagNS, depth: number, end: number): void;
  /** With the depth at which it was opened. */
  close(tag: SaxesTagNS, depth: number, end: number): void;
  /** Text or CDATA; one run may come in pieces. */
  text(part: string): void;
}

/** @throws Problem `invalid-image`: not well-formed, a document type, too deep or too many elements; and what the visitor throws */
export function walkSvg(text: string, visitor: Visitor): void {
  const parser = new SaxesParser({ xmlns: true });
  let depth = 0;
  let elements = 0;
  parser.on('error', (error) => {
    throw refuseImage('svg_xml', `the file is not well-formed XML: ${error.message.slice(0, 200)}`);
  });
  parser.on('doctype', () => {
    throw refuseImage('svg_doctype', 'document types and entities are not accepted');
  });
  parser.on('opentag', (tag) => {
    if (++elements > MAX_ELEMENTS) throw refuseImage('svg_elements', `more than ${MAX_ELEMENTS} elements`);
    if (++depth > MAX_DEPTH) throw refuseImage('svg_depth', `nested deeper than ${MAX_DEPTH} elements`);
    visitor.open(tag, depth, parser.position);
  });
  parser.on('closetag', (tag) => visitor.close(tag, depth--, parser.position));
  parser.on('text', visitor.text);
  parser.on('cdata', visitor.text);
  parser.write(text).close();
}
