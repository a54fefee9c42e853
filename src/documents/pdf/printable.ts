/** Stands for a run of characters that the font has no shape for; the paper says so below. */
export const UNPRINTABLE = '[…]';

/** Controls, and what turns the direction of text round (Unicode TR 9): on paper nobody sees that they are there. */
const HIDDEN = /[\p{Cc}\p{Cs}\p{Cn}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFF9-\uFFFB]/u;
/** Without a shape of their own: a font need not have one. */
const SHAPELESS = /[\u00AD\u200B\u2060\uFEFF]|[\u200C-\u200D]|[\uFE00-\uFE0F]/u;

/**
 * A text as this font can print it. What it cannot becomes `[…]`, never an empty box and never nothing: a name must not look
 * whole when it is not.
 * @param has whether the font has a shape for a code point
 */
export function printable(text: string, has: (codePoint: number) => boolean): { text: string; whole: boolean } {
  let out = '';
  let whole = true;
  for (const character of text.replace(/\s+/gu, ' ').trim().normalize('NFC')) {
    if (SHAPELESS.test(character)) continue;
    if (!HIDDEN.test(character) && has(character.codePointAt(0)!)) {
      out += character;
      continue;
    }
    whole = false;
    if (!out.endsWith(UNPRINTABLE)) out += UNPRINTABLE;
  }
  return { text: out, whole };
}
