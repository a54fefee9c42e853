import type { JsonObject } from '#kernel';

// Pieces of JSON Schema 2020-12. Texts stand in `enum` and `const`, never in a pattern, so nothing in them has a meaning.
// Patterns hold only digits, are anchored and bounded by `maxLength`: `$` alone also matches before a final line feed in
// some engines, and `\d` means more than ten characters in others.

/** An object that has all of these. */
export const objectWith = (properties: Record<string, JsonObject>): JsonObject => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
});

/** A badge whose achievement has all of these. */
export const achievementWith = (properties: Record<string, JsonObject>): JsonObject =>
  objectWith({ credentialSubject: objectWith({ achievement: objectWith(properties) }) });

/** JSON-LD may write a set of one as its only member. Every member must satisfy the item's schema. */
export const oneOrMany = (item: JsonObject): JsonObject => ({
  anyOf: [item, { type: 'array', minItems: 1, items: item }],
});

export const oneOf = (values: readonly string[]): JsonObject => ({ enum: [...values] });

/** Text of exactly so many digits that begins with these. */
export const digits = (prefix: string, length: number): JsonObject => ({
  type: 'string',
  pattern: `^${prefix}[0-9]{${length - prefix.length}}$`,
  maxLength: length,
});

/** Whole numbers as text, without leading zeros, from 1 and of at most six digits; both ends included. */
export function numbers(from: number, to: number): JsonObject {
  const anyOf: JsonObject[] = [];
  for (let length = 1; length <= 6; length++) {
    const low = Math.max(from, 10 ** (length - 1));
    const high = Math.min(to, 10 ** length - 1);
    if (low > high) continue;
    anyOf.push({ type: 'string', pattern: `^${between(String(low), String(high))}$`, maxLength: length });
  }
  return { anyOf };
}

/** A pattern for the numbers between two of the same length. */
function between(low: string, high: string): string {
  const rest = low.length - 1;
  if (rest < 0) return '';
  if (/^0+$/.test(low) && /^9+$/.test(high)) return `[0-9]{${low.length}}`;
  const [a, b] = [Number(low[0]), Number(high[0])];
  if (a === b) return `${a}${between(low.slice(1), high.slice(1))}`;
  const ways = [
    `${a}${between(low.slice(1), '9'.repeat(rest))}`,
    ...(b - a > 1 ? [`[${a + 1}-${b - 1}]${between('0'.repeat(rest), '9'.repeat(rest))}`] : []),
    `${b}${between('0'.repeat(rest), high.slice(1))}`,
  ];
  return `(?:${ways.join('|')})`;
}
