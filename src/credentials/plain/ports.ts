import type { SigningStopWrite } from '#institutions';
import type { EndorsementRecord } from '../endorsements/ports.ts';
import type { CredentialState, IdempotencyRecord, StatusPurpose } from '../ports.ts';

/** The entry of a credential in a status list of the kind `plain`. */
export interface PlainStatusEntry {
  statusListId: string;
  statusListIndex: number;
  statusPurpose: StatusPurpose;
}

/**
 * A verifiable credential that is no badge: drawn up by the caller, checked, secured and kept here. Phases as those of a
 * badge: `prepared` is a durable intent, after which a signature may exist.
 */
export interface PlainCredentialRecord extends Partial<PlainStatusEntry> {
  tenant: string;
  credentialId: string;
  /** By which the caller asks for it: `options.credentialId`, else the `id` of the document. Not unique. */
  localId: string;
  /** Name of the instance that secures it; says the suite. */
  instance: string;
  keyId: string;
  phase: 'prepared' | 'issued' | 'abandoned';
  state: CredentialState;
  /** `created` of the proof, fixed with the intent. */
  proofCreated: string;
  /** JSON Pointers that an ecdsa-sd-2023 proof always discloses. */
  mandatoryPointers?: string[];
  /** JSON text fixed with the intent; empty once removed. */
  unsigned: string;
  /** What was answered, as JSON text: the secured document, or its envelope. Empty once removed. */
  signed?: string;
  /** Of `signed`; stays when it is removed. */
  sha256?: string;
  idempotencyKey?: string;
  preparedAt: string;
  issuedAt?: string;
  removedAt?: string;
}

export interface PlainCredentialReader {
  plainCredential(tenant: string, credentialId: string): Promise<PlainCredentialRecord | undefined>;
  /** Issued ones of this name, the newest first; removed ones too. */
  plainCredentialsNamed(tenant: string, localId: string, limit: number): Promise<PlainCredentialRecord[]>;
  /** Oldest first, of all tenants. */
  preparedPlainCredentials(limit: number): Promise<PlainCredentialRecord[]>;
}

export type PlainCredentialWrite =
  /** With its status entry, which is reserved under the same constraints as a badge's. */
  | { op: 'plain.prepare'; row: PlainCredentialRecord }
  /** In the same commit. */
  | { op: 'endorsement.insert'; row: EndorsementRecord }
  /** Only from `prepared`: fails with `UniqueViolation('plain.phase')` otherwise, as does `plain.abandon`. */
  | { op: 'plain.issue'; tenant: string; credentialId: string; signed: string; sha256: string; issuedAt: string }
  | { op: 'plain.abandon'; tenant: string; credentialId: string; at: string }
  /** Fails with `UniqueViolation('plain.state')` when the state is no longer `from`. */
  | { op: 'plain.changeState'; tenant: string; credentialId: string; from: CredentialState; to: CredentialState }
  /** Erases the texts; digest and status entry stay. Fails with `UniqueViolation('plain.removed')` the second time. */
  | { op: 'plain.remove'; tenant: string; credentialId: string; at: string }
  | { op: 'idempotency.insert'; row: IdempotencyRecord }
  | SigningStopWrite;
