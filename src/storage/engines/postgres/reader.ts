import type { AnyReader } from '../../storage.ts';
import { isConnectionLost, isPlanStale, translateError } from './errors.ts';
import { readFor, scopeOfRead } from './scope.ts';

const ATTEMPTS = 3;

/**
 * Every method of a reader, asked for the rows of those it is declared for (scope.ts), again on another connection when one
 * was lost, with the errors of the ports.
 * @param onStalePlan tables were changed by a later version: statements are to be planned anew
 */
export function steadyReader(reader: AnyReader, onStalePlan: () => void): AnyReader {
  const methods = Object.entries(reader) as [string, (...args: unknown[]) => Promise<unknown>][];
  const steady = methods.map(([name, read]) => [
    name,
    async (...args: unknown[]) => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await readFor(scopeOfRead(name, args), () => read(...args));
        } catch (error) {
          const stale = isPlanStale(error);
          if (stale) onStalePlan();
          if (attempt === ATTEMPTS || !(stale || isConnectionLost(error))) throw translateError(error);
        }
      }
    },
  ]);
  return Object.fromEntries(steady) as AnyReader;
}
