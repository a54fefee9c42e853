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

export const MARGIN = 68;
export const COLUMN = PAGE.width - 2 * MARGIN;
/** 34 mm with the quiet zone. */
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

export function checkHeight(paper: Paper, words: CheckWords, address: string): number {
  const width = COLUMN - QR - 18;
  const text = paper.height(words.text, { width, size: 8.5, lineGap: 1 });
  return Math.max(QR, 16 + text + 4 + paper.height(address, { width, size: 8, font: 'bold' }) + 26);
}

/** QR code, address, and that only verifying counts. @returns the y below */
export function checkBlock(
  paper: Paper,
  parent: Element,
  { words, address, code }: { words: CheckWords; address: string; code: QrModules },
  y: number,
): number {
  const x = MARGIN + QR + 18;
  const width = COLUMN - QR - 18;
  const section = paper.element(parent, 'Sect');
  let at = paper.text(section, 'H2', words.heading, { x, y: y + 6, width, size: 10, font: 'bold', colour: ACCENT });
  at = paper.text(section, 'P', words.text, { x, y: at + 3, width, size: 8.5, lineGap: 1, colour: INK });
  at = paper.text(section, 'P', address, { x, y: at + 4, width, size: 8, font: 'bold', colour: INK });
  if (paper.incomplete) {
    at = paper.text(section, 'P', words.incomplete, { x, y: at + 3, width, size: 7, colour: SOFT });
  }
  paper.qr(section, code, words.qrAlt, { x: MARGIN, y, side: QR });
  return Math.max(at, y + QR);
}
