import { qrModules } from '../qr/qr-modules.ts';
import { ACCENT, type Element, HAIR, INK, PAGE, Paper, type PaperInput, SOFT } from './paper.ts';
import {
  type CheckWords,
  COLUMN,
  checkBlock,
  checkHeight,
  MARGIN,
  rule,
  type SpecimenWords,
  specimenBand,
} from './parts.ts';

/** One row of the table, in ready words. */
export interface TranscriptRow {
  name: string;
  /** Its address, small below the name. */
  address: string;
  issuer: string;
  date: string;
  credit: string;
  state: string;
}

/** Everything on the transcript of a qualification that was conferred by a stack. */
export interface TranscriptInput extends PaperInput {
  institution: string;
  heading: string;
  specimen?: SpecimenWords;
  notice?: string;
  award: string;
  facts: readonly (readonly [label: string, value: string])[];
  table: {
    heading: string;
    columns: Record<keyof Omit<TranscriptRow, 'address'>, string>;
    rows: readonly TranscriptRow[];
  };
  /** Sums and what they mean, below the table. */
  totals: readonly string[];
  check: CheckWords;
  /** `{page}` and `{of}` are places for numbers. */
  pageWords: string;
}

const BOTTOM = PAGE.height - 56;
const TOP = 60;
const FULL = { x: MARGIN, width: COLUMN };

/** One sheet or more: the award, its components in a table, how to check it. */
export async function transcriptPdf(input: TranscriptInput): Promise<Uint8Array> {
  const code = await qrModules(input.address);
  const paper = new Paper(input);
  const { root } = paper;
  let y = input.specimen ? specimenBand(paper, root, input.specimen, 28) + 26 : TOP;
  y = paper.text(root, 'P', input.institution, { ...FULL, y, size: 11, font: 'bold', colour: INK });
  y = paper.text(root, 'H1', input.heading, { ...FULL, y: y + 2, size: 18, font: 'bold', colour: ACCENT });
  y = paper.text(root, 'P', input.award, { ...FULL, y: y + 8, size: 13, font: 'bold' });
  if (input.notice)
    y = paper.text(root, 'P', input.notice, { ...FULL, y: y + 6, size: 10, font: 'bold', colour: ACCENT });
  y = facts(paper, root, input.facts, y + 10);
  y = paper.text(root, 'H2', input.table.heading, { ...FULL, y: y + 12, size: 11, font: 'bold', colour: ACCENT });
  y = table(paper, input, y + 6);
  for (const total of input.totals) {
    const place = { ...FULL, size: 8.5, lineGap: 1 };
    y = room(paper, y, paper.height(total, place) + 6);
    y = paper.text(root, 'P', total, { ...place, y: y + 6 });
  }
  y = room(paper, y + 18, checkHeight(paper, input.check, input.address) + 12);
  rule(paper, y);
  checkBlock(paper, root, { words: input.check, address: input.address, code }, y + 12);
  const numbered = (page: number, of: number) =>
    input.pageWords.replace('{page}', String(page)).replace('{of}', String(of));
  paper.number(numbered, { ...FULL, y: BOTTOM + 12, size: 8, colour: SOFT });
  return paper.end();
}

/** @returns where to go on: on a new sheet when so much height is not left on this one */
function room(paper: Paper, y: number, height: number): number {
  if (y + height <= BOTTOM) return y;
  paper.nextSheet();
  return TOP;
}

function facts(paper: Paper, parent: Element, of: TranscriptInput['facts'], top: number): number {
  const list = paper.element(parent, 'L');
  let y = top;
  for (const [label, value] of of) {
    const item = paper.element(list, 'LI');
    const left = paper.text(item, 'Lbl', label, { x: MARGIN, y: y + 0.7, width: 110, size: 8.5, colour: SOFT });
    const right = paper.text(item, 'LBody', value, { x: MARGIN + 118, y, width: COLUMN - 118, size: 9.5 });
    y = Math.max(left, right) + 2;
  }
  return y;
}

const COLUMNS = [
  ['name', 150],
  ['issuer', 102],
  ['date', 70],
  ['credit', 80],
  ['state', 0],
] as const;
const GUTTER = 10;

const WIDTHS = COLUMNS.map(([, width]) => width || COLUMN - COLUMNS.reduce((sum, [, one]) => sum + one, 0));

const CELL = { size: 8.5, lineGap: 0.5 };
const ADDRESS = { size: 6.5, colour: SOFT };

/** @returns the y below */
function table(paper: Paper, input: TranscriptInput, top: number): number {
  const { columns, rows } = input.table;
  const made = paper.element(paper.root, 'Table');
  const head = paper.element(made, 'TR');
  let y = top;
  const headPlace = { size: 8, font: 'bold' as const, colour: SOFT };
  let below = y;
  eachColumn((key, x, width) => {
    below = Math.max(below, paper.text(head, 'TH', columns[key], { ...headPlace, x, y, width }, { scope: 'Column' }));
  });
  y = below + 3;
  rule(paper, y, MARGIN, COLUMN, INK);
  for (const row of rows) {
    y = room(paper, y, rowHeight(paper, row) + 9);
    const line = paper.element(made, 'TR');
    let bottom = y;
    eachColumn((key, x, width) => {
      const cell = paper.element(line, key === 'name' ? 'TH' : 'TD', key === 'name' ? { scope: 'Row' } : {});
      let at = paper.text(cell, 'P', row[key], {
        ...CELL,
        font: key === 'name' ? 'bold' : 'regular',
        x,
        y: y + 4,
        width,
      });
      if (key === 'name') at = paper.text(cell, 'P', row.address, { ...ADDRESS, x, y: at, width });
      bottom = Math.max(bottom, at);
    });
    y = bottom + 4;
    rule(paper, y, MARGIN, COLUMN, HAIR);
  }
  return y;
}

function rowHeight(paper: Paper, row: TranscriptRow): number {
  let height = 0;
  eachColumn((key, _, width) => {
    const own = paper.height(row[key], { ...CELL, font: key === 'name' ? 'bold' : 'regular', width });
    height = Math.max(height, own + (key === 'name' ? paper.height(row.address, { ...ADDRESS, width }) : 0));
  });
  return height;
}

function eachColumn(visit: (key: (typeof COLUMNS)[number][0], x: number, width: number) => void): void {
  let x = MARGIN;
  for (const [index, [key]] of COLUMNS.entries()) {
    const width = WIDTHS[index]!;
    visit(key, x, width - (index === COLUMNS.length - 1 ? 0 : GUTTER));
    x += width;
  }
}
