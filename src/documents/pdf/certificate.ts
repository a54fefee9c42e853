import { LIMITS } from '#kernel';
import { type QrModules, qrModules } from '../qr/qr-modules.ts';
import { drawablePng } from './drawable.ts';
import { ACCENT, type Element, INK, PAGE, Paper, type PaperInput, SOFT } from './paper.ts';
import {
  type CheckWords,
  COLUMN,
  checkBlock,
  checkHeight,
  frame,
  MARGIN,
  type PrintedCode,
  rule,
  type SpecimenWords,
  specimenBand,
} from './parts.ts';

/** Everything on a certificate, in ready words of its language. */
export interface CertificateInput extends PaperInput {
  institution: string;
  /** What this paper is called. */
  heading: string;
  specimen?: SpecimenWords;
  /** That the award is no longer in force. */
  notice?: string;
  /** Before the name; before the award where no name is signed. */
  lead: string;
  recipient?: string;
  /** Between the name and the award. */
  awarded?: string;
  award: string;
  facts: readonly (readonly [label: string, value: string])[];
  signatories: readonly { name: string; office: string }[];
  /** PNG; one that cannot be put on paper safely is left out. */
  picture?: { png: Uint8Array; alt: string };
  check: CheckWords;
  printed?: PrintedCode;
}

/** One sheet, upright: the award above, how to check it at the foot. */
export async function certificatePdf(input: CertificateInput): Promise<Uint8Array> {
  const [code, printed, png] = await Promise.all([
    qrModules(input.address),
    input.printed && qrModules(input.printed.text),
    drawablePng(input.picture?.png),
  ]);
  const codes = { code, ...(input.printed && printed ? { printed: { ...input.printed, code: printed } } : {}) };
  const bytes = await draw(input, codes, png);
  // Whoever verifies files takes none that is larger, ourselves included: then without the picture.
  return png && bytes.byteLength > LIMITS.imageBytes ? draw(input, codes, undefined) : bytes;
}

interface Codes {
  code: QrModules;
  printed?: PrintedCode & { code: QrModules };
}

function draw(input: CertificateInput, codes: Codes, png: Uint8Array | undefined): Promise<Uint8Array> {
  const paper = new Paper(input);
  const { root } = paper;
  frame(paper);
  const top = input.specimen ? specimenBand(paper, root, input.specimen, 33.4) : 34;
  const footTop = PAGE.height - 56 - checkHeight(paper, input.check, input.address, input.printed);
  const signTop = footTop - 34 - signatoriesHeight(paper, input.signatories);

  const body = paper.element(root, 'Sect');
  const plan = planBody(paper, input, png !== undefined, signTop - top - 20);
  let y = top + plan.space;
  if (png && plan.picture > 0) {
    paper.picture(body, png, input.picture!.alt, { x: (PAGE.width - plan.picture) / 2, y, side: plan.picture });
    y += plan.picture + 14;
  }
  for (const [index, line] of plan.lines.entries()) {
    if (index > 0) y += line.above * plan.squeeze;
    y = paper.text(body, line.type, line.text, { ...CENTRE, ...line, y });
    if (line.type === 'H1') {
      paper.decoration((doc) => {
        doc.lineWidth(1.2).strokeColor(ACCENT);
        doc
          .moveTo(PAGE.width / 2 - 24, y + 8)
          .lineTo(PAGE.width / 2 + 24, y + 8)
          .stroke();
      });
      y += 8;
    }
  }
  factList(paper, body, input.facts, y + 20 * plan.squeeze);
  signatories(paper, root, input.signatories, signTop);
  rule(paper, footTop - 12);
  checkBlock(paper, root, { words: input.check, address: input.address, ...codes }, footTop);
  return paper.end();
}

const CENTRE = { x: MARGIN, width: COLUMN, align: 'center' as const };

interface Line {
  type: 'P' | 'H1' | 'H2';
  text: string;
  size: number;
  font?: 'bold';
  colour: string;
  above: number;
}

interface Plan {
  lines: Line[];
  picture: number;
  /** Above everything. */
  space: number;
  /** What is left of the space between lines. */
  squeeze: number;
}

/** Sizes of the long texts, the largest first: what is long becomes smaller before it becomes crowded. */
const SCALES = [1, 0.85, 0.7, 0.6, 0.5] as const;

/** The first scale at which everything stands in the height, else without the picture, else as small as it gets. */
function planBody(paper: Paper, input: CertificateInput, picture: boolean, height: number): Plan {
  let plan: Plan | undefined;
  for (const scale of SCALES) {
    const lines = linesOf(paper, input, scale);
    const side = picture ? 92 * Math.max(scale, 0.6) : 0;
    const fixed =
      lines.reduce((sum, line) => sum + paper.height(line.text, { ...CENTRE, ...line }), 0) +
      (picture ? side + 14 : 0) +
      8 +
      factsHeight(paper, input.facts);
    const gaps = 20 + lines.reduce((sum, { above }, index) => sum + (index > 0 ? above : 0), 0);
    const free = height - fixed;
    const squeeze = Math.min(1.5, Math.max(0.3, (free - 64) / gaps));
    plan = { lines, picture: side, squeeze, space: Math.max(14, Math.min(120, (free - gaps * squeeze) / 2.4)) };
    if (free >= gaps * 0.6 + 14) return plan;
  }
  // Words before pictures.
  return picture ? planBody(paper, input, false, height) : plan!;
}

