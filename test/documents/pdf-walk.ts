import { inflateSync } from 'node:zlib';
import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFString,
} from 'pdf-lib';

/** What a PDF says by its structure and by its pages, read by pdf-lib and a tokeniser of content streams. */
export interface Walked {
  title: string | undefined;
  lang: string | undefined;
  displaysTitle: boolean;
  marked: boolean;
  pages: number;
  /** Types of structure elements in reading order, with the text of each. */
  elements: { type: string; text: string; alt?: string | undefined }[];
  /** Texts shown outside any element of the tree, and not as artifacts of paging. */
  untagged: string[];
  /** Of everything shown, in the order of the pages. */
  text: string;
  /** Names of dictionary keys and actions that do something: none is wanted. */
  active: string[];
  attachments: { name: string; type: string; relationship: string; bytes: Uint8Array }[];
}

const ACTIVE = new Set(
  ['JS', 'JavaScript', 'Launch', 'URI', 'AA', 'OpenAction', 'SubmitForm', 'ImportData', 'GoToR', 'GoToE'].concat([
    'RichMedia',
    'AcroForm',
    'XFA',
    'Annots',
    'Movie',
    'Sound',
    'Rendition',
    'Thread',
  ]),
);

export async function walkPdf(bytes: Uint8Array): Promise<Walked> {
  const doc = await PDFDocument.load(bytes, { updateMetadata: false });
  const { context, catalog } = doc;
  const get = <T extends PDFObject>(of: PDFDict, name: string): T | undefined =>
    context.lookup(of.get(PDFName.of(name))) as T | undefined;
  const word = (object: PDFObject | undefined): string | undefined =>
    object instanceof PDFString || object instanceof PDFHexString
      ? object.decodeText()
      : object instanceof PDFName
        ? object.decodeText()
        : undefined;

  const shown = new Map<string, string>();
  const untagged: string[] = [];
  let text = '';
  for (const page of doc.getPages()) {
    const fonts = get<PDFDict>(page.node.Resources()!, 'Font');
    const maps = new Map<string, Map<string, string>>();
    for (const [name] of fonts?.entries() ?? []) {
      const font = get<PDFDict>(fonts!, name.decodeText())!;
      maps.set(name.decodeText(), unicodeOf(streamText(get<PDFRawStream>(font, 'ToUnicode')!)));
    }
    const contents = context.lookup(page.node.get(PDFName.of('Contents')));
    const streams = contents instanceof PDFArray ? contents.asArray().map((one) => context.lookup(one)) : [contents];
    const source = streams.map((one) => streamText(one as PDFRawStream)).join('\n');
    for (const run of runsOf(source, maps)) {
      text += run.text;
      if (run.mcid === undefined) {
        if (!run.paging) untagged.push(run.text);
      } else {
        const key = `${page.ref.toString()} ${run.mcid}`;
        shown.set(key, (shown.get(key) ?? '') + run.text);
      }
    }
  }

  const elements: Walked['elements'] = [];
  const reached = new Set<string>();
  const root = get<PDFDict>(catalog, 'StructTreeRoot')!;
  visit(get(root, 'K'), undefined, undefined);
  for (const [key, one] of shown) if (!reached.has(key)) untagged.push(one);

  function visit(
    kid: PDFObject | undefined,
    into: Walked['elements'][number] | undefined,
    pageRef: PDFRef | undefined,
  ) {
    if (kid instanceof PDFArray) {
      for (const one of kid.asArray()) visit(one instanceof PDFRef ? context.lookup(one) : one, into, pageRef);
    } else if (kid instanceof PDFNumber) {
      const key = `${pageRef!.toString()} ${kid.asNumber()}`;
      reached.add(key);
      into!.text += shown.get(key) ?? '';
    } else if (kid instanceof PDFDict) {
      const own = (kid.get(PDFName.of('Pg')) as PDFRef | undefined) ?? pageRef;
      if (word(get(kid, 'Type')) === 'MCR') return visit(get(kid, 'MCID'), into, own);
      const element = { type: word(get(kid, 'S')) ?? '', text: '', alt: word(get(kid, 'Alt')) };
      elements.push(element);
      visit(get(kid, 'K'), element, own);
    }
  }

  const active = new Set<string>();
  for (const [, object] of context.enumerateIndirectObjects()) findActive(object, active);
  const files = get<PDFArray>(catalog, 'AF')?.asArray() ?? [];
  const preferences = get<PDFDict>(catalog, 'ViewerPreferences');
  return {
    title: doc.getTitle(),
    lang: word(get(catalog, 'Lang')),
    displaysTitle: preferences !== undefined && String(get(preferences, 'DisplayDocTitle')) === 'true',
    marked: String(get(get<PDFDict>(catalog, 'MarkInfo')!, 'Marked')) === 'true',
    pages: doc.getPageCount(),
    ...{ elements, untagged, text, active: [...active] },
    attachments: files.map((ref) => {
      const spec = context.lookup(ref) as PDFDict;
      const stream = get<PDFRawStream>(get<PDFDict>(spec, 'EF')!, 'F')!;
      return {
        name: word(get(spec, 'UF')) ?? '',
        type: word(get(stream.dict, 'Subtype')) ?? '',
        relationship: word(get(spec, 'AFRelationship')) ?? '',
        bytes: decodePDFRawStream(stream).decode(),
      };
    }),
  };
}

