import {
  type Clock,
  fieldProblem,
  formatInstant,
  Problem,
  parseDateTimeStamp,
  type Transactor,
  UniqueViolation,
} from '#kernel';
import { algorithmOf, KEY_ALGORITHMS, type KeyAlgorithm, type Keystore } from '#keystore';
import { keysAfter } from './did-history.ts';
import type { InstitutionReader, InstitutionWrite, KeyPurpose, SigningKeyRecord } from './ports.ts';
import {
  activeKey,
  insertKeyWrites,
  KEY_PUBLISH_MS,
  KEY_PURPOSES,
  newSigningKey,
  ROTATION_OVERLAP_MS,
} from './signing-keys.ts';

/** A signing key as it may be shown. */
export type SigningKeyView = Omit<SigningKeyRecord, 'wrappedPrivateKey'> & { algorithm: KeyAlgorithm };

export interface KeyChanges {
  /** @throws Problem `not-found` */
  keys(tenant: string): Promise<SigningKeyView[]>;
  /**
   * The first key of its purpose and kind. It is listed at once and signs when every older copy of the DID document has
   * gone stale, or at once with `immediately`: right for an institution nobody has verified anything of.
   * @throws Problem `not-found`, `invalid-request` (`/purpose`, `/algorithm`), `conflict` where a key of that kind is in use
   */
  createKey(input: {
    tenant: string;
    purpose: KeyPurpose;
    algorithm: KeyAlgorithm;
    actor: string;
    immediately?: boolean;
  }): Promise<SigningKeyView>;
  /**
   * A successor of the same kind, listed now; the old key signs until the new one does and is listed for ever.
   * @param algorithm default Ed25519
   * @throws Problem `not-found`; `conflict` when there is no key to succeed, or somebody else rotated at the same time
   */
  rotateKey(input: {
    tenant: string;
    purpose: KeyPurpose;
    algorithm?: KeyAlgorithm;
    actor: string;
  }): Promise<SigningKeyView>;
  /** Ends a key without a successor. @throws Problem `not-found`; `conflict` for the last Ed25519 key of its purpose */
  retireKey(input: { tenant: string; keyId: string; actor: string }): Promise<SigningKeyView>;
  /**
   * A key is compromised. When it was the active one its successor is made in the same commit and signs at once.
   * @param revokedAt since when it is not to be trusted: default now, never later
   * @returns the successor, if one was made
   */
  revokeKey(input: {
    tenant: string;
    keyId: string;
    actor: string;
    revokedAt?: string;
  }): Promise<SigningKeyView | undefined>;
  /**
   * A person has looked at what stopped the key: it signs again, everywhere within `KEY_CACHE_MS`. What was found stays stored.
   * @throws Problem `not-found` when there is no such key or it is not stopped
   */
  resumeKey(input: { tenant: string; keyId: string; actor: string; reason: string }): Promise<SigningKeyView>;
}

export interface KeyChangesDeps {
  reader: InstitutionReader;
  transactor: Transactor<InstitutionWrite>;
  keystore: Keystore;
  clock: Clock;
  /** Records the DID document that these keys make. */
  recordDocument(tenant: string, keys: readonly SigningKeyRecord[], actor: string): Promise<InstitutionWrite[]>;
}

const later = (date: Date, ms: number): string => formatInstant(new Date(date.getTime() + ms));

