import type { Random } from './random.ts';

/** One parser under attack. */
export interface Target {
  name: string;
  /** Inputs that are read, or nearly: where mutation begins. */
  seeds: Uint8Array[];
  /** Pieces that mean something to the parser. */
  dictionary?: readonly string[];
  /** A change that keeps more of the structure than bytes do; the parser gets past its first check. */
  shape?(input: Uint8Array, random: Random): Uint8Array;
  /**
   * Reads one input, and says so by throwing `Finding` when what it must do was not done. Refusals are caught here;
   * anything else that is thrown is a finding too.
   */
  run(input: Uint8Array): void | Promise<void>;
  /** How many inputs CI runs; fewer where one costs milliseconds. */
  ciInputs?: number;
}

/** A property that does not hold for an input. */
export class Finding extends Error {}

export function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Finding(what);
}

/** @returns the value, or undefined when it was refused in one of the agreed ways; any other throw goes on */
export function accepted<T>(read: () => T, isRefusal: (error: unknown) => boolean): { value: T } | undefined {
  try {
    return { value: read() };
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

export const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8');
export const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
