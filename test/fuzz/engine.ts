import { mutate } from './mutate.ts';
import { createRandom, type Random } from './random.ts';
import type { Target } from './target.ts';

/** An input that did not end well. */
export interface Found {
  what: string;
  input: Uint8Array;
}

/** Makes the next input from those that are kept. */
export function nextInput(target: Target, kept: readonly Uint8Array[], random: Random): Uint8Array {
  const input = random.pick(kept);
  const dictionary = target.dictionary ?? [];
  // A shaped input is sometimes broken afterwards as well.
  if (target.shape && !random.once(3)) {
    const shaped = target.shape(input, random);
    return random.once(8) ? mutate(shaped, random, random.pick(kept), dictionary) : shaped;
  }
  return mutate(input, random, random.pick(kept), dictionary);
}

/** @returns what was found; an input that takes over `slowMs` of this thread is a finding, though it ended */
export async function runOne(target: Target, input: Uint8Array, slowMs: number): Promise<Found | undefined> {
  // Not the wall clock: other work of the machine is no fault of a parser.
  const start = process.threadCpuUsage();
  try {
    // A copy: a parser that writes into its input would spoil the corpus.
    const pending = target.run(Uint8Array.from(input));
    if (pending) await pending;
  } catch (error) {
    return { what: error instanceof Error ? (error.stack ?? error.message) : String(error), input };
  }
  const { user, system } = process.threadCpuUsage(start);
  const took = (user + system) / 1_000;
  return took > slowMs ? { what: `took ${took.toFixed(0)} ms`, input } : undefined;
}

/** So many inputs of one seed, without coverage: the same in every run. */
export async function runFixed(target: Target, inputs: number, seed: number, slowMs: number): Promise<Found[]> {
  const random = createRandom(seed);
  const found: Found[] = [];
  for (let count = 0; count < inputs; count++) {
    const input = count < target.seeds.length ? target.seeds[count]! : nextInput(target, target.seeds, random);
    const one = await runOne(target, input, slowMs);
    if (one) found.push(one);
  }
  return found;
}
