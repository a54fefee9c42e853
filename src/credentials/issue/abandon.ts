import { formatInstant, UniqueViolation } from '#kernel';
import type { CredentialRecord } from '../ports.ts';
import type { IssuerDeps } from './deps.ts';

/**
 * Gives prepared rows up: a signature may exist somewhere, so their status bits are set and published.
 * A row that was issued meanwhile stays issued.
 * @returns ids of the rows given up
 */
export async function abandon(deps: IssuerDeps, rows: readonly CredentialRecord[], reason: string): Promise<string[]> {
  const done: CredentialRecord[] = [];
  for (const row of rows) {
    const { tenant, credentialId } = row;
    const at = formatInstant(deps.clock.now());
    try {
      await deps.transactor.commit([
        { op: 'credential.abandon', tenant, credentialId, at },
        { op: 'statusEvent.insert', row: { tenant, credentialId, action: 'abandon', reason, at, actor: 'system' } },
        {
          op: 'audit.append',
          at,
          tenant,
          actor: 'system',
          operation: 'credential.abandon',
          object: credentialId,
          detail: { reason, list: row.statusListId, index: row.statusListIndex },
        },
      ]);
      done.push(row);
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
    }
  }
  // A list that cannot be signed now is signed at the next look: its bits differ from what is published.
  for (const listId of new Set(done.map((row) => row.statusListId))) {
    await deps.status.publish(listId).catch(() => undefined);
  }
  return done.map((row) => row.credentialId);
}
