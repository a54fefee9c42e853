import { nextTurn } from '#kernel';

/** The middle one; of an even number the upper of the two. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** By nearest rank. */
export const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)]!;

/** Milliseconds by the clock, and of CPU of this process, for one of `count`. */
export interface Cost {
  ms: number;
  cpuMs: number;
}

export async function costOf(count: number, work: (n: number) => unknown): Promise<Cost> {
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  for (let n = 0; n < count; n++) {
    const done = work(n);
    // A promise that is not needed would be paid for as well.
    if (done instanceof Promise) await done;
  }
  const { user, system } = process.cpuUsage(cpu);
  return { ms: (performance.now() - began) / count, cpuMs: (user + system) / 1_000 / count };
}

/** Milliseconds of each, in a turn of its own as requests come: within one turn nothing that was weakly held is let go. */
export async function timesOf(count: number, work: (n: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < count; n++) {
    await nextTurn();
    const began = performance.now();
    await work(n);
    times.push(performance.now() - began);
  }
  return times;
}
