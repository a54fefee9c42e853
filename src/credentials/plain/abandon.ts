import { formatInstant, UniqueViolation } from '#kernel';
import type { PlainDeps } from './deps.ts';
import type { PlainCredentialRecord } from './ports.ts';

/**
 * Gives a prepared row up: a signature may exist somewhere, so its status bit is set and published.
 * @returns false when it was issued meanwhile, and stays issued
 */
export async function abandonPlain(deps: PlainDeps, row: PlainCredentialRecord, reason: string): Promise<boolean> {
  const { tenant, credentialId, statusListId } = row;
  const at = formatInstant(deps.clock.now());
  try {
    await deps.transactor.commit([
      { op: 'plain.abandon', tenant, credentialId, at },
      {
        ...{ op: 'audit.append', at, tenant, actor: 'system', operation: 'plainCredential.abandon' },
        ...{ object: credentialId, detail: { reason } },
      },
    ]);
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error;
    return false;
  }
  // A list that cannot be signed now is signed at the next look: its bits differ from what is published.
  if (statusListId !== undefined) await deps.status.publish(statusListId).catch(() => undefined);
  return true;
}
