import type { QrModules } from '../qr/qr-modules.ts';
import { ACCENT, type Element, HAIR, INK, PAGE, type Paper, SOFT } from './paper.ts';

/** The mark of a badge that is only an example, and what it means. */
export interface SpecimenWords {
  mark: string;
  note: string;
}

/** How to find out whether the paper is genuine. */
export interface CheckWords {
  heading: string;
  text: string;
  /** Of the QR code, for who cannot see it. */
  qrAlt: string;
  /** What `[…]` means; printed only where it stands. */
  incomplete: string;
}

/** A second code, which is checked without a network. */
export interface PrintedCode {
  /** What the code says: an attestation. */
  text: string;
  alt: string;
  /** What it is, and what it is not. */
  words: string;
}

interface CheckParts {
  words: CheckWords;
  address: string;
  code: QrModules;
  printed?: (PrintedCode & { code: QrModules }) | undefined;
}

export const MARGIN = 68;
export const COLUMN = PAGE.width - 2 * MARGIN;
/** 34 mm with the quiet zone: 30 mm of code where it has 89 modules, the most that an attestation takes. */
const QR = 96;

/** A thin frame. */
export function frame(paper: Paper): void {
  paper.decoration((doc) => {
    doc
      .lineWidth(0.9)
      .strokeColor(ACCENT)
      .rect(28, 28, PAGE.width - 56, PAGE.height - 56)
      .stroke();
    doc
      .lineWidth(0.4)
      .strokeColor(HAIR)
      .rect(33, 33, PAGE.width - 66, PAGE.height - 66)
      .stroke();
  });
}

export function rule(paper: Paper, y: number, x = MARGIN, width = COLUMN, colour = HAIR): void {
  paper.decoration((doc) => {
    doc
      .lineWidth(0.6)
      .strokeColor(colour)
      .moveTo(x, y)
      .lineTo(x + width, y)
      .stroke();
  });
}

/** Dark on a band of the accent, across the sheet: it cannot be cut off without cutting the paper. @returns the y below */
export function specimenBand(paper: Paper, parent: Element, { mark, note }: SpecimenWords, y: number): number {
  const place = { x: MARGIN, width: COLUMN, align: 'center' as const, colour: '#ffffff' };
  const noteHeight = paper.height(note, { ...place, size: 8 });
  const height = noteHeight + 26;
  paper.decoration((doc) => {
    doc
      .fillColor(ACCENT)
      .rect(33.4, y, PAGE.width - 66.8, height)
      .fill();
  });
  const below = paper.text(parent, 'P', mark, { ...place, y: y + 4, size: 12, font: 'bold' });
  paper.text(parent, 'P', note, { ...place, y: below - 1, size: 8 });
  return y + height;
}

export function checkHeight(paper: Paper, words: CheckWords, address: string, printed?: PrintedCode): number {
  const width = textWidth(printed);
  const text = paper.height(words.text, { width, size: sizeOf(printed), lineGap: 1 });
  const more = printed ? paper.height(printed.words, { width, size: sizeOf(printed), lineGap: 1 }) + 3 : 0;
  return Math.max(QR, 16 + text + more + 4 + paper.height(address, { width, size: 8, font: 'bold' }) + 26);
}

/** Between two codes there is less room. */
const textWidth = (printed: PrintedCode | undefined) => COLUMN - (QR + 18) * (printed ? 2 : 1);
const sizeOf = (printed: PrintedCode | undefined) => (printed ? 7 : 8.5);

/** QR code, address, and that only verifying counts; at the right the code for where there is no network. @returns the y below */
export function checkBlock(
  paper: Paper,
  parent: Element,
  { words, address, code, printed }: CheckParts,
  y: number,
): number {
  const x = MARGIN + QR + 18;
  const width = textWidth(printed);
  const size = sizeOf(printed);
  const section = paper.element(parent, 'Sect');
  let at = paper.text(section, 'H2', words.heading, { x, y: y + 6, width, size: 10, font: 'bold', colour: ACCENT });
  at = paper.text(section, 'P', words.text, { x, y: at + 3, width, size, lineGap: 1, colour: INK });
  if (printed) at = paper.text(section, 'P', printed.words, { x, y: at + 3, width, size, lineGap: 1, colour: INK });
  at = paper.text(section, 'P', address, { x, y: at + 4, width, size: 8, font: 'bold', colour: INK });
  if (paper.incomplete) {
    at = paper.text(section, 'P', words.incomplete, { x, y: at + 3, width, size: 7, colour: SOFT });
  }
  paper.qr(section, code, words.qrAlt, { x: MARGIN, y, side: QR });
  if (printed) paper.qr(section, printed.code, printed.alt, { x: MARGIN + COLUMN - QR, y, side: QR });
  return Math.max(at, y + QR);
}
