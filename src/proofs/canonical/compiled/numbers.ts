import { doubleText, isExactDouble } from '#kernel';

const XSD_DOUBLE = 'http://www.w3.org/2001/XMLSchema#double';

/**
 * What the reference takes a number for: `d` if its decimal text has a point or it is 1e21 at least, else `i`.
 * So `1e-7` is an integer to it (N-1).
 */
export function numberKind(value: number): 'i' | 'd' {
  if (Number.isInteger(value)) return Math.abs(value) < 1e21 ? 'i' : 'd';
  return String(value).includes('.') || !Number.isFinite(value) ? 'd' : 'i';
}

/** The text of a number in a quad of that datatype: 16 digits of a double, an integer rounded (JSON-LD API 8.2.2, 10.1). */
export function numberText(value: number, kind: 'i' | 'd', datatype: string): string {
  if (kind === 'i' && datatype !== XSD_DOUBLE) return value.toFixed(0);
  return doubleText(value);
}

/** Whether JSON has a text of this number alone: -0 is written as 0, and what is not finite as null. */
export const hasOwnText = (value: number): boolean => Number.isFinite(value) && !Object.is(value, -0);

/** Whether the signed text says exactly this number: what two numbers share is not signed. */
export function isExact(value: number): boolean {
  if (Number.isInteger(value)) return Number.isSafeInteger(value) && !Object.is(value, -0);
  return !String(value).includes('e') && isExactDouble(value);
}
