import type { SaxesTagNS } from 'saxes';
import { LIMITS } from '#kernel';
import { looksLikePdf, refuseImage } from '../refusal.ts';
import { ATTRIBUTES, ELEMENTS, MAY_REFER, safeValue } from './allowed.ts';
import { refuseDeclarations } from './declarations.ts';
import { createExpansionGraph, type ExpansionGraph } from './expansion.ts';
import { walkSvg } from './walk.ts';

export interface SvgFacts {
  /** In user units, rounded up; absent when the file fixes no size. */
  width?: number;
  height?: number;
}

const SVG = 'http://www.w3.org/2000/svg';
const XLINK = 'http://www.w3.org/1999/xlink';
const XML = 'http://www.w3.org/XML/1998/namespace';
const XMLNS = 'http://www.w3.org/2000/xmlns/';
const LOCAL_REFERENCE = /^#([A-Za-z_][\w.-]*)$/;

/** Text that begins as SVG, perhaps after an XML declaration or comments. Says nothing about what follows. */
export function isSvg(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 4_096)).toString('latin1');
  return /^(?:\xEF\xBB\xBF)?\s*(?:<\?xml\s[^>]*\?>\s*)?(?:<!--(?:(?!-->)[\s\S])*-->\s*)*<svg[\s>]/.test(start);
}

/**
 * Whether an SVG is a still picture and nothing else. Refused before parsing: document types, entities and processing
 * instructions. Allowed by list: elements, attributes and what stands in them. Nothing is repaired.
 * @throws Problem `invalid-image` with a stable `code`
 */
export function inspectSvg(bytes: Uint8Array): SvgFacts {
  if (bytes.byteLength > LIMITS.imageBytes) {
    throw refuseImage('image_bytes', `the file is larger than ${LIMITS.imageBytes} bytes`);
  }
  if (looksLikePdf(bytes)) throw refuseImage('polyglot', 'the file is also another kind of document');
  if (!isSvg(bytes)) throw refuseImage('svg_signature', 'the file does not begin as an SVG');
  const text = decodeSvg(bytes);
  refuseDeclarations(text);
  return walk(text);
}

/** @throws Problem `invalid-image`: not UTF-8 */
export function decodeSvg(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refuseImage('svg_encoding', 'the file is not UTF-8');
  }
}

function walk(text: string): SvgFacts {
  const graph = createExpansionGraph();
  let facts: SvgFacts | undefined;
  let style: string | undefined;
  walkSvg(text, {
    open(tag) {
      if (tag.uri !== SVG || !ELEMENTS.has(tag.local)) {
        throw refuseImage('svg_element', `the element ${tag.name.slice(0, 60)} is not accepted: save as plain SVG`);
      }
      if (facts === undefined && tag.local !== 'svg') throw refuseImage('svg_signature', 'the root is not svg');
      graph.open(tag.attributes.id?.value);
      checkAttributes(tag, graph);
      facts ??= sizeOf(tag);
      if (tag.local === 'style') style = '';
    },
    close(tag) {
      if (tag.local === 'style') checkStyle(style ?? '', graph);
      if (tag.local === 'style') style = undefined;
      graph.close();
    },
    text(part) {
      if (style !== undefined) style += part;
    },
  });
  if (!facts) throw refuseImage('svg_signature', 'there is no svg element');
  graph.check();
  return facts;
}

function checkAttributes(tag: SaxesTagNS, graph: ExpansionGraph): void {
  for (const { uri, local, name, value } of Object.values(tag.attributes)) {
    if (uri === XMLNS) continue;
    if (local === 'href' && (uri === '' || uri === XLINK)) {
      const target = LOCAL_REFERENCE.exec(value)?.[1];
      if (target === undefined || !MAY_REFER.has(tag.local)) {
        throw refuseImage('svg_reference', `${tag.local} may not refer to ${JSON.stringify(value.slice(0, 60))}`);
      }
      graph.refer(target);
      continue;
    }
    const known =
      uri === '' ? ATTRIBUTES.has(local) || local === 'style' || /^data-[a-z-]+$/.test(local) : isXmlHint(uri, local);
    if (!known) throw refuseImage('svg_attribute', `the attribute ${name.slice(0, 60)} is not accepted`);
    checkStyle(value, graph, name);
  }
}

/** `xml:base` is not among them: it would turn a reference inside the file into one outside. */
const isXmlHint = (uri: string, local: string): boolean => uri === XML && (local === 'space' || local === 'lang');

function checkStyle(value: string, graph: ExpansionGraph, attribute = 'style'): void {
  const ids = safeValue(value);
  if (!ids) throw refuseImage('svg_value', `${attribute.slice(0, 60)} holds something that could load or run`);
  for (const id of ids) graph.refer(id);
}

function sizeOf(tag: SaxesTagNS): SvgFacts {
  const box =
    tag.attributes.viewBox?.value
      .trim()
      .split(/[\s,]+/)
      .map(Number) ?? [];
  const side = (attribute: string | undefined, fallback: number | undefined): number | undefined => {
    const stated = /^\s*\+?(\d{1,9}(?:\.\d{1,9})?)(?:px)?\s*$/.exec(attribute ?? '')?.[1];
    const size = stated === undefined ? fallback : Number(stated);
    if (size === undefined) return undefined;
    if (!(size > 0 && size <= LIMITS.imageSide)) {
      throw refuseImage('image_side', `each side must have more than 0 and at most ${LIMITS.imageSide} units`);
    }
    return Math.ceil(size);
  };
  const usable = box.length === 4 && box.every(Number.isFinite);
  const width = side(tag.attributes.width?.value, usable ? box[2] : undefined);
  const height = side(tag.attributes.height?.value, usable ? box[3] : undefined);
  return { ...(width === undefined ? {} : { width }), ...(height === undefined ? {} : { height }) };
}
