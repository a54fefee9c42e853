import { type Clock, Problem } from '#kernel';
import { algorithmOf, type KeyAlgorithm, type Keystore, type Signer } from '#keystore';
import { createClockGuard } from '#observability';
import { didOf } from './did.ts';
import type { Institution, InstitutionReader, KeyPurpose, SigningKeyRecord } from './ports.ts';
import { activeKey, KEY_CACHE_MS } from './signing-keys.ts';

/** Everything needed to sign in the name of an institution. */
export interface SigningParty {
  institution: Institution;
  did: string;
  keyId: string;
  signer: Signer;
}

export interface SigningAuthority {
  /**
   * With the key of this purpose and kind that is active now.
   * @param algorithm default Ed25519, which every institution has
   * @throws Problem `not-found`; `conflict` (code `no_signing_key`) when it never had such a key; `unavailable` when it has
   * none that is active; `clock-unsafe` when the clock runs behind the log
   */
  forTenant(tenant: string, purpose: KeyPurpose, algorithm?: KeyAlgorithm): Promise<SigningParty>;
  /**
   * With one named key, retired or not: finishing what was prepared before a rotation gives the intended signature.
   * @throws Problem `not-found`; `conflict` when the key was revoked
   */
  forKey(tenant: string, keyId: string): Promise<SigningParty>;
}

export interface SigningAuthorityDeps {
  reader: InstitutionReader;
  keystore: Keystore;
  clock: Clock;
  /** `HOST` or `HOST%3APORT`. */
  didAuthority: string;
  /** The newest audit entry: nothing at all is signed while the clock is more than a minute behind it. */
  lastAudit?: () => Promise<{ at: string } | undefined>;
}

interface Entry {
  readAt: number;
  institution: Institution;
  keys: SigningKeyRecord[];
}

/**
 * The one place that decides which key signs for whom. Key records are read again after `KEY_CACHE_MS`, so that a rotation
 * or revocation by another process is seen; opened keys are kept (one for each key record, never more) until revoked.
 */
export function createSigningAuthority(deps: SigningAuthorityDeps): SigningAuthority {
  const { reader, keystore, clock, didAuthority } = deps;
  const entries = new Map<string, Entry>();
  const signers = new Map<string, Signer>();
  const assertClock = deps.lastAudit && createClockGuard(deps.lastAudit, clock);

  async function entryOf(tenant: string): Promise<Entry> {
    const now = clock.now().getTime();
    const cached = entries.get(tenant);
    const age = cached ? now - cached.readAt : Number.POSITIVE_INFINITY;
    // A negative age means the clock was set back: nothing cached is trusted then.
    if (cached && age >= 0 && age < KEY_CACHE_MS) return cached;
    const [institution, keys] = await Promise.all([reader.institution(tenant), reader.signingKeys(tenant)]);
    if (!institution) {
      entries.delete(tenant);
      throw new Problem('not-found', 'there is no such institution');
    }
    for (const key of keys) if (key.revokedAt !== undefined) signers.delete(signerId(key));
    const entry = { readAt: now, institution, keys };
    entries.set(tenant, entry);
    return entry;
  }

  function partyOf(entry: Entry, key: SigningKeyRecord): SigningParty {
    const did = didOf(didAuthority, key.tenant);
    let signer = signers.get(signerId(key));
    if (!signer) {
      signer = keystore.signer(key, did);
      signers.set(signerId(key), signer);
    }
    return { institution: entry.institution, did, keyId: key.keyId, signer };
  }

  return {
    async forTenant(tenant, purpose, algorithm = 'Ed25519') {
      await assertClock?.();
      const entry = await entryOf(tenant);
      const key = activeKey(entry.keys, purpose, algorithm, clock.now());
      if (!key) throw noKey(entry.keys, tenant, purpose, algorithm);
      return partyOf(entry, key);
    },

    async forKey(tenant, keyId) {
      await assertClock?.();
      const entry = await entryOf(tenant);
      const key = entry.keys.find((candidate) => candidate.keyId === keyId);
      if (!key) throw new Problem('not-found', `${tenant} has no key ${keyId}`);
      if (key.revokedAt !== undefined) throw new Problem('conflict', `the key ${keyId} of ${tenant} was revoked`);
      return partyOf(entry, key);
    },
  };
}

/** Which call makes one, or when the one that was made begins. */
function noKey(keys: readonly SigningKeyRecord[], tenant: string, purpose: KeyPurpose, algorithm: KeyAlgorithm) {
  const kind = `${tenant} has no ${algorithm} key for ${purpose}`;
  const such = keys.filter((key) => key.purpose === purpose && algorithmOf(key.publicKeyMultibase) === algorithm);
  const create = `make one by POST /v1/institutions/${tenant}/keys`;
  if (such.length === 0)
    return new Problem('conflict', `${kind}: ${create}`, { extensions: { code: 'no_signing_key' } });
  const waiting = such.find((key) => key.activeFrom !== undefined && key.retiredAt === undefined && !key.revokedAt);
  return new Problem(
    'unavailable',
    `${kind} that signs now: ${waiting ? `${waiting.keyId} signs from ${waiting.activeFrom}` : create}`,
  );
}

const signerId = (key: SigningKeyRecord): string => `${key.tenant}\0${key.keyId}\0${key.publicKeyMultibase}`;
