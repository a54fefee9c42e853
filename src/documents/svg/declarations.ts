import { refuseImage } from '../refusal.ts';

const XML_DECLARATION =
  /^\s*<\?xml\s+version=["']1\.[01]["'](?:\s+encoding=["']utf-8["'])?(?:\s+standalone=["'](?:yes|no)["'])?\s*\?>/i;
const SKIPPED: readonly (readonly [open: string, close: string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
];

/**
 * Refuses document types, entities and processing instructions before any parser sees the text; what stands in comments and
 * CDATA sections is text. One pass.
 * @throws Problem `invalid-image`: `svg_doctype`, `svg_instruction`
 */
export function refuseDeclarations(text: string): void {
  let at = XML_DECLARATION.exec(text)?.[0].length ?? 0;
  for (;;) {
    at = text.indexOf('<', at);
    if (at < 0) return;
    if (text.startsWith('<?', at)) throw refuseImage('svg_instruction', 'processing instructions are not accepted');
    if (!text.startsWith('<!', at)) {
      at++;
      continue;
    }
    const section = SKIPPED.find(([open]) => text.startsWith(open, at));
    if (!section) throw refuseImage('svg_doctype', 'document types and entities are not accepted');
    const end = text.indexOf(section[1], at + section[0].length);
    // Not closed: what would follow is not well-formed, which the parser says.
    if (end < 0) return;
    at = end + section[1].length;
  }
}
