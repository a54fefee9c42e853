import type { SigningParty } from '#institutions';
import { formatInstant, type JsonObject, Problem, randomId, sha256Hex, UniqueViolation } from '#kernel';
import type { EndorsementRecord } from '../endorsements/ports.ts';
import type { PlainDeps } from './deps.ts';
import { drawUp, plainErrors, statusEntry } from './draw-up.ts';
import type { Instance } from './instances.ts';
import type { PlainCredentialRecord, PlainCredentialWrite, PlainStatusEntry } from './ports.ts';
import { rehearsePlain } from './secure.ts';

const TRIES = 8;

/** Everything one credential is made from; nothing in it changes until the signature. */
export interface PlainIntent {
  tenant: string;
  actor: string;
  signing: SigningParty;
  instance: Instance;
  credential: JsonObject;
  /** The caller's `id` of the document, or the minted one. */
  id: string;
  localId: string;
  mandatoryPointers?: string[];
  now: Date;
  /** Drawn by a caller who names the document after it. */
  credentialId?: string;
  /** Of an endorsement: what it speaks of. */
  endorses?: Pick<EndorsementRecord, 'kind' | 'endorses'>;
  idempotency?: { operation: string; key: string; requestSha256: string };
}

/** Stands for the entry while a draft is tried; never stored. */
const SAMPLE = { statusListId: '0'.repeat(26), statusListIndex: 0 };

/**
 * The draft is held against every rule, and signed with a key that is thrown away: a bad request leaves nothing behind.
 * @throws Problem `lint-failed` with pointers into the credential
 */
export async function rehearse(deps: PlainDeps, intent: PlainIntent): Promise<void> {
  const purpose = entryPurpose(intent);
  const row = draft(deps, intent, purpose && { ...SAMPLE, statusPurpose: purpose });
  const issuing = { contexts: deps.contexts, now: intent.now };
  const errors = plainErrors(JSON.parse(row.unsigned) as JsonObject, issuing);
  if (errors.length > 0) throw new Problem('lint-failed', errors[0]!.detail, { errors });
  await rehearsePlain(row, intent.instance, deps);
}

/**
 * Makes the intent durable: credential, status entry, idempotency row and audit in one commit. From here on every signature
 * that could exist has a row.
 * @returns undefined when another request holds the idempotency key
 */
export async function reserve(deps: PlainDeps, intent: PlainIntent): Promise<PlainCredentialRecord | undefined> {
  const { tenant, idempotency } = intent;
  const purpose = entryPurpose(intent);
  const list = purpose && (await deps.status.ensureList(tenant, purpose, 'plain'));
  for (let tries = 0; tries < TRIES; tries++) {
    const [index] = list ? await deps.status.drawFree(list, 1, tries > 0) : [];
    const entry = list && { statusListId: list.listId, statusListIndex: index!, statusPurpose: purpose };
    const row = draft(deps, intent, entry);
    try {
      await deps.transactor.commit(writes(intent, row));
      return row;
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
      if (idempotency && (await deps.reader.idempotency(tenant, idempotency.operation, idempotency.key))) return;
    }
  }
  throw new Problem('unavailable', 'no free identifiers could be drawn');
}

/** A credential that brings its own status keeps it, and enters no list here. */
const entryPurpose = ({ instance, credential }: PlainIntent) =>
  credential.credentialStatus === undefined ? instance.statusPurpose : undefined;

function draft(deps: PlainDeps, intent: PlainIntent, entry: PlainStatusEntry | undefined): PlainCredentialRecord {
  const { tenant, localId, instance, signing, credential, id, mandatoryPointers, idempotency } = intent;
  const { credentialId = randomId(deps.random) } = intent;
  const now = formatInstant(intent.now);
  const document = drawUp(credential, signing.did, id, entry && statusEntry(deps.publicUrl, entry));
  return {
    ...{ tenant, credentialId, localId, instance: instance.name, keyId: signing.keyId },
    ...{ phase: 'prepared', state: 'active', proofCreated: now, unsigned: JSON.stringify(document), preparedAt: now },
    ...(entry ?? {}),
    ...(mandatoryPointers ? { mandatoryPointers } : {}),
    ...(idempotency ? { idempotencyKey: idempotency.key } : {}),
  };
}

function writes(
  { tenant, actor, idempotency, endorses }: PlainIntent,
  row: PlainCredentialRecord,
): PlainCredentialWrite[] {
  const { credentialId, preparedAt: at } = row;
  const entry: Record<string, string | number> =
    row.statusListId === undefined ? {} : { list: row.statusListId, index: row.statusListIndex! };
  return [
    ...(idempotency
      ? [
          {
            op: 'idempotency.insert' as const,
            row: { tenant, ...idempotency, credentialIds: [credentialId], createdAt: at },
          },
        ]
      : []),
    { op: 'plain.prepare', row },
    ...(endorses
      ? [{ op: 'endorsement.insert' as const, row: { tenant, credentialId, ...endorses, createdAt: at } }]
      : []),
    {
      ...{ op: 'audit.append', at, tenant, actor, operation: 'plainCredential.prepare', object: credentialId },
      ...{ objectSha256: sha256Hex(row.unsigned), detail: { key: row.keyId, instance: row.instance, ...entry } },
    },
  ];
}
