import { formatInstant, Problem } from '#kernel';
import type { ImportsDeps } from './imports.ts';
import { sentenceOf, WAITS } from './keepable.ts';
import { credentialOf } from './stack.ts';

/** Looked at in one round; each may take as long as any verification. */
const ROUND = 5;
/** Asked again after so long, and for so long: afterwards only when it is used. */
const AGAIN_MS = 600_000;
const ASKED_MS = 7 * 86_400_000;

/**
 * Verifies again what could not be found out when it came.
 * @returns whether there was more than one round's work
 */
export async function retryOnce(deps: ImportsDeps): Promise<boolean> {
  const { reader, transactor, verifier, clock } = deps;
  const ago = (ms: number) => formatInstant(new Date(clock.now().getTime() - ms));
  const due = await reader.importsToRetry(ago(ASKED_MS), ago(AGAIN_MS), ROUND);
  for (const row of due) {
    const { verdict, sentence } = await lookAt(credentialOf(row));
    const looked = { importId: row.importId, verdict, sentence, verifiedAt: formatInstant(clock.now()) };
    await transactor.commit([{ op: 'import.looked', ...looked }]);
  }
  return due.length === ROUND;

  /** One that cannot be looked at has had its turn. */
  async function lookAt(text: string) {
    try {
      const { report } = await verifier.verifyArrival({ text });
      return { verdict: report.verdict, sentence: sentenceOf(report) };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { verdict: 'undetermined' as const, sentence: WAITS };
    }
  }
}
