// A small seeded generator of numbers (mulberry32).

export interface Random {
  /** 0..n-1. */
  below(n: number): number;
  chance(p: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** From min to max different ones, in random order. */
  some<T>(list: readonly T[], min: number, max: number): T[];
}

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  const some = <T>(list: readonly T[], min: number, max: number): T[] => {
    const rest = [...list];
    const count = Math.min(list.length, min + below(max - min + 1));
    return Array.from({ length: count }, () => rest.splice(below(rest.length), 1)[0]!);
  };
  return { below, chance: (p) => next() < p, pick: (list) => list[below(list.length)]!, some };
}
