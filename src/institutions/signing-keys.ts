import { LIMITS } from '#kernel';
import type { Keystore } from '#keystore';
import type { InstitutionWrite, KeyPurpose, SigningKeyRecord } from './ports.ts';

export const KEY_PURPOSES: readonly KeyPurpose[] = ['assertion', 'status'];

/** How long another process may go on signing with a key it read before the rotation. */
export const KEY_CACHE_MS = 5_000;

/**
 * A rotated key stops a little later than it is replaced: processes that read it up to `KEY_CACHE_MS` ago still sign with
 * it, and what they sign must verify. One clock skew covers that and their clocks.
 */
export const ROTATION_OVERLAP_MS = LIMITS.clockSkew;

/** Signs now: the newest that was neither retired nor revoked. */
export function activeKey(keys: readonly SigningKeyRecord[], purpose: KeyPurpose): SigningKeyRecord | undefined {
  return keys
    .filter((key) => key.purpose === purpose && key.retiredAt === undefined && key.revokedAt === undefined)
    .sort((a, b) => numberOf(b) - numberOf(a))[0];
}

const numberOf = (key: SigningKeyRecord): number => Number(/^key-(\d+)-/.exec(key.keyId)?.[1] ?? 0);

/**
 * A new key with the next free number of its purpose. Two processes that rotate at once take the same number, and the
 * unique constraint lets one of them win.
 */
export async function newSigningKey(
  keystore: Keystore,
  tenant: string,
  purpose: KeyPurpose,
  existing: readonly SigningKeyRecord[],
  createdAt: string,
): Promise<SigningKeyRecord> {
  const number = 1 + Math.max(0, ...existing.filter((key) => key.purpose === purpose).map(numberOf));
  const keyId = `key-${number}-${purpose}`;
  return { tenant, keyId, purpose, ...(await keystore.generate(tenant, keyId)), createdAt };
}

/** The key and its line in the audit log. */
export function insertKeyWrites(row: SigningKeyRecord, actor: string): InstitutionWrite[] {
  const { tenant, keyId, purpose, publicKeyMultibase, createdAt } = row;
  return [
    { op: 'signingKey.insert', row },
    {
      op: 'audit.append',
      at: createdAt,
      tenant,
      actor,
      operation: 'signingKey.create',
      object: keyId,
      detail: { purpose, publicKeyMultibase },
    },
  ];
}
