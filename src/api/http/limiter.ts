import { hash } from 'node:crypto';

/** Counts who asks how often; forgets nobody, whatever the others do. */
export interface Limiter {
  /** Counts one. @returns undefined when it may pass, and milliseconds until one may when it may not: then it was not counted */
  take(key: string): number | undefined;
  /** The same without counting. */
  look(key: string): number | undefined;
  /** What `key` has left at this moment. */
  left(key: string): number;
  readonly max: number;
}

export interface LimiterOptions {
  /** In any `windowMs`, roughly: what is counted fades evenly during the window that follows. */
  max: number;
  windowMs: number;
  /** Milliseconds that never jump. */
  now: () => number;
  /** Nobody outside may know it: who could choose keys that share counters could use up those of others. */
  seed: string;
}

const WIDTH = 1 << 17;
const ROWS = 2;

interface Sketch {
  counts: Uint32Array;
  isEmpty: boolean;
}

/** Takes memory only when something is counted: until then the system gives no page for it. */
const emptySketch = (): Sketch => ({ counts: new Uint32Array(WIDTH * ROWS), isEmpty: true });

/** Used again and not made anew: a mebibyte a window would wait for the next look through the whole heap. */
function clear(sketch: Sketch): void {
  if (!sketch.isEmpty) sketch.counts.fill(0);
  sketch.isEmpty = true;
}

/**
 * A count-min sketch (Cormode and Muthukrishnan, 2005) of this window and one of the last. Its memory is fixed, 2 MiB for
 * each at most, and no key is ever dropped to make room for another: a list of the most recent ones would forget a guesser
 * who asks from enough addresses. Keys that share counters count too much, never too little; with a million addresses
 * that ask once in a window that is about ten.
 */
export function createLimiter({ max, windowMs, now, seed }: LimiterOptions): Limiter {
  let window = Math.floor(now() / windowMs);
  let current = emptySketch();
  let last = emptySketch();

  function turn(at: number): void {
    const next = Math.floor(at / windowMs);
    if (next === window) return;
    if (next === window + 1) [current, last] = [last, current];
    else clear(last);
    clear(current);
    window = next;
  }

  let latest: { key: string; at: readonly number[] } | undefined;

  /** Where the counters of the key are. Whoever asks once asks again: for what is left, and with the next request. */
  function cells(key: string): readonly number[] {
    if (latest?.key === key) return latest.at;
    const digest = hash('sha256', seed + key, 'buffer');
    const at = Array.from({ length: ROWS }, (_, row) => row * WIDTH + (digest.readUInt32LE(4 * row) % WIDTH));
    latest = { key, at };
    return at;
  }

  const least = ({ counts }: Sketch, at: readonly number[]) => Math.min(...at.map((cell) => counts[cell]!));

  function state(at: readonly number[]) {
    const time = now();
    turn(time);
    const passed = (time % windowMs) / windowMs;
    const [counted, before] = [least(current, at), least(last, at)];
    return { counted, before, passed, used: counted + before * (1 - passed) };
  }

  /** Until what is counted has faded enough for one more. */
  function wait({ counted, before, passed }: ReturnType<typeof state>): number {
    const room = max - 1 - counted;
    const share = room >= 0 ? 1 - room / before - passed : 1 - passed + (1 - Math.max(0, max - 1) / counted);
    return Math.ceil(share * windowMs);
  }

  function check(at: readonly number[]): number | undefined {
    const found = state(at);
    return found.used + 1 <= max ? undefined : Math.max(1, wait(found));
  }

  return {
    max,
    take(key) {
      const at = cells(key);
      const waiting = check(at);
      if (waiting !== undefined) return waiting;
      // Only the smallest grow: the others belong to somebody else as well (conservative update).
      const count = least(current, at) + 1;
      for (const cell of at) current.counts[cell] = Math.max(current.counts[cell]!, count);
      current.isEmpty = false;
      return undefined;
    },
    look: (key) => check(cells(key)),
    left: (key) => Math.max(0, Math.floor(max - state(cells(key)).used)),
  };
}
