import { readFileSync } from 'node:fs';
import PDFDocument from 'pdfkit';
import type { QrModules } from '../qr/qr-modules.ts';
import { type FileInfo, xmp } from './metadata.ts';
import { printable } from './printable.ts';

/** A file inside the file. */
export interface Attachment {
  name: string;
  mediaType: string;
  /** `Source`: the paper was made from it; `Supplement`: it goes with it (ISO 32000-2, 7.11.3). */
  relationship: 'Source' | 'Supplement';
  description: string;
  bytes: Uint8Array;
}

export interface PaperInput {
  lang: 'en' | 'fil';
  title: string;
  author: string;
  /** The permanent address: what the paper is about. */
  address: string;
  /** Of the award, not of the making: the same award gives the same bytes. */
  createdAt: Date;
  attachments: readonly Attachment[];
}

export type Font = 'regular' | 'bold';

/** Where and how one text stands. Points, from the upper left corner. */
export interface Place {
  x: number;
  y: number;
  width: number;
  size: number;
  font?: Font;
  colour?: string;
  align?: 'left' | 'center' | 'right';
  lineGap?: number;
}

/** An element of the structure tree (ISO 32000-1, 14.7). */
export type Element = PDFKit.PDFStructureElement;

export const INK = '#22201c';
export const SOFT = '#5d574d';
/** The one accent; of the pages too. */
export const ACCENT = '#9b2c1f';
export const HAIR = '#cfc4b2';
/** A4. */
export const PAGE = { width: 595.28, height: 841.89 };

const FONT_FILES: Record<Font, string> = {
  regular: import.meta.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf'),
  bold: import.meta.resolve('@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf'),
};
const fontFile = (font: Font) => readFileSync(new URL(FONT_FILES[font]));
let fonts: Record<Font, Buffer> | undefined;

/** pdfkit with our own metadata. */
class TaggedDocument extends PDFDocument {
  /** Overrides the one that writes names into XML without escaping them. */
  _addInfo(): void {
    (this as unknown as { appendXML(xml: string): void }).appendXML(xmp(this.info as unknown as FileInfo));
  }
}

/**
 * One sheet or more on which every text has a place in the structure tree (PDF/UA-1, ISO 14289-1, 7.1), written as PDF/A-3a
 * so that it keeps and may hold other files. No script, no link, no form. The same input gives the same bytes.
 */
export class Paper {
  readonly root: Element;
  /** Some text could not be printed whole. */
  incomplete = false;
  readonly #doc: PDFKit.PDFDocument;
  readonly #pieces: Buffer[] = [];
  readonly #done: Promise<void>;
  readonly #input: PaperInput;
  readonly #faces = new Set<Font>();

