import { Problem, UniqueViolation } from '#kernel';
import { standingFault } from '../forms/web-copy.ts';
import { createLatch, type Latch } from '../latch.ts';
import type { CredentialRecord } from '../ports.ts';
import { abandon } from './abandon.ts';
import type { IssuerDeps } from './deps.ts';
import { finish } from './finish.ts';
import { securingOf } from './securing.ts';

export interface Reconciled {
  finished: string[];
  abandoned: string[];
  /** Still prepared: what was needed is not available now. */
  left: string[];
}

const PAGE = 1_000;

/**
 * Run at start, before the first request: every row whose intent is stored but not its signature is either finished (its
 * caller can come back for it with the idempotency key) or given up with its status bit set. Afterwards no signature is
 * unaccounted for. Where other processes are at work on the same store, only what was prepared before an instant that leaves
 * them time to finish, and again from time to time.
 * @param preparedBefore an instant; absent: all
 * What a stopped key was to sign is left until somebody lifts the stop: others go on, and so does the page to lift it by.
 */
export async function reconcile(deps: IssuerDeps, preparedBefore?: string): Promise<Reconciled> {
  const latch = createLatch(deps);
  const result: Reconciled = { finished: [], abandoned: [], left: [] };
  const seen = new Set<string>();
  for (;;) {
    const rows = (await deps.reader.preparedCredentials(PAGE)).filter(
      (row) => !seen.has(row.credentialId) && (preparedBefore === undefined || row.preparedAt < preparedBefore),
    );
    if (rows.length === 0) return result;
    for (const row of rows) seen.add(row.credentialId);
    for (const group of byRequest(rows)) await settle(deps, latch, group, result);
  }
}

/** Rows of one request are settled together. */
function byRequest(rows: readonly CredentialRecord[]): CredentialRecord[][] {
  const groups = new Map<string, CredentialRecord[]>();
  for (const row of rows) {
    const name = JSON.stringify([
      row.tenant,
      row.idempotencyKey ?? null,
      row.preparedAt,
      row.keyId,
      row.jwtKeyId ?? null,
      row.formOf ?? null,
    ]);
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  return [...groups.values()];
}

async function settle(deps: IssuerDeps, latch: Latch, rows: CredentialRecord[], result: Reconciled): Promise<void> {
  const first = rows[0]!;
  const giveUp = async (reason: string) => {
    result.abandoned.push(...(await abandon(deps, rows, reason)));
  };
  if (first.formOf !== undefined) {
    // Whoever holds the key asks again and gets it; not of an award that is over.
    const fault = await standingFault(deps, { tenant: first.tenant, credentialId: first.formOf });
    if (fault) return giveUp(fault.message);
  } else if (first.batchId !== undefined && first.idempotencyKey === undefined) {
    // The worker of the batch comes back for them, or gives them up with it.
    result.left.push(...rows.map((row) => row.credentialId));
    return;
  } else if (first.idempotencyKey === undefined) {
    return giveUp('interrupted, and nobody can ask for it again');
  }
  const achievement = await deps.reader.achievement(first.achievementId, first.achievementVersion);
  if (!achievement) return giveUp('its achievement is missing');
  try {
    const securing = await securingOf(deps.authority, first, achievement);
    const prepared = rows.map((row) => ({ row }));
    const done = await finish(deps, latch, prepared, achievement, securing, 'system', { reconciled: true });
    result.finished.push(...done.map((row) => row.credentialId));
  } catch (error) {
    if (error instanceof UniqueViolation) return;
    if (!(error instanceof Problem)) throw error;
    if (error.kind === 'lint-failed' || error.kind === 'conflict') return giveUp(error.message);
    result.left.push(...rows.map((row) => row.credentialId));
  }
}
