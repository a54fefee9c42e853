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
   * none that is active; `clock-unsafe` when the clock runs behind the log; `signing-stopped` when a self-check of it failed
   */
  forTenant(tenant: string, purpose: KeyPurpose, algorithm?: KeyAlgorithm): Promise<SigningParty>;
  /**
   * With one named key, retired or not: finishing what was prepared before a rotation gives the intended signature.
   * @throws Problem `not-found`; `conflict` when the key was revoked; `signing-stopped`
   */
  forKey(tenant: string, keyId: string): Promise<SigningParty>;
}

/** For whoever checks what was signed before it is released. */
export interface KeyStop {
  /**
   * At once this process signs nothing with the key, whoever holds its signer already.
   * @param stored settles when the stop is in the store, which decides from then on, also after a restart
   */
  stop(key: { tenant: string; keyId: string }, reason: string, stored: Promise<unknown>): void;
}

export interface SigningAuthorityDeps {
  reader: InstitutionReader;
  keystore: Keystore;
  clock: Clock;
  /** `HOST` or `HOST%3APORT`. */
  didAuthority: string;
  /** The instant of the newest audit entry: nothing at all is signed while the clock is more than a minute behind it. */
  lastAuditAt?: () => Promise<string | undefined>;
}

/** Of a `signing-stopped` that tells of an earlier fault, and is none itself. */
export const KEY_STOPPED = 'key_stopped';

/** A signer that can be taken away from whoever holds it. */
interface Guarded {
  signer: Signer;
  stop(reason: string): void;
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
export function createSigningAuthority(deps: SigningAuthorityDeps): SigningAuthority & KeyStop {
  const { reader, keystore, clock, didAuthority } = deps;
  const entries = new Map<string, Entry>();
  const signers = new Map<string, Guarded>();
  /** Not in the store yet. */
  const stopped = new Map<string, string>();
  /** How often what was read before became untrue. */
  let changes = 0;
  const assertClock = deps.lastAuditAt && createClockGuard(deps.lastAuditAt, clock);

  async function entryOf(tenant: string): Promise<Entry> {
    const now = clock.now().getTime();
    const cached = entries.get(tenant);
    const age = cached ? now - cached.readAt : Number.POSITIVE_INFINITY;
    // A negative age means the clock was set back: nothing cached is trusted then.
    if (cached && age >= 0 && age < KEY_CACHE_MS) return cached;
    const seen = changes;
    const [institution, keys] = await Promise.all([reader.institution(tenant), reader.signingKeys(tenant)]);
    if (seen !== changes) return entryOf(tenant);
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
    const reason = stopped.get(nameOf(key)) ?? (key.stoppedAt && `a self-check failed at ${key.stoppedAt}`);
    if (reason) throw stoppedProblem(key, reason);
    let guarded = signers.get(signerId(key));
    if (!guarded) {
      guarded = guard(key, keystore.signer(key, did));
      signers.set(signerId(key), guarded);
    }
    return { institution: entry.institution, did, keyId: key.keyId, signer: guarded.signer };
  }

  return {
    async forTenant(tenant, purpose, algorithm = 'Ed25519') {
      await assertClock?.();
      let entry = await entryOf(tenant);
      let key = activeKey(entry.keys, purpose, algorithm, clock.now());
      if (!key) {
        // Whoever was told that there is none has perhaps just made one.
        entries.delete(tenant);
        entry = await entryOf(tenant);
        key = activeKey(entry.keys, purpose, algorithm, clock.now());
      }
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

    stop(key, reason, stored) {
      stopped.set(nameOf(key), reason);
      for (const [id, guarded] of signers) {
        if (!id.startsWith(`${nameOf(key)}\0`)) continue;
        guarded.stop(reason);
        signers.delete(id);
      }
      const forget = () => {
        changes++;
        entries.delete(key.tenant);
      };
      forget();
      stored.then(
        () => {
          forget();
          stopped.delete(nameOf(key));
        },
        () => undefined,
      );
    },
  };
}

function guard(key: SigningKeyRecord, signer: Signer): Guarded {
  let reason: string | undefined;
  return {
    signer: Object.freeze({
      ...signer,
      async sign(data: Uint8Array) {
        if (reason !== undefined) throw stoppedProblem(key, reason);
        return signer.sign(data);
      },
    }),
    stop(why) {
      reason = why;
    },
  };
}

const stoppedProblem = ({ tenant, keyId }: SigningKeyRecord, reason: string): Problem =>
  new Problem('signing-stopped', `${keyId} of ${tenant} signs nothing until a person has looked at it: ${reason}`, {
    extensions: { code: KEY_STOPPED },
  });

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

const nameOf = (key: { tenant: string; keyId: string }): string => `${key.tenant}\0${key.keyId}`;
const signerId = (key: SigningKeyRecord): string => `${nameOf(key)}\0${key.publicKeyMultibase}`;