  constructor(input: PaperInput) {
    this.#input = input;
    fonts ??= { regular: fontFile('regular'), bold: fontFile('bold') };
    this.#doc = new TaggedDocument({
      size: 'A4',
      margin: 0,
      pdfVersion: '1.7',
      subset: 'PDF/A-3a',
      tagged: true,
      displayTitle: true,
      lang: input.lang,
      bufferPages: true,
      // Without one the library loads its own Helvetica, which it does not embed.
      font: fonts.regular as never,
      info: {
        Title: oneLine(input.title),
        Author: oneLine(input.author),
        Subject: input.address,
        Creator: 'Tatak',
        Producer: 'Tatak, pdfkit',
        CreationDate: input.createdAt,
      },
    });
    const doc = this.#doc;
    for (const [name, bytes] of Object.entries(fonts)) doc.registerFont(name, bytes);
    doc.on('data', (piece: Buffer) => this.#pieces.push(piece));
    this.#done = new Promise((resolve, reject) => {
      doc.on('end', resolve);
      doc.on('error', reject);
    });
    this.root = doc.struct('Document');
    doc.addStructure(this.root);
  }

  /** A child of `parent`; ended with it. */
  element(parent: Element, type: string, options: object = {}): Element {
    const made = this.#doc.struct(type, options as never);
    parent.add(made);
    return made;
  }

  /** Writes a text as an element of its own and gives the y below it. */
  text(parent: Element, type: string, text: string, place: Place, options: object = {}): number {
    const { x, y, width, align = 'left', colour = INK } = place;
    const doc = this.#doc;
    const shown = this.#shown(text, place);
    const element = this.element(parent, type, options);
    element.add(() => {
      doc.fillColor(colour);
      doc.text(shown, x, y, { width, align, lineGap: place.lineGap ?? 0 });
    });
    element.end();
    return y + this.height(text, place);
  }

  /** Of the text, wrapped. */
  height(text: string, place: Omit<Place, 'x' | 'y'>): number {
    return this.#doc.heightOfString(this.#shown(text, place), { width: place.width, lineGap: place.lineGap ?? 0 });
  }

  /** Of the text in one line. */
  widthOf(text: string, place: Pick<Place, 'size' | 'font'>): number {
    return this.#doc.widthOfString(this.#shown(text, place));
  }

  /** The largest size at which the text stays within so many points of height; the smallest when none does. */
  fit(text: string, place: Omit<Place, 'x' | 'y' | 'size'> & { sizes: readonly number[]; within: number }): number {
    const { sizes, within } = place;
    return sizes.find((size) => this.height(text, { ...place, size }) <= within) ?? sizes.at(-1)!;
  }

  /** What is drawn says nothing and is passed over by whoever reads the page aloud. */
  decoration(draw: (doc: PDFKit.PDFDocument) => void): void {
    this.#doc.markContent('Artifact', { type: 'Layout' } as never);
    draw(this.#doc.save());
    this.#doc.restore();
    this.#doc.endMarkedContent();
  }

  /** A QR code with its quiet zone, as a square of `side` points. */
  qr(parent: Element, code: QrModules, alt: string, { x, y, side }: { x: number; y: number; side: number }): void {
    this.#figure(parent, alt, [x, y, x + side, y + side], (doc) => {
      const unit = side / (code.size + 8);
      doc.fillColor('#000000');
      for (let row = 0; row < code.size; row++) {
        for (let from = 0; from < code.size; from++) {
          if (!code.dark(from, row)) continue;
          let to = from;
          while (to < code.size && code.dark(to, row)) to++;
          // A hair more than its place, so that no viewer leaves a white line between two rows.
          doc.rect(x + (from + 4) * unit, y + (row + 4) * unit, (to - from) * unit, unit * 1.02);
          from = to;
        }
      }
      doc.fill();
    });
  }

  /** A PNG in a square, whole. */
  picture(parent: Element, png: Uint8Array, alt: string, { x, y, side }: { x: number; y: number; side: number }): void {
    this.#figure(parent, alt, [x, y, x + side, y + side], (doc) => {
      doc.image(Buffer.from(png), x, y, { fit: [side, side], align: 'center', valign: 'center' });
    });
  }

  /** One more sheet; what follows stands on it. */
  nextSheet(): void {
    this.#doc.addPage();
  }

  /** Page numbers, as the artifacts of paging that they are (ISO 32000-1, 14.8.2.2.2). */
  number(words: (page: number, of: number) => string, place: Place): void {
    const { count } = this.#doc.bufferedPageRange();
    for (let page = 0; page < count; page++) {
      this.#doc.switchToPage(page);
      this.#doc.markContent('Artifact', { type: 'Pagination' } as never);
      const shown = this.#shown(words(page + 1, count), place);
      this.#doc.fillColor(place.colour ?? SOFT).text(shown, place.x, place.y, { width: place.width, align: 'right' });
      this.#doc.endMarkedContent();
    }
  }

  async end(): Promise<Uint8Array> {
    const { attachments, createdAt } = this.#input;
    for (const { name, mediaType, relationship, description, bytes } of attachments) {
      const dates = { creationDate: createdAt, modifiedDate: createdAt };
      this.#doc.file(bytes as never, { name, type: mediaType, relationship, description, ...dates } as never);
    }
    this.root.end();
    this.#doc.end();
    await this.#done;
    return Buffer.concat(this.#pieces);
  }

  #figure(parent: Element, alt: string, bbox: number[], draw: (doc: PDFKit.PDFDocument) => void): void {
    const figure = this.element(parent, 'Figure', { alt, bbox, placement: 'Block' });
    figure.add(() => {
      draw(this.#doc.save());
      this.#doc.restore();
    });
    figure.end();
  }

  /**
   * The font as it was read for an earlier paper: reading its tables anew takes longer than all the rest. Nothing of that
   * paper stays in it, and it is finished: from its first text to its end a paper is made in one turn.
   */
  #face(name: Font): Face {
    const embedded = (this.#doc as unknown as { _font: { font: Face } })._font;
    if (!this.#faces.has(name)) {
      this.#faces.add(name);
      FACES[name] ??= embedded.font;
      FACES[name]._glyphs = {};
      embedded.font = FACES[name];
    }
    return embedded.font;
  }

  #shown(text: string, { font = 'regular', size }: Pick<Place, 'font' | 'size'>): string {
    this.#doc.font(font).fontSize(size);
    const face = this.#face(font);
    const { text: shown, whole } = printable(text, (codePoint) => face.hasGlyphForCodePoint(codePoint));
    if (!whole) this.incomplete = true;
    return shown;
  }
}

/** What is used of a font as fontkit reads it. */
interface Face {
  hasGlyphForCodePoint(codePoint: number): boolean;
  /** Made as they are needed; each remembers the characters that it was first made for. */
  _glyphs: object;
}

const FACES: Partial<Record<Font, Face>> = {};

const oneLine = (text: string) => text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
