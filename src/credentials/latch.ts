import { KEY_STOPPED, type KeyStop, type SigningStopWrite } from '#institutions';
import { type Clock, formatInstant, Problem, type Random, randomId, type Transactor } from '#kernel';
import { type AuditReader, createClockGuard } from '#observability';
import { type Mismatch, SigningMismatch } from '#proofs';

/** Whether anything may be signed at all; each key has a stop of its own, which the signing authority knows. */
export interface Latch {
  /** @throws Problem `clock-unsafe` when the clock is behind the audit log */
  assertMaySign(): Promise<void>;
  /** The same as an answer; for the health page. */
  maySign(): Promise<boolean>;
}

export interface LatchDeps {
  reader: Pick<AuditReader, 'lastAuditAt'>;
  clock: Clock;
}

export function createLatch({ reader, clock }: LatchDeps): Latch {
  const assertMaySign = createClockGuard(() => reader.lastAuditAt(), clock);
  return {
    assertMaySign,
    maySign: () =>
      assertMaySign().then(
        () => true,
        (error) => {
          if (error instanceof Problem) return false;
          throw error;
        },
      ),
  };
}

export interface StopDeps {
  transactor: Transactor<SigningStopWrite>;
  authority: KeyStop;
  clock: Clock;
  random: Random;
}

/** What a stop is about: the key that signed, and what was to be released. */
export interface Stopped {
  tenant: string;
  keyId: string;
  credentialId: string;
  /** JSON text of what was to be signed. */
  unsigned: string;
}

/** So often a stop is written again when the store does not take it. The key is stopped in this process all the same. */
const TRIES = 3;

/**
 * Compiled canonicalisation or not: what did not pass its own check is not released, and its key signs nothing more, here at
 * once and everywhere after a restart too, until a person says so. Nothing is tried again: a wrong signature beside a right one
 * over the same text can give the private key away (RFC 8032 8.1), which is why none is kept as evidence.
 * @param found what is known of the form that was signed
 * @throws Problem `signing-stopped`, always
 */
export async function stop(
  deps: StopDeps,
  { tenant, keyId, credentialId, unsigned }: Stopped,
  reason: string,
  found?: Mismatch,
): Promise<never> {
  const at = formatInstant(deps.clock.now());
  const stopId = randomId(deps.random);
  const evidence = JSON.stringify({ unsigned, ...found?.evidence });
  const suspects = found?.suspects ?? [];
  const writes: SigningStopWrite[] = [
    { op: 'signingKey.stop', row: { stopId, tenant, keyId, stoppedAt: at, reason, credentialId, suspects, evidence } },
    {
      ...{ op: 'audit.append', at, tenant, actor: 'system', operation: 'signing.stop', object: credentialId },
      detail: { reason, key: keyId, stop: stopId },
    },
  ];
  const stored = commit(deps.transactor, writes);
  deps.authority.stop({ tenant, keyId }, reason, stored);
  await stored;
  throw new Problem('signing-stopped', reason);
}

/** What a maker of proofs or tokens threw. @throws Problem `signing-stopped` after a stop; everything else as it is */
export async function stopIfWrong(deps: StopDeps, what: Stopped, error: unknown): Promise<never> {
  const wrong = error instanceof Problem && error.kind === 'signing-stopped' && error.extensions.code !== KEY_STOPPED;
  if (!wrong) throw error;
  return stop(deps, what, error.message, error instanceof SigningMismatch ? error.found : undefined);
}

async function commit(transactor: StopDeps['transactor'], writes: SigningStopWrite[]): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await transactor.commit(writes);
    } catch (error) {
      if (tries === TRIES) throw error;
    }
  }
}
