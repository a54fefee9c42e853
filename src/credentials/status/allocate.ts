import { pairOf, type Random } from '#kernel';

/**
 * Draws `count` indexes of different pairs, each uniform over the list, so that neighbours in a list have nothing to do
 * with each other (Bitstring Status List 1.0 section 4.3).
 * @param length entries of the list, a power of two
 */
export function drawIndexes(count: number, length: number, random: Random): number[] {
  if (count > length / 4) throw new RangeError(`${count} of ${length} indexes cannot be drawn quickly`);
  const drawn: number[] = [];
  const pairs = new Set<number>();
  while (drawn.length < count) {
    // All that are wanted still: a call for four bytes costs as much.
    const bytes = random.bytes(4 * (count - drawn.length));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let at = 0; at < bytes.length; at += 4) {
      const index = view.getUint32(at) % length;
      if (pairs.has(pairOf(index))) continue;
      pairs.add(pairOf(index));
      drawn.push(index);
    }
  }
  return drawn;
}
