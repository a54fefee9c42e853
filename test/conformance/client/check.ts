import type { Client } from './client.ts';

/** One thing a conforming service does; throws when it does not. */
export interface Check {
  /** The suite or section it stands for: counted apart. */
  area: string;
  title: string;
  run(client: Client): Promise<void>;
}

export interface Outcome {
  area: string;
  title: string;
  /** Why it failed; absent when it passed. */
  failure?: string;
}

/** Makes checks of one area. */
export const inArea =
  (area: string) =>
  (title: string, run: Check['run']): Check => ({ area, title, run });

/** @throws with the message, and what was answered, where the condition does not hold */
export function assert(condition: unknown, message: string, answer?: { status: number; text: string }): void {
  if (condition) return;
  throw new Error(answer ? `${message}: ${answer.status} ${answer.text.slice(0, 300)}` : message);
}

/** One after the other, so that what they ask of the service is never more than a person with a script would. */
export async function runChecks(client: Client, checks: readonly Check[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { area, title, run } of checks) {
    try {
      await run(client);
      outcomes.push({ area, title });
    } catch (error) {
      outcomes.push({ area, title, failure: error instanceof Error ? error.message : String(error) });
    }
  }
  return outcomes;
}
