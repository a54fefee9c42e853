import { LIMITS } from '#kernel';
import { algorithmOf, type KeyAlgorithm, type Keystore } from '#keystore';
import type { InstitutionWrite, KeyPurpose, SigningKeyRecord } from './ports.ts';

export const KEY_PURPOSES: readonly KeyPurpose[] = ['assertion', 'status'];

/** How long another process may go on signing with a key it read before the rotation. */
export const KEY_CACHE_MS = 5_000;

/**
 * A rotated key stops a little later than it is replaced: processes that read it up to `KEY_CACHE_MS` ago still sign with
 * it, and what they sign must verify. One clock skew covers that and their clocks.
 */
export const ROTATION_OVERLAP_MS = LIMITS.clockSkew;

/**
 * From the publication of a new key to its first signature. A DID document is kept for a minute by whoever fetched it
 * (`Cache-Control` of the service) and for another by a verifier that got it from there; the third is for clocks.
 */
export const KEY_PUBLISH_MS = 120_000 + LIMITS.clockSkew;

/** Signs now: of those that have begun and have not ended, the newest. @param at instant of the service's clock */
export function activeKey(
  keys: readonly SigningKeyRecord[],
  purpose: KeyPurpose,
  algorithm: KeyAlgorithm,
  at: Date,
): SigningKeyRecord | undefined {
  return keys
    .filter((key) => key.purpose === purpose && algorithmOf(key.publicKeyMultibase) === algorithm && signsAt(key, at))
    .sort((a, b) => numberOf(b) - numberOf(a))[0];
}

/** Made, listed, and not yet signing. */
export function isWaiting(key: Pick<SigningKeyRecord, 'activeFrom' | 'revokedAt'>, at: Date): boolean {
  return key.revokedAt === undefined && key.activeFrom !== undefined && Date.parse(key.activeFrom) > at.getTime();
}

function signsAt(key: SigningKeyRecord, at: Date): boolean {
  if (key.revokedAt !== undefined || isWaiting(key, at)) return false;
  return key.retiredAt === undefined || at.getTime() < Date.parse(key.retiredAt);
}

const numberOf = (key: SigningKeyRecord): number => Number(/^key-(\d+)-/.exec(key.keyId)?.[1] ?? 0);

export interface NewKey {
  tenant: string;
  purpose: KeyPurpose;
  algorithm: KeyAlgorithm;
  existing: readonly SigningKeyRecord[];
  createdAt: string;
  activeFrom?: string;
}

/**
 * A new key with the next free number of its purpose, whatever its kind. Two processes that make one at once take the same
 * number, and the unique constraint lets one of them win.
 */
export async function newSigningKey(keystore: Keystore, wanted: NewKey): Promise<SigningKeyRecord> {
  const { tenant, purpose, algorithm, existing, createdAt, activeFrom } = wanted;
  const number = 1 + Math.max(0, ...existing.filter((key) => key.purpose === purpose).map(numberOf));
  const keyId = `key-${number}-${purpose}`;
  const made = await keystore.generate(tenant, keyId, algorithm);
  return { tenant, keyId, purpose, ...made, createdAt, ...(activeFrom === undefined ? {} : { activeFrom }) };
}

/** The key and its line in the audit log. */
export function insertKeyWrites(row: SigningKeyRecord, actor: string): InstitutionWrite[] {
  const { tenant, keyId, purpose, publicKeyMultibase, createdAt, activeFrom } = row;
  return [
    { op: 'signingKey.insert', row },
    {
      op: 'audit.append',
      at: createdAt,
      tenant,
      actor,
      operation: 'signingKey.create',
      object: keyId,
      detail: { purpose, publicKeyMultibase, ...(activeFrom === undefined ? {} : { activeFrom }) },
    },
  ];
}
