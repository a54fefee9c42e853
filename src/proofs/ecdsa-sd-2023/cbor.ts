/** What a proof value is made of. */
export type Cbor = number | Uint8Array | Cbor[] | Map<number, Cbor>;

/** List of lists, and no deeper. */
const DEPTH = 2;

/**
 * The few kinds of CBOR (RFC 8949) a derived proof consists of: unsigned integers, byte strings, lists, and maps with
 * integer keys; definite lengths, shortest form, no tags (VC-DI-ECDSA 3.5.7), nothing behind. Counts are checked against
 * the bytes that are there before anything is reserved for them.
 * @throws RangeError for anything else
 */
export function readCbor(bytes: Uint8Array): Cbor {
  let at = 0;
  const take = (count: number): Uint8Array => {
    if (count > bytes.length - at) throw new RangeError('CBOR ends too early');
    at += count;
    return bytes.subarray(at - count, at);
  };
  const argument = (info: number): number => {
    if (info < 24) return info;
    const size = { 24: 1, 25: 2, 26: 4 }[info];
    if (size === undefined) throw new RangeError('CBOR of a length that is not read here');
    const value = take(size).reduce((sum, byte) => sum * 256 + byte, 0);
    if (value < 24 || (size > 1 && value < 256 ** (size / 2))) throw new RangeError('CBOR is not in its shortest form');
    return value;
  };
  const read = (depth: number): Cbor => {
    const head = take(1)[0]!;
    const value = argument(head & 31);
    switch (head >> 5) {
      case 0:
        return value;
      case 2:
        return take(value);
      case 4:
        return items(value, depth, () => read(depth + 1));
      case 5: {
        const entries = items(value, depth, () => [read(DEPTH + 1), read(DEPTH + 1)] as const);
        const map = new Map(entries.filter((entry): entry is readonly [number, Cbor] => typeof entry[0] === 'number'));
        if (map.size !== value) throw new RangeError('CBOR map with a key twice, or a key that is no number');
        return map;
      }
      default:
        throw new RangeError(`CBOR of major type ${head >> 5} has no place in a proof`);
    }
  };
  const items = <T>(count: number, depth: number, one: () => T): T[] => {
    if (depth >= DEPTH) throw new RangeError('CBOR is nested too deeply');
    if (count > bytes.length - at) throw new RangeError('CBOR ends too early');
    const list: T[] = [];
    for (let index = 0; index < count; index++) list.push(one());
    return list;
  };
  const value = read(0);
  if (at !== bytes.length) throw new RangeError('CBOR with more behind it');
  return value;
}
