import type { Random } from '#kernel';

/** Numbers that look random and are the same for the same seed. */
export interface Draw extends Random {
  /** 0 up to, not with, `end`. */
  below(end: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  oneOf<T>(items: readonly T[]): T;
  /** Whether what is made may be hostile. */
  hostile: boolean;
}

/** mulberry32 */
export function createDraw(seed: number): Draw {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (end: number): number => Math.floor(next() * end);
  return {
    below,
    chance: (probability) => next() < probability,
    oneOf: (items) => items[below(items.length)]!,
    hostile: true,
    bytes: (length) => Uint8Array.from({ length }, () => below(256)),
  };
}
