import { Problem, UniqueViolation } from '#kernel';
import { createLatch } from '../latch.ts';
import { abandonPlain } from './abandon.ts';
import type { PlainDeps } from './deps.ts';
import { finishPlain } from './finish.ts';
import type { PlainCredentialRecord } from './ports.ts';

const PAGE = 1_000;

/**
 * Run at start, before the first request: every intent without its signature is finished, when its caller can come back for
 * it, or given up with its status bit set. Afterwards no signature is unaccounted for.
 * @param preparedBefore an instant: what is younger is left to the process that is issuing it; absent: all
 * @returns how many of each; `left`: what was needed is not available now
 */
export async function reconcilePlain(
  deps: PlainDeps,
  preparedBefore?: string,
): Promise<{ finished: number; abandoned: number; left: number }> {
  const latch = createLatch(deps);
  const result = { finished: 0, abandoned: 0, left: 0 };
  const seen = new Set<string>();
  for (;;) {
    const rows = (await deps.reader.preparedPlainCredentials(PAGE)).filter(
      (row) => !seen.has(row.credentialId) && (preparedBefore === undefined || row.preparedAt < preparedBefore),
    );
    if (rows.length === 0) return result;
    for (const row of rows) {
      seen.add(row.credentialId);
      result[await settle(row)]++;
    }
  }

  async function settle(row: PlainCredentialRecord): Promise<keyof typeof result> {
    const giveUp = async (reason: string) => ((await abandonPlain(deps, row, reason)) ? 'abandoned' : 'finished');
    if (row.idempotencyKey === undefined) return giveUp('interrupted, and nobody can ask for it again');
    try {
      const signing = await deps.authority.forKey(row.tenant, row.keyId);
      await finishPlain(deps, latch, row, signing, 'system');
      return 'finished';
    } catch (error) {
      if (error instanceof UniqueViolation) return 'finished';
      if (!(error instanceof Problem)) throw error;
      if (error.kind === 'lint-failed' || error.kind === 'conflict') return giveUp(error.message);
      return 'left';
    }
  }
}
