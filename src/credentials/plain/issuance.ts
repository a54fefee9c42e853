import { setTimeout as sleep } from 'node:timers/promises';
import { type Json, Problem, UniqueViolation } from '#kernel';
import { assertKey, requestDigest } from '../issue/idempotency.ts';
import { createLatch } from '../latch.ts';
import { abandonPlain } from './abandon.ts';
import type { PlainDeps } from './deps.ts';
import { finishPlain } from './finish.ts';
import type { PlainCredentialRecord } from './ports.ts';
import { type PlainIntent, reserve } from './reserve.ts';

export interface IdempotencyClaim {
  operation: string;
  key: string;
  requestSha256: string;
}

/** One credential to be secured, and whose retry it may be. */
export interface PlainOrder {
  tenant: string;
  /** `key:ID` of the API key. */
  actor: string;
  idempotency?: IdempotencyClaim;
  /** Everything that may refuse it, a trial signature last. Stores nothing. @throws Problem */
  prepare(): Promise<PlainIntent>;
}

/** The one way to a credential that is no badge; every door to it draws up its own intent. */
export interface PlainIssuance {
  /**
   * @returns the row, `issued`
   * @throws Problem of `prepare`, and `idempotency-mismatch`, `conflict`, `clock-unsafe`, `signing-stopped`, `unavailable`
   */
  issue(order: PlainOrder): Promise<PlainCredentialRecord>;
  /** Whether it would sign now; for the health page. */
  ready(): Promise<boolean>;
}

const WAIT = { poll: 20, takeOver: 3_000 };

/** @returns undefined without a key. @throws Problem `invalid-request` for what cannot be one */
export function claimOf(operation: string, key: string | undefined, body: Json): IdempotencyClaim | undefined {
  if (key === undefined) return undefined;
  assertKey(key);
  return { operation, key, requestSha256: requestDigest(body) };
}

export function createPlainIssuance(deps: PlainDeps): PlainIssuance {
  const latch = createLatch(deps);

  async function run({ tenant, actor, idempotency, prepare }: PlainOrder): Promise<PlainCredentialRecord> {
    // 2. Whatever would refuse it does so now.
    await deps.onStep?.('validate');
    const intent = { ...(await prepare()), ...(idempotency ? { idempotency } : {}) };

    // 3. Ids and the status index are reserved; the intent is durable before any signature.
    await deps.onStep?.('reserve');
    const row = await reserve(deps, intent);
    if (!row) return again({ tenant, actor }, idempotency!);

    // 4. Lint, sign, check what was signed, store.
    const done = await finishPlain(deps, latch, row, intent.signing, actor).catch(async (error) => {
      // Another process took us for dead: what it stored is the answer.
      if (error instanceof UniqueViolation) return reread(row);
      // With a key the caller can come back for it, unless it can never be had; without one nobody can.
      const never = error instanceof Problem && error.kind === 'lint-failed';
      if (!idempotency || never) await abandonPlain(deps, row, 'issuing failed').catch(() => undefined);
      throw error;
    });

    // 5. Only now does anyone see it.
    await deps.onStep?.('release');
    return done;
  }

  /** Another request holds the key, or held it: its answer is the answer. */
  async function again(
    { tenant, actor }: Pick<PlainOrder, 'tenant' | 'actor'>,
    claim: IdempotencyClaim,
  ): Promise<PlainCredentialRecord> {
    const record = await deps.reader.idempotency(tenant, claim.operation, claim.key);
    if (!record) throw new Problem('unavailable', 'the request that held this Idempotency-Key is gone: try again');
    if (record.requestSha256 !== claim.requestSha256) {
      throw new Problem('idempotency-mismatch', 'this Idempotency-Key was used with another request');
    }
    for (let waited = 0; ; waited += WAIT.poll) {
      const row = await deps.reader.plainCredential(tenant, record.credentialIds[0]!);
      if (!row) throw new Error('an idempotency row without its credential');
      if (row.phase === 'issued') return row;
      if (row.phase === 'abandoned') {
        throw new Problem('conflict', 'the request with this Idempotency-Key was given up: use another key');
      }
      if (waited >= WAIT.takeOver) return takeOver(row, actor);
      await sleep(WAIT.poll);
    }
  }

  /** The holder died between its intent and its answer, or is only slow: then its signature is the one that counts. */
  async function takeOver(row: PlainCredentialRecord, actor: string): Promise<PlainCredentialRecord> {
    const signing = await deps.authority.forKey(row.tenant, row.keyId);
    try {
      return await finishPlain(deps, latch, row, signing, actor);
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
      return reread(row);
    }
  }

  /** @throws Problem `conflict` when it was given up */
  async function reread({ tenant, credentialId }: PlainCredentialRecord): Promise<PlainCredentialRecord> {
    const stored = await deps.reader.plainCredential(tenant, credentialId);
    if (stored?.phase !== 'issued') throw new Problem('conflict', 'the request was given up');
    return stored;
  }

  return {
    async issue(order) {
      await latch.assertMaySign();
      // 1. A repeated request gets the answer of the first.
      const { tenant, idempotency: claim } = order;
      const held = claim && (await deps.reader.idempotency(tenant, claim.operation, claim.key));
      return held ? again(order, claim) : run(order);
    },
    ready: latch.maySign,
  };
}
