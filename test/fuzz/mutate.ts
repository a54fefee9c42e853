import type { Random } from './random.ts';

/** Larger inputs only cost time: every limit of a parser lies below, or is a number in the input. */
const MAX_BYTES = 64 * 1024;
const EDGES = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];

type Mutator = (input: Buffer, random: Random, other: Uint8Array, dictionary: readonly string[]) => Buffer;

const at = (input: Buffer, random: Random): number => random.int(input.length + 1);
const splice = (input: Buffer, from: number, to: number, middle: Uint8Array): Buffer =>
  Buffer.concat([input.subarray(0, from), middle, input.subarray(Math.max(from, to))]);

const MUTATORS: readonly Mutator[] = [
  function flipBit(input, random) {
    if (input.length > 0) input[random.int(input.length)]! ^= 1 << random.int(8);
    return input;
  },
  function setByte(input, random) {
    if (input.length > 0) input[random.int(input.length)] = random.int(256);
    return input;
  },
  function printable(input, random) {
    if (input.length > 0) input[random.int(input.length)] = 0x20 + random.int(95);
    return input;
  },
  function remove(input, random) {
    const from = at(input, random);
    return splice(
      input,
      from,
      Math.min(input.length, from + 1 + random.int(random.once(4) ? input.length : 4)),
      Buffer.of(),
    );
  },
  function repeat(input, random) {
    const from = at(input, random);
    const part = input.subarray(from, from + 1 + random.int(16));
    const times = random.once(8) ? 1 + random.int(200) : 1 + random.int(4);
    return splice(input, from, from, Buffer.concat(Array.from({ length: times }, () => part)));
  },
  function insertRandom(input, random) {
    const from = at(input, random);
    return splice(input, from, from, Buffer.from(Array.from({ length: 1 + random.int(4) }, () => random.int(256))));
  },
  function move(input, random) {
    const [from, to] = [at(input, random), at(input, random)];
    const part = Buffer.from(input.subarray(from, from + 1 + random.int(24)));
    return splice(splice(input, from, from + part.length, Buffer.of()), to, to, part);
  },
  function cross(input, random, other) {
    const from = random.int(other.length + 1);
    return splice(input, at(input, random), input.length, other.subarray(from));
  },
  function insertOther(input, random, other) {
    const from = random.int(other.length + 1);
    const place = at(input, random);
    return splice(input, place, place, other.subarray(from, from + 1 + random.int(64)));
  },
  function token(input, random, _other, dictionary) {
    if (dictionary.length === 0) return input;
    const from = at(input, random);
    const text = Buffer.from(random.pick(dictionary));
    return splice(input, from, random.once(2) ? from : from + text.length, text);
  },
  function number32(input, random) {
    if (input.length < 4) return input;
    const value = random.once(2) ? random.pick(EDGES) : random.int(0xffff_ffff);
    const place = random.int(input.length - 3);
    if (random.once(2)) input.writeUInt32BE(value, place);
    else input.writeUInt32LE(value, place);
    return input;
  },
  function truncate(input, random) {
    return input.subarray(0, at(input, random)) as Buffer;
  },
  function digits(input, random) {
    const place = input.findIndex((byte, index) => byte >= 0x30 && byte <= 0x39 && (index === 0 || random.once(3)));
    return place < 0 ? input : splice(input, place, place + 1, Buffer.from(String(random.pick(EDGES) - random.int(2))));
  },
];

/** One to five changes, one after the other. */
export function mutate(
  input: Uint8Array,
  random: Random,
  other: Uint8Array,
  dictionary: readonly string[],
): Uint8Array {
  let out = Buffer.from(input);
  for (let left = 1 + random.int(random.once(4) ? 5 : 2); left > 0; left--) {
    out = Buffer.from(random.pick(MUTATORS)(out, random, other, dictionary));
  }
  return out.subarray(0, MAX_BYTES);
}
