/** A stream of numbers that a seed repeats (xorshift32). */
export interface Random {
  /** 0 to `below` - 1. */
  int(below: number): number;
  pick<T>(items: readonly T[]): T;
  /** True once in `times`. */
  once(times: number): boolean;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0 || 0x9e3779b9;
  const int = (below: number): number => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return below <= 1 ? 0 : state % below;
  };
  return { int, pick: (items) => items[int(items.length)]!, once: (times) => int(times) === 0 };
}