export function createKeyChanges(deps: KeyChangesDeps): KeyChanges {
  const { reader, transactor, keystore, clock } = deps;

  async function keysOf(tenant: string): Promise<SigningKeyRecord[]> {
    if (!(await reader.institution(tenant))) throw new Problem('not-found', 'there is no such institution');
    return reader.signingKeys(tenant);
  }

  /** A violated constraint means that somebody else changed the keys just now. */
  async function commit(keys: readonly SigningKeyRecord[], writes: InstitutionWrite[], actor: string): Promise<void> {
    const { tenant } = keys[0]!;
    const record = await deps.recordDocument(tenant, keysAfter(keys, writes), actor);
    try {
      await transactor.commit([...writes, ...record]);
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
      throw new Problem('conflict', 'the keys were changed by somebody else just now');
    }
  }

  return {
    keys: async (tenant) => (await keysOf(tenant)).map(view),

    async createKey({ tenant, purpose, algorithm, actor, immediately = false }) {
      const existing = await keysOf(tenant);
      assertKind(purpose, algorithm);
      if (inUse(existing, purpose, algorithm).length > 0) {
        throw new Problem('conflict', `there is a ${algorithm} key for ${purpose} already: rotate it`);
      }
      const now = clock.now();
      const wanted = { tenant, purpose, algorithm, existing, createdAt: formatInstant(now) };
      const activeFrom = immediately ? {} : { activeFrom: later(now, KEY_PUBLISH_MS) };
      const made = await newSigningKey(keystore, { ...wanted, ...activeFrom });
      await commit(existing, insertKeyWrites(made, actor), actor);
      return view(made);
    },

    async rotateKey({ tenant, purpose, algorithm = 'Ed25519', actor }) {
      const existing = await keysOf(tenant);
      assertKind(purpose, algorithm);
      const old = inUse(existing, purpose, algorithm);
      if (old.length === 0) throw new Problem('conflict', `there is no ${algorithm} key for ${purpose}: create one`);
      const now = clock.now();
      const at = formatInstant(now);
      const [activeFrom, retiredAt] = [later(now, KEY_PUBLISH_MS), later(now, KEY_PUBLISH_MS + ROTATION_OVERLAP_MS)];
      const next = await newSigningKey(keystore, { tenant, purpose, algorithm, existing, createdAt: at, activeFrom });
      const retire = old.flatMap((key) => retireWrites(key, at, retiredAt, actor));
      await commit(existing, [...insertKeyWrites(next, actor), ...retire], actor);
      return view(next);
    },

    async retireKey({ tenant, keyId, actor }) {
      const existing = await keysOf(tenant);
      const key = existing.find((candidate) => candidate.keyId === keyId);
      if (!key) throw new Problem('not-found', 'there is no such signing key');
      if (key.revokedAt !== undefined || key.retiredAt !== undefined) return view(key);
      const { algorithm, purpose } = view(key);
      // Nothing at all could be signed or withdrawn without it.
      if (algorithm === 'Ed25519' && inUse(existing, purpose, algorithm).length === 1) {
        throw new Problem('conflict', `it is the only ${algorithm} key for ${purpose}: rotate it`);
      }
      const now = clock.now();
      const retiredAt = later(now, ROTATION_OVERLAP_MS);
      await commit(existing, retireWrites(key, formatInstant(now), retiredAt, actor), actor);
      return view({ ...key, retiredAt });
    },

    async revokeKey({ tenant, keyId, actor, revokedAt }) {
      const existing = await keysOf(tenant);
      const key = existing.find((candidate) => candidate.keyId === keyId);
      if (!key) throw new Problem('not-found', 'there is no such signing key');
      if (key.revokedAt !== undefined) return undefined;
      const now = clock.now();
      const since = revokedAt === undefined ? now : parseDateTimeStamp(revokedAt);
      if (!since || since > now) {
        throw fieldProblem('invalid-request', '/revokedAt', 'must be a date and time with zone, not in the future');
      }
      const [at, from] = [formatInstant(now), formatInstant(since)];
      const writes: InstitutionWrite[] = [
        { op: 'signingKey.revoke', tenant, keyId, revokedAt: from },
        keyAudit('signingKey.revoke', key, at, actor, { revokedAt: from }),
      ];
      const { algorithm, purpose } = view(key);
      const wasActive = activeKey(existing, purpose, algorithm, now)?.keyId === keyId;
      // Waiting would stop all issuing; verifiers ask again for a key they do not know.
      const wanted = { tenant, purpose, algorithm, existing, createdAt: at };
      const next = wasActive ? await newSigningKey(keystore, wanted) : undefined;
      if (next) writes.push(...insertKeyWrites(next, actor));
      await commit(existing, writes, actor);
      return next && view(next);
    },

    async resumeKey({ tenant, keyId, actor, reason }) {
      const key = (await keysOf(tenant)).find((candidate) => candidate.keyId === keyId);
      if (!key) throw new Problem('not-found', 'there is no such signing key');
      const at = formatInstant(clock.now());
      await transactor.commit([
        { op: 'signingKey.resume', tenant, keyId, at, actor, reason },
        keyAudit('signingKey.resume', key, at, actor, { reason }),
      ]);
      const { stoppedAt: _, ...resumed } = key;
      return view(resumed);
    },
  };
}

function assertKind(purpose: KeyPurpose, algorithm: KeyAlgorithm): void {
  if (!KEY_PURPOSES.includes(purpose)) {
    throw fieldProblem('invalid-request', '/purpose', `must be one of ${KEY_PURPOSES.join(', ')}`);
  }
  if (!KEY_ALGORITHMS.includes(algorithm)) {
    throw fieldProblem('invalid-request', '/algorithm', `must be one of ${KEY_ALGORITHMS.join(', ')}`);
  }
}

/** Signing or waiting to sign, and not told to end. */
function inUse(keys: readonly SigningKeyRecord[], purpose: KeyPurpose, algorithm: KeyAlgorithm): SigningKeyRecord[] {
  const open = keys.filter((key) => key.retiredAt === undefined && key.revokedAt === undefined);
  return open.filter((key) => key.purpose === purpose && algorithmOf(key.publicKeyMultibase) === algorithm);
}

function view({ wrappedPrivateKey: _, ...shown }: SigningKeyRecord): SigningKeyView {
  const algorithm = algorithmOf(shown.publicKeyMultibase);
  if (!algorithm) throw new Error(`the stored key ${shown.keyId} of ${shown.tenant} is of no known kind`);
  return { ...shown, algorithm };
}

function retireWrites(key: SigningKeyRecord, at: string, retiredAt: string, actor: string): InstitutionWrite[] {
  return [
    { op: 'signingKey.retire', tenant: key.tenant, keyId: key.keyId, retiredAt },
    keyAudit('signingKey.retire', key, at, actor, { retiredAt }),
  ];
}

function keyAudit(
  operation: string,
  key: SigningKeyRecord,
  at: string,
  actor: string,
  detail: Record<string, string>,
): InstitutionWrite {
  return { op: 'audit.append', at, tenant: key.tenant, actor, operation, object: key.keyId, detail };
}
