import type { SaxesTagNS } from 'saxes';
import { LIMITS } from '#kernel';
import { type Baked, type BakedEdition, NAMESPACES, onlyOne, UNREAD } from '../baked.ts';
import { looksLikePdf, refuseImage } from '../refusal.ts';
import { refuseDeclarations } from './declarations.ts';
import { decodeSvg, isSvg } from './inspect.ts';
import { walkSvg } from './walk.ts';

interface Open {
  edition: BakedEdition;
  verify: string | undefined;
  text: string;
  depth: number;
}

/**
 * The badge inside an SVG: exactly one element of the namespace, by the namespace and never by the prefix; a token in its
 * attribute `verify`, or the JSON as its text (Open Badges 3.0, 5.3.2). The picture itself is not judged: it is not shown.
 * @throws Problem `invalid-image` with a stable `code`
 */
export function extractSvg(bytes: Uint8Array): Baked {
  if (bytes.byteLength > LIMITS.imageBytes) {
    throw refuseImage('image_bytes', `the file is larger than ${LIMITS.imageBytes} bytes`);
  }
  if (looksLikePdf(bytes)) throw refuseImage('polyglot', 'the file is also another kind of document');
  const text = decodeSvg(bytes);
  // First, because what it refuses is the commonest reason why a file does not begin as one.
  refuseDeclarations(text);
  if (!isSvg(bytes)) throw refuseImage('svg_signature', 'the file does not begin as an SVG');
  return onlyOne(walk(text));
}

function walk(text: string): Baked[] {
  const found: Baked[] = [];
  let open: Open | undefined;
  walkSvg(text, {
    open(tag, depth) {
      if (open) throw refuseImage('svg_baked', 'there are elements inside the badge');
      open = opened(tag, depth);
    },
    close(_, depth) {
      if (open?.depth !== depth) return;
      found.push(close(open));
      open = undefined;
    },
    text(part) {
      if (open) open.text += part;
    },
  });
  return found;
}

function opened(tag: SaxesTagNS, depth: number): Open | undefined {
  const known = Object.hasOwn(NAMESPACES, tag.uri) ? NAMESPACES[tag.uri]! : undefined;
  if (!known) return undefined;
  if (tag.local !== known.local) throw refuseImage('svg_baked', `the badge must stand in an element ${known.local}`);
  return { edition: known.edition, verify: tag.attributes.verify?.value, text: '', depth };
}

/** A token beside JSON would be two badges, of which each reader takes another one. */
function close({ edition, verify, text }: Open): Baked {
  const body = text.trim();
  if (edition === 'open-badges-2') return { edition, text: body || verify?.trim() || UNREAD };
  if (verify !== undefined && body !== '') {
    throw refuseImage('baked_twice', 'there is a badge both in the attribute and in the element');
  }
  return { edition, text: verify?.trim() ?? body };
}
