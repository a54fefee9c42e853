import { sha256Hex } from '#kernel';
import { word } from './letters.ts';
import { KINDS, PLAIN_KIND, polar, round } from './shapes.ts';

/** What the picture of an achievement that has none is drawn from; nothing of a person. */
export interface BadgeDesign {
  /** Whatever names the achievement: the same always gives the same drawing. */
  achievement: string;
  /** Whatever names the institution: all its badges have one colour. */
  institution: string;
  /** Value of the term `awardType`; decides the outline. */
  awardType?: string;
  /** 1 to 8, shown as so many of eight marks. */
  level?: number;
  specimen: boolean;
}

/** Deep and quiet, each readable under cream and gold: body, and its darker foot. */
const COLOURS: readonly (readonly [body: string, foot: string])[] = [
  ['#24456e', '#182f4d'],
  ['#17625f', '#0e4442'],
  ['#2b5d43', '#1b4130'],
  ['#7a2740', '#571a2d'],
  ['#573365', '#3c2247'],
  ['#42535e', '#2c3941'],
  ['#383d85', '#26295e'],
  ['#5a5f2c', '#3f431d'],
  ['#8a3b24', '#632817'],
];
const CREAM = '#fbf7ef';
const GOLD = '#dcb866';
const RED = '#9b2c1f';
const LEVELS = 8;

/**
 * A badge of 512 by 512 as SVG: an outline by the kind of award, the colour of the institution, a rosette that only this
 * achievement has, the level as marks. No seal, logo or sign of a real body; no text but, where it is one, SPECIMEN.
 */
export function drawBadge(design: BadgeDesign): string {
  const { outline, emblem } = kindOf(design.awardType);
  const [body, foot] = COLOURS[numbersOf(design.institution)[0]! % COLOURS.length]!;
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512" viewBox="0 0 512 512">',
    `<defs><linearGradient id="b" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${body}"/>`,
    `<stop offset="1" stop-color="${foot}"/></linearGradient>`,
    `<path id="o" d="${outline}"/><path id="r" d="${rosette(numbersOf(design.achievement))}"/></defs>`,
    `<g stroke-linejoin="round"><use href="#o" fill="${CREAM}" stroke="${CREAM}" stroke-width="38"/>`,
    `<use href="#o" fill="url(#b)" stroke="url(#b)" stroke-width="26"/>`,
    `<use href="#o" fill="none" stroke="${GOLD}" stroke-width="2.5"/></g>`,
    `<circle cx="256" cy="256" r="158" fill="${CREAM}" stroke="${GOLD}" stroke-width="5"/>`,
    weave(design.achievement, body),
    `<circle cx="256" cy="256" r="62" fill="${body}" stroke="${CREAM}" stroke-width="7"/>`,
    `<circle cx="256" cy="256" r="55" fill="none" stroke="${GOLD}" stroke-width="2"/>`,
    `<path d="${emblem}" transform="translate(256 256)" fill="none" stroke="${CREAM}" stroke-width="5" stroke-linejoin="round" stroke-linecap="round"/>`,
    marks(design.level),
    design.specimen ? ribbon(body, foot) : leaves(),
    '</svg>\n',
  ].join('');
}

function kindOf(awardType: string | undefined) {
  if (awardType === undefined) return PLAIN_KIND;
  return Object.hasOwn(KINDS, awardType) ? KINDS[awardType]! : PLAIN_KIND;
}

/** Thirty-two numbers from 0 to 255 that follow from a text. */
const numbersOf = (text: string): number[] => [...Buffer.from(sha256Hex(text), 'hex')];

/** One closed wave around the middle, smooth: points of a curve and its tangents as cubic pieces. */
function rosette(numbers: readonly number[]): string {
  const petals = petalsOf(numbers);
  const [, depth, second] = numbers as [number, number, number];
  const swing = 26 + (depth % 5) * 3;
  const twice = ((second % 5) - 2) * 4;
  const radius = (t: number) => 106 + swing * Math.cos(petals * t) + twice * Math.cos(2 * petals * t);
  const slope = (t: number) => -petals * swing * Math.sin(petals * t) - 2 * petals * twice * Math.sin(2 * petals * t);
  const pieces = petals * 8;
  const step = (2 * Math.PI) / pieces;
  const at = (n: number) => {
    const t = n * step;
    const [r, s] = [radius(t), slope(t)];
    const tangent: [number, number] = [s * Math.sin(t) + r * Math.cos(t), -s * Math.cos(t) + r * Math.sin(t)];
    return { x: 256 + r * Math.sin(t), y: 256 - r * Math.cos(t), tangent };
  };
  const third = step / 3;
  let path = '';
  for (let n = 0; n < pieces; n++) {
    const [a, b] = [at(n), at(n + 1)];
    if (n === 0) path = `M${round(a.x)} ${round(a.y)}`;
    const points = [
      ...[a.x + a.tangent[0] * third, a.y + a.tangent[1] * third],
      ...[b.x - b.tangent[0] * third, b.y - b.tangent[1] * third, b.x, b.y],
    ];
    path += `C${points.map(round).join(' ')}`;
  }
  return `${path}z`;
}

const petalsOf = (numbers: readonly number[]): number => 6 + (numbers[0]! % 7);

/** The wave again and again, each time turned a little: what engravers call a guilloche. */
function weave(achievement: string, colour: string): string {
  const numbers = numbersOf(achievement);
  const times = 5 + (numbers[3]! % 3);
  const turn = 360 / petalsOf(numbers) / times;
  const waves = Array.from(
    { length: times },
    (_, at) => `<use href="#r" transform="rotate(${Math.round(turn * at * 100) / 100} 256 256)"/>`,
  );
  return `<g fill="none" stroke="${colour}" stroke-width="2" stroke-opacity="0.62">${waves.join('')}</g>`;
}

function marks(level: number | undefined): string {
  if (level === undefined || !Number.isInteger(level) || level < 1 || level > LEVELS) return '';
  const dots = Array.from({ length: LEVELS }, (_, at) => {
    const [x, y] = polar((at - (LEVELS - 1) / 2) * 12, 190);
    return `<circle cx="${x}" cy="${y}" r="7"${at < level ? '' : ' fill="none" stroke-opacity="0.7"'}/>`;
  });
  return `<g fill="${GOLD}" stroke="${GOLD}" stroke-width="2">${dots.join('')}</g>`;
}

/** A sprig on either side of the foot. */
function leaves(): string {
  const sides = [1, -1].flatMap((side) =>
    Array.from({ length: 6 }, (_, at) => {
      const degrees = 180 + side * (12 + at * 11);
      const [x, y] = polar(degrees, 189);
      const lean = degrees + side * 62;
      return `<path d="M0-13Q8-2 0 12-8-2 0-13z" transform="translate(${x} ${y}) rotate(${lean})"/>`;
    }),
  );
  return `<g fill="${GOLD}">${sides.join('')}</g>`;
}

function ribbon(body: string, foot: string): string {
  return [
    `<path d="M40 378h60v66H40l20-33zM472 378h-60v66h60l-20-33z" fill="${foot}" stroke="${CREAM}" stroke-width="4" stroke-linejoin="round"/>`,
    `<path d="M82 360h348v68H82z" fill="${CREAM}" stroke="${body}" stroke-width="4" stroke-linejoin="round"/>`,
    word('SPECIMEN', 256, 394, 34, RED),
  ].join('');
}