function findActive(object: PDFObject, found: Set<string>): void {
  if (object instanceof PDFRawStream) findActive(object.dict, found);
  if (object instanceof PDFArray) for (const one of object.asArray()) findActive(one, found);
  if (!(object instanceof PDFDict)) return;
  for (const [key, value] of object.entries()) {
    const name = key.decodeText();
    // Empty lists of annotations are written by the library.
    if (ACTIVE.has(name) && !(value instanceof PDFArray && value.size() === 0)) found.add(name);
    if (name === 'S' && value instanceof PDFName && ACTIVE.has(value.decodeText())) found.add(value.decodeText());
    findActive(value, found);
  }
}

function streamText(stream: PDFRawStream): string {
  const raw = Buffer.from(stream.getContents());
  const packed = stream.dict.get(PDFName.of('Filter')) !== undefined;
  return (packed ? inflateSync(raw) : raw).toString('latin1');
}

/** Code (hex, four digits) -> text, of a ToUnicode map whose ranges list each target. */
function unicodeOf(cmap: string): Map<string, string> {
  const map = new Map<string, string>();
  for (const [, from, , list] of cmap.matchAll(/<([0-9a-f]+)>\s*<([0-9a-f]+)>\s*\[([^\]]*)\]/gi)) {
    let code = Number.parseInt(from!, 16);
    for (const [, hex] of list!.matchAll(/<([0-9a-f\s]*)>/gi)) {
      const units = hex!.replace(/\s/g, '').match(/.{4}/g) ?? [];
      map.set(
        (code++).toString(16).padStart(4, '0'),
        String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))),
      );
    }
  }
  return map;
}

interface Run {
  text: string;
  mcid?: number;
  paging: boolean;
}

/** What is shown on a page, with the innermost mark around it. */
function runsOf(source: string, fonts: Map<string, Map<string, string>>): Run[] {
  const tokens =
    source.match(/\((?:\\[\s\S]|[^\\()])*\)|<<[\s\S]*?>>|<[0-9a-f\s]*>|[[\]]|\/[^\s<>[\]()/]+|[^\s<>[\]()/]+/gi) ?? [];
  const marks: { mcid?: number; paging: boolean }[] = [];
  const runs: Run[] = [];
  let operands: string[] = [];
  let font: Map<string, string> | undefined;
  for (const token of tokens) {
    if (!/^[A-Za-z'"*]+\d?$/.test(token) || token === 'true') {
      operands.push(token);
      continue;
    }
    if (token === 'BDC' || token === 'BMC') {
      const mcid = /\/MCID (\d+)/.exec(operands.join(' '))?.[1];
      const outer = marks.at(-1);
      marks.push({
        ...(mcid === undefined ? (outer?.mcid === undefined ? {} : { mcid: outer.mcid }) : { mcid: Number(mcid) }),
        paging: operands[0] === '/Artifact' && operands.join(' ').includes('/Pagination'),
      });
    } else if (token === 'EMC') marks.pop();
    else if (token === 'Tf') font = fonts.get(operands.at(-2)!.slice(1));
    else if (/^(?:Tj|TJ|'|")$/.test(token)) {
      const codes = operands
        .filter((one) => one.startsWith('<'))
        .flatMap((hex) => hex.slice(1, -1).match(/.{4}/g) ?? []);
      const literal = operands.filter((one) => one.startsWith('('));
      const text = codes.map((code) => font?.get(code.toLowerCase()) ?? '\uFFFD').join('') + literal.join('');
      const mark = marks.at(-1);
      runs.push({ text, paging: mark?.paging ?? false, ...(mark?.mcid === undefined ? {} : { mcid: mark.mcid }) });
    }
    operands = [];
  }
  return runs;
}

/** The same file by another parser: its text, its attachments by name, whether it has scripts. */
export async function readByPdfjs(bytes: Uint8Array) {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const task = getDocument({ data: Uint8Array.from(bytes), verbosity: 0 });
  const document = await task.promise;
  let text = '';
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent();
    text += items.map((item) => ('str' in item ? item.str : '')).join('');
  }
  const attachments = [...((await document.getAttachments()) ?? new Map()).keys()];
  const scripts = await document.getJSActions();
  const { info } = await document.getMetadata();
  const found = { text, attachments, scripts, pages: document.numPages, title: (info as { Title?: string }).Title };
  await task.destroy();
  return found;
}
