import type { Clock, Problem } from '#kernel';

/** Addresses that gave no answer a moment ago, so that many badges of one dead host cost one wait. */
export interface Failures {
  /** @throws the remembered problem, when one of the keys has one */
  check(...keys: string[]): void;
  remember(key: string, problem: Problem): void;
}

const ENTRIES = 500;

/** @param ms how long a failure is believed; 0 = not at all */
export function createFailures(clock: Clock, ms: number): Failures {
  const known = new Map<string, { at: number; problem: Problem }>();
  return {
    check(...keys) {
      for (const key of keys) {
        const entry = known.get(key);
        if (!entry) continue;
        const age = clock.now().getTime() - entry.at;
        // A clock that was set back must not keep an address out for longer.
        if (age >= 0 && age < ms) throw entry.problem;
        known.delete(key);
      }
    },
    remember(key, problem) {
      if (ms <= 0) return;
      known.delete(key);
      if (known.size >= ENTRIES) known.delete(known.keys().next().value!);
      known.set(key, { at: clock.now().getTime(), problem });
    },
  };
}
