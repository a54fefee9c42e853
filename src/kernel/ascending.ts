import type { Random } from './ports.ts';

/** Heads drawn at a time: some milliseconds and 256 KiB. */
const AHEAD = 65_536;
const HEAD_BYTES = 4;

/**
 * The same randomness in another order: the first 32 bits of each draw were drawn together with those of others and are given out
 * from the smallest to the largest; what follows them is drawn when it is asked for. An index of ids that come so is written
 * in one place after the other, and not each time anywhere: a third of the pages of a commit. Whoever knows one id and
 * what came after it knows nothing of the others but about where they begin, at least 96 bits are left to guess.
 * @throws RangeError from `bytes` for less than 4 bytes
 */
export function ascending(random: Random, ahead = AHEAD): Random {
  let heads = new Uint32Array(0);
  let given = 0;
  return {
    bytes(length) {
      if (length < HEAD_BYTES) throw new RangeError(`${length} bytes are no id`);
      if (given === heads.length) {
        const drawn = new Uint8Array(random.bytes(ahead * HEAD_BYTES));
        heads = new Uint32Array(drawn.buffer).sort();
        given = 0;
      }
      const bytes = new Uint8Array(random.bytes(length));
      const head = heads[given]!;
      given++;
      // Not by a view: bytes so few lie in the heap until somebody asks for their buffer.
      for (let at = 0; at < HEAD_BYTES; at++) bytes[at] = head >>> (8 * (HEAD_BYTES - 1 - at));
      return bytes;
    },
  };
}
