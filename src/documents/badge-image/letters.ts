/**
 * Capitals as single strokes in a box of 14 in height, each with its width: no picture needs a font of the machine that shows
 * it. Those of the one word that is ever drawn.
 */
const LETTERS: Readonly<Record<string, readonly [strokes: string, width: number]>> = {
  C: ['M9.6 2.6C8.6 1 7 0 5.2 0 2 0 0 3 0 7s2 7 5.2 7c1.8 0 3.4-1 4.4-2.6', 9.6],
  E: ['M8.6 0H0v14h8.6M0 6.8h7.4', 8.6],
  I: ['M0 0v14', 0],
  M: ['M0 14V0l5.5 8.5L11 0v14', 11],
  N: ['M0 14V0l9.4 14V0', 9.4],
  P: ['M0 14V0h5C7.8 0 9.2 1.6 9.2 3.8S7.8 7.6 5 7.6H0', 9.2],
  S: ['M8.7 2.4C8 .9 6.5 0 4.7 0 2.2 0 .4 1.4.4 3.5c0 4.8 8.8 2 8.8 7C9.2 12.7 7.3 14 4.8 14 2.6 14 .8 13 0 11.2', 9.2],
};
const SPACE = 5.2;

/**
 * A word as strokes around a point.
 * @param height of a capital in user units
 * @throws Error for a letter that is not above
 */
export function word(text: string, x: number, y: number, height: number, colour: string): string {
  const letters = [...text].map((letter) => {
    const known = LETTERS[letter];
    if (!known) throw new Error(`there are no strokes for ${letter}`);
    return known;
  });
  let at = -letters.reduce((sum, [, width]) => sum + width, SPACE * (letters.length - 1)) / 2;
  const paths = letters.map(([strokes, width]) => {
    const path = `<path d="${strokes}" transform="translate(${round(at)} -7)"/>`;
    at += width + SPACE;
    return path;
  });
  return (
    `<g transform="translate(${x} ${y}) scale(${round(height / 14)})" fill="none" stroke="${colour}" stroke-width="2.3" ` +
    `stroke-linecap="round" stroke-linejoin="round">${paths.join('')}</g>`
  );
}

const round = (value: number): number => Math.round(value * 100) / 100;
