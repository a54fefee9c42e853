import { NAMESPACES } from '../baked.ts';
import { refuseImage } from '../refusal.ts';
import { refuseDeclarations } from './declarations.ts';
import { extractSvg } from './extract.ts';
import { decodeSvg } from './inspect.ts';
import { walkSvg } from './walk.ts';

const OPEN_BADGES = 'https://purl.imsglobal.org/ob/v3p0';
const PREFIX = 'openbadges';
const DECLARATION = ` xmlns:${PREFIX}="${OPEN_BADGES}"`;
/** Well-formed JSON has them escaped or not at all but for these two, which no XML document may hold (XML 1.0, 2.2). */
const NOT_XML = /[\ufffe\uffff]/;
const TOKEN = /^[\w.~-]+$/;

interface Places {
  /** Behind the root's name, behind its start tag, and whether it is `<svg/>`. */
  name: number;
  start: number;
  isEmpty: boolean;
  rootName: string;
  /** To what the root binds our prefix. */
  bound: string | undefined;
  /** Badges that are there already, from-to. */
  badges: [number, number][];
}

/** Whether a badge can stand in an SVG as it is. */
export const fitsSvg = (text: string): boolean => !NOT_XML.test(text);

/**
 * The drawing with this badge in it: one element directly behind the start tag of the root, a token in its attribute
 * `verify`, JSON in a CDATA section (Open Badges 3.0, 5.3.2). A badge that was in it is taken out; nothing else is touched.
 * @param text the JSON of an embedded proof or a compact token, without space around it; `fitsSvg`
 * @returns a file from which `extractSvg` reads exactly `text`
 * @throws Problem `invalid-image`: no SVG, or `image_bytes` when it would be larger than what we ourselves take
 */
export function bakeSvg(picture: Uint8Array, text: string): Uint8Array {
  const drawing = decodeSvg(picture);
  refuseDeclarations(drawing);
  const { name, start, isEmpty, rootName, bound, badges } = placesOf(drawing);
  // A root that means something else by our prefix keeps it: then the element says what it means.
  const isFree = bound === undefined;
  const element = elementOf(text, isFree || bound === OPEN_BADGES ? '' : DECLARATION);
  const parts = [
    drawing.slice(0, name),
    isFree ? DECLARATION : '',
    // `<svg/>` is opened, and closed behind the badge.
    isEmpty ? `${drawing.slice(name, start - 2)}>${element}</${rootName}>` : drawing.slice(name, start) + element,
    ...between(drawing, start, badges),
  ];
  const baked = Buffer.from(parts.join(''));
  if (extractSvg(baked).text !== text) throw new Error('the baked badge is not read as it was written');
  return baked;
}

function elementOf(text: string, declaration: string): string {
  const name = `${PREFIX}:credential`;
  if (text.startsWith('{')) {
    if (!fitsSvg(text)) throw refuseImage('svg_text', 'the badge holds a character that XML does not have');
    return `<${name}${declaration}><![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`;
  }
  if (!TOKEN.test(text)) throw refuseImage('svg_text', 'the badge is neither JSON nor a compact token');
  return `<${name}${declaration} verify="${text}"></${name}>`;
}

/** Where things stand in the text: no `<` can stand inside a tag (XML 1.0, 2.4), so the last one before its end begins it. */
function placesOf(drawing: string): Places {
  let places: Places | undefined;
  let from: { at: number; depth: number } | undefined;
  walkSvg(drawing, {
    open(tag, depth, end) {
      const at = drawing.lastIndexOf('<', end - 1);
      if (!places) {
        const bound = tag.attributes[`xmlns:${PREFIX}`]?.value;
        const { name: rootName, isSelfClosing: isEmpty } = tag;
        places = { name: at + 1 + rootName.length, start: end, isEmpty, rootName, bound, badges: [] };
      }
      if (!from && Object.hasOwn(NAMESPACES, tag.uri)) from = { at, depth };
    },
    close(_, depth, end) {
      if (from?.depth !== depth) return;
      places?.badges.push([from.at, end]);
      from = undefined;
    },
    text() {},
  });
  if (!places) throw refuseImage('svg_signature', 'there is no svg element');
  return places;
}

/** The text from here on without these parts. */
function between(text: string, start: number, without: readonly [number, number][]): string[] {
  const kept: string[] = [];
  let at = start;
  for (const [from, to] of without) {
    kept.push(text.slice(at, from));
    at = to;
  }
  return [...kept, text.slice(at)];
}
