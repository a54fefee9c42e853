import type { Json, JsonObject, Random } from '#kernel';
import { isNotEligible, type Without } from './eligible.ts';
import { numberKind } from './numbers.ts';
import type { Role } from './plan.ts';
import { type Leaf, type Place, shapeOf } from './shape.ts';
import type { PinnedTerms } from './terms.ts';

/** Values that occur nowhere else, one for each leaf, so that the reference shows where each of them goes. */
export interface Sentinels {
  leaves: Leaf[];
  /** Leaves whose text is in there, the whole of it or a part. */
  within(text: string): number[];
}

/** New ones for every compilation: nobody can write them into a document (T-1). */
export function createSentinels(leaves: readonly Leaf[], random: Random): Sentinels {
  const nonce = Buffer.from(random.bytes(12)).toString('hex');
  // Absolute, and a scheme that no context defines: as an IRI it stays what it is, as a literal too.
  const pattern = new RegExp(`x${nonce}:([0-9]+)z`, 'g');
  const numbers = new Map<string, number>();
  const base = 100_000_000_000 + (Buffer.from(random.bytes(6)).readUIntBE(0, 6) % 700_000_000_000);
  const made = leaves.map((leaf, index): Leaf => {
    if (typeof leaf === 'string') return `x${nonce}:${index}z`;
    const value = base + index * 7 + (numberKind(leaf) === 'd' ? 0.5 : 0);
    numbers.set(String(value), index);
    numbers.set(value.toExponential(15).replace(/(\d)0*e\+?/, '$1E'), index);
    return value;
  });
  return {
    leaves: made,
    within: (text) => {
      const found = [...text.matchAll(pattern)].map((match) => Number(match[1]));
      for (const [form, index] of numbers) if (text.includes(form)) found.push(index);
      return [...new Set(found)];
    },
  };
}

/** The same document with other leaves, in the same order. The places are found by the same walk that made the key. */
export function withLeaves(
  document: JsonObject,
  leaves: readonly Leaf[],
  terms: PinnedTerms,
  without: Without,
): JsonObject {
  const copy = plainCopy(document);
  const places: Place[] = [];
  const shape = shapeOf(copy, terms, places, without);
  if (isNotEligible(shape) || places.length !== leaves.length) throw new RangeError('leaves of another shape');
  for (const [index, { holder, name }] of places.entries()) {
    (holder as Record<string | number, Json>)[name] = leaves[index]!;
  }
  return copy;
}

/** Of a tree of JSON: what stands in two places becomes two. */
function plainCopy<T extends Json>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plainCopy) as T;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plainCopy(item)])) as T;
}

/** What a plan must carry unharmed: signs of N-Quads, of text replacement, of other scripts. */
const TEXTS = [
  '',
  'a"b\\c',
  "$&$1$$$`$'",
  'Niño\n\t\0\x7f',
  '東京 \u200d',
  '@type',
  'https://a.example/b',
  '😀',
  '1.0',
];

/** A random document of the roles: values for a check against the reference (T-2). */
export function randomLeaves(roles: readonly Role[], random: Random): Leaf[] {
  return roles.map((role) => randomLeaf(role, random));
}

function randomLeaf(role: Role, random: Random): Leaf {
  const byte = (): number => random.bytes(1)[0]!;
  const word = (): string => Buffer.from(random.bytes(6)).toString('hex');
  const digits = (): number => Buffer.from(random.bytes(4)).readUInt32BE();
  switch (role.kind) {
    case 'iri':
      return byte() < 128 ? `https://${word()}.example/${word()}?q=${byte()}#é` : `urn:x-${word()}:${byte()}`;
    case 'literal':
      // Never two alike: equal statements are another matter (D-1).
      return `${TEXTS[byte() % TEXTS.length]}${word()}`;
    case 'number':
      return (byte() < 128 ? -1 : 1) * (role.number === 'i' ? digits() : digits() + 0.25);
    case 'constant':
      return role.value;
  }
}