function linesOf(paper: Paper, input: CertificateInput, scale: number): Line[] {
  const sized = (text: string, sizes: readonly number[], within: number) =>
    paper.fit(text, { ...CENTRE, font: 'bold', sizes: sizes.map((size) => size * Math.max(scale, 0.6)), within });
  const { institution, heading, notice, lead, recipient, awarded, award } = input;
  const big = [28, 25, 22, 19, 17, 15];
  return [
    {
      type: 'P',
      text: institution,
      size: sized(institution, [17, 15, 13, 12], 48),
      font: 'bold',
      colour: INK,
      above: 0,
    },
    { type: 'H1', text: heading, size: 13, colour: ACCENT, above: 8 },
    ...(notice ? [{ type: 'P', text: notice, size: 11, font: 'bold', colour: ACCENT, above: 14 } as const] : []),
    { type: 'P', text: lead, size: 10.5, colour: SOFT, above: 26 },
    ...(recipient
      ? [{ type: 'P', text: recipient, size: sized(recipient, big, 76), font: 'bold', colour: INK, above: 6 } as const]
      : []),
    ...(awarded ? [{ type: 'P', text: awarded, size: 10.5, colour: SOFT, above: 16 } as const] : []),
    { type: 'H2', text: award, size: sized(award, [22, 20, 18, 16, 14], 72), font: 'bold', colour: INK, above: 8 },
  ];
}

const LABEL = { x: MARGIN, width: 148, size: 8.5, align: 'right' as const, colour: SOFT };
const VALUE = { x: MARGIN + 164, width: COLUMN - 164, size: 9.5 };

const rowHeight = (paper: Paper, [label, value]: readonly [string, string]) =>
  Math.max(paper.height(label, LABEL), paper.height(value, VALUE)) + 4;

const factsHeight = (paper: Paper, facts: CertificateInput['facts']) =>
  facts.reduce((sum, fact) => sum + rowHeight(paper, fact), 0);

/** A list of label and value. @returns the y below */
function factList(paper: Paper, parent: Element, facts: CertificateInput['facts'], top: number): number {
  const list = paper.element(parent, 'L');
  let y = top;
  for (const fact of facts) {
    const item = paper.element(list, 'LI');
    paper.text(item, 'Lbl', fact[0], { ...LABEL, y: y + 1 });
    paper.text(item, 'LBody', fact[1], { ...VALUE, y });
    y += rowHeight(paper, fact);
  }
  return y;
}

const GAP = 18;
/** Above the line: where a hand signs. */
const HAND = 30;

function places(count: number): { width: number; x: (index: number) => number } {
  const width = Math.min(200, (COLUMN - (count - 1) * GAP) / count);
  const left = (PAGE.width - count * width - (count - 1) * GAP) / 2;
  return { width, x: (index) => left + index * (width + GAP) };
}

const NAME = { size: 9, font: 'bold' as const, align: 'center' as const };
const OFFICE = { size: 8, align: 'center' as const, colour: SOFT };
const SIGNED_SIZES = [1, 0.85, 0.7, 0.6, 0.5];

/** Names of at most 200 characters in a narrow column: smaller before they take half the sheet. */
function signedScale(paper: Paper, of: CertificateInput['signatories'], width: number): number {
  const tall = (scale: number) => Math.max(...of.map((one) => signedHeight(paper, one, width, scale)));
  return SIGNED_SIZES.find((scale) => tall(scale) <= 84) ?? SIGNED_SIZES.at(-1)!;
}

const signedHeight = (paper: Paper, one: { name: string; office: string }, width: number, scale: number) =>
  paper.height(one.name, { ...NAME, size: NAME.size * scale, width }) +
  paper.height(one.office, { ...OFFICE, size: OFFICE.size * scale, width });

function signatoriesHeight(paper: Paper, of: CertificateInput['signatories']): number {
  if (of.length === 0) return 0;
  const { width } = places(of.length);
  const scale = signedScale(paper, of, width);
  return HAND + 5 + Math.max(...of.map((one) => signedHeight(paper, one, width, scale)));
}

/** A line to sign on, name and office for each. */
function signatories(paper: Paper, parent: Element, of: CertificateInput['signatories'], top: number): void {
  if (of.length === 0) return;
  const { width, x } = places(of.length);
  const scale = signedScale(paper, of, width);
  const list = paper.element(parent, 'L');
  for (const [index, { name, office }] of of.entries()) {
    const at = { x: x(index), width };
    rule(paper, top + HAND, at.x, width, INK);
    const item = paper.element(list, 'LI');
    const body = paper.element(item, 'LBody');
    const y = paper.text(body, 'P', name, { ...NAME, ...at, size: NAME.size * scale, y: top + HAND + 5 });
    paper.text(body, 'P', office, { ...OFFICE, ...at, size: OFFICE.size * scale, y });
  }
}
