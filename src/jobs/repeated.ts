import { hash } from 'node:crypto';
import type { RowInput } from './columns.ts';

/** Counts rows whose address or student number stood in an earlier one. */
export interface Repeated {
  see(row: RowInput): void;
  readonly count: number;
}

const FIRST = 1 << 12;

/**
 * Keeps 48 bits of a digest of each, eight bytes in one flat table, so that a list of hundreds of thousands costs a few MiB.
 * Two that only look alike (one list of 200,000 in 3,000) make a notice say one too many; nothing else hangs on it.
 */
export function createRepeated(): Repeated {
  let table = new Float64Array(FIRST);
  let filled = 0;
  let count = 0;

  /** @returns whether it was there */
  function put(into: Float64Array, mark: number): boolean {
    for (let at = mark % into.length; ; at = (at + 1) % into.length) {
      if (into[at] === mark) return true;
      if (into[at] !== 0) continue;
      into[at] = mark;
      return false;
    }
  }

  function seen(key: string): boolean {
    // Zero is an empty place.
    if (put(table, Number.parseInt(hash('sha256', key, 'hex').slice(0, 12), 16) + 1)) return true;
    if (++filled * 2 > table.length) {
      const larger = new Float64Array(table.length * 2);
      for (const mark of table) if (mark !== 0) put(larger, mark);
      table = larger;
    }
    return false;
  }

  return {
    see({ email, studentNumber }) {
      const keys = [email && `e ${email.toLowerCase()}`, studentNumber && `s ${studentNumber}`];
      // Both are remembered, whatever the first one says.
      if (keys.filter((key) => key && seen(key)).length > 0) count++;
    },
    get count() {
      return count;
    },
  };
}
