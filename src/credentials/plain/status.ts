import { type FieldError, fieldProblem, formatInstant, Problem, UniqueViolation } from '#kernel';
import type { CredentialState, StatusPurpose } from '../ports.ts';
import type { PlainDeps } from './deps.ts';
import type { PlainCredentialRecord } from './ports.ts';

/** VCALM "Update Status": which credential, which of its entries, and what the bit is to be. */
export interface PlainStatusChange {
  tenant: string;
  actor: string;
  credentialId: string;
  credentialStatus: {
    type: string;
    statusPurpose: string;
    statusListIndex?: string;
    statusListCredential?: string;
  };
  status: boolean;
}

/** More of one name than this were issued by mistake; they are changed all the same, some at each call. */
const MOST = 500;
const STATE: Record<StatusPurpose, CredentialState> = { revocation: 'revoked', suspension: 'suspended' };

/**
 * Sets or clears the bit of every credential of that name which has such an entry: who revokes an id means everything that
 * bears it. Removed ones too, because somebody still holds them. Published before it is answered.
 * @throws Problem `not-found`; `invalid-request` for an entry that is not theirs, and for lifting a revocation
 */
export async function changePlainStatus(deps: PlainDeps, change: PlainStatusChange): Promise<void> {
  const { tenant, credentialStatus } = change;
  const named = await deps.reader.plainCredentialsNamed(tenant, change.credentialId, MOST);
  if (named.length === 0) throw new Problem('not-found', 'there is no such credential');
  const rows = named.filter((row) => isEntryOf(row, credentialStatus, deps.publicUrl));
  if (rows.length === 0) {
    throw fieldProblem('invalid-request', '/credentialStatus', 'the credential has no such status entry', 'no_entry');
  }
  for (const row of rows) await changeOne(deps, row, change);
  for (const listId of new Set(rows.map((row) => row.statusListId!))) await deps.status.publish(listId);
}

function isEntryOf(row: PlainCredentialRecord, asked: PlainStatusChange['credentialStatus'], publicUrl: string) {
  const { statusListIndex: index, statusListCredential: list } = asked;
  return (
    row.statusPurpose === asked.statusPurpose &&
    (index === undefined || index === String(row.statusListIndex)) &&
    (list === undefined || list === `${publicUrl}/status/${row.statusListId}`)
  );
}

async function changeOne(deps: PlainDeps, row: PlainCredentialRecord, { status, actor }: PlainStatusChange) {
  const { tenant, credentialId, statusPurpose, state: from } = row;
  const to = status ? STATE[statusPurpose!] : 'active';
  if (to === from) return;
  if (from === 'revoked') {
    const errors: FieldError[] = [{ pointer: '/status', detail: 'a revocation is final', code: 'final' }];
    throw new Problem('invalid-request', 'a revocation is final (Bitstring Status List 1.0, 2.2)', { errors });
  }
  const at = formatInstant(deps.clock.now());
  try {
    await deps.transactor.commit([
      { op: 'plain.changeState', tenant, credentialId, from, to },
      {
        ...{ op: 'audit.append', at, tenant, actor, operation: 'plainCredential.status', object: credentialId },
        detail: { from, to, list: row.statusListId!, index: row.statusListIndex! },
      },
    ]);
  } catch (cause) {
    if (!(cause instanceof UniqueViolation)) throw cause;
    throw new Problem('conflict', 'the status of the credential was changed at the same time', { cause });
  }
}
