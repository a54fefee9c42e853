/** Capitals as single strokes in a box of 10 by 14, so that no picture needs a font of the machine that shows it. */
const STROKES: Readonly<Record<string, string>> = {
  C: 'M9.6 2.6C8.6 1 7 0 5.2 0 2 0 0 3 0 7s2 7 5.2 7c1.8 0 3.4-1 4.4-2.6',
  E: 'M8.6 0H0v14h8.6M0 6.8h7.4',
  I: 'M0 0v14',
  M: 'M0 14V0l5.5 8.5L11 0v14',
  N: 'M0 14V0l9.4 14V0',
  P: 'M0 14V0h5C7.8 0 9.2 1.6 9.2 3.8S7.8 7.6 5 7.6H0',
  S: 'M8.7 2.4C8 .9 6.5 0 4.7 0 2.2 0 .4 1.4.4 3.5c0 4.8 8.8 2 8.8 7C9.2 12.7 7.3 14 4.8 14 2.6 14 .8 13 0 11.2',
};
const WIDTHS: Readonly<Record<string, number>> = { C: 9.6, E: 8.6, I: 0, M: 11, N: 9.4, P: 9.2, S: 9.2 };
const SPACE = 5.2;

/**
 * A word as strokes around a point. @param word of the letters above
 * @param height of a capital in user units
 */
export function word(text: string, x: number, y: number, height: number, colour: string): string {
  const letters = [...text];
  const width = letters.reduce((sum, letter) => sum + WIDTHS[letter]!, SPACE * (letters.length - 1));
  let at = -width / 2;
  const paths = letters.map((letter) => {
    const path = `<path d="${STROKES[letter]}" transform="translate(${round(at)} -7)"/>`;
    at += WIDTHS[letter]! + SPACE;
    return path;
  });
  const scale = round(height / 14);
  return (
    `<g transform="translate(${x} ${y}) scale(${scale})" fill="none" stroke="${colour}" stroke-width="2.3" ` +
    `stroke-linecap="round" stroke-linejoin="round">${paths.join('')}</g>`
  );
}

const round = (value: number): number => Math.round(value * 100) / 100;
