import { formatInstant, Problem, sha256Hex, UniqueViolation } from '#kernel';
import type { CredentialRecord, CredentialWrite } from '../ports.ts';
import type { IssuerDeps } from './deps.ts';
import { type Drafts, drawUp, type Intent } from './drafts.ts';

const TRIES = 8;

/**
 * Draws ids and indexes, and makes the intent durable: credentials, idempotency row and audit in one commit. From here
 * on every signature that could exist has a row.
 * @returns undefined when another request holds the idempotency key
 * @throws Problem `lint-failed` (nothing stored) with pointers into the request
 */
export async function reserve(deps: IssuerDeps, intent: Intent): Promise<Drafts | undefined> {
  const { tenant, pinned, idempotency } = intent;
  const { statusPurpose, statusType } = pinned.achievement;
  const kind = statusType === '1EdTechRevocationList' ? 'revocations' : undefined;
  const list = await deps.status.ensureList(tenant, statusPurpose, kind);
  for (let tries = 0; tries < TRIES; tries++) {
    const indexes = await deps.status.drawFree(list, intent.awards.length, tries > 0);
    const drafts = drawUp(deps, intent, list, indexes);
    try {
      await deps.transactor.commit(writes(intent, drafts.records));
      return drafts;
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
      if (error.table === 'credential.batchRow') throw new Problem('conflict', 'a row of the batch is issued already');
      if (idempotency && (await deps.reader.idempotency(tenant, idempotency.operation, idempotency.key))) {
        return undefined;
      }
    }
  }
  throw new Problem('unavailable', 'no free identifiers could be drawn');
}

function writes(intent: Intent, rows: readonly CredentialRecord[]): CredentialWrite[] {
  const { tenant, actor, idempotency } = intent;
  const first: CredentialWrite[] = idempotency
    ? [
        {
          op: 'idempotency.insert',
          row: {
            tenant,
            ...idempotency,
            credentialIds: rows.map((row) => row.credentialId),
            createdAt: formatInstant(intent.now),
          },
        },
      ]
    : [];
  return [...first, ...prepareWrites(rows, actor, intent.decision ? { decision: intent.decision } : {})];
}

/** The intent of each, and its entry in the log. */
export function prepareWrites(
  rows: readonly CredentialRecord[],
  actor: string,
  detail: Record<string, string>,
): CredentialWrite[] {
  return rows.flatMap((row): CredentialWrite[] => [
    { op: 'credential.prepare', row },
    {
      op: 'audit.append',
      at: row.preparedAt,
      tenant: row.tenant,
      actor,
      operation: 'credential.prepare',
      object: row.credentialId,
      objectSha256: sha256Hex(row.unsigned),
      detail: {
        key: row.keyId,
        ...(row.jwtKeyId === undefined ? {} : { jwtKey: row.jwtKeyId }),
        list: row.statusListId,
        index: row.statusListIndex,
        ...detail,
      },
    },
  ]);
}
