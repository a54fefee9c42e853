import { setTimeout as sleep } from 'node:timers/promises';
import { fieldProblem, formatInstant, type Json, type JsonObject, Problem, randomUuid, UniqueViolation } from '#kernel';
import { assertReleased } from '../approval/release.ts';
import { assertKey, requestDigest } from '../issue/idempotency.ts';
import { abandonPlain } from './abandon.ts';
import type { PlainDeps } from './deps.ts';
import { createPlainLatch, finishPlain } from './finish.ts';
import { type Instance, readInstance } from './instances.ts';
import type { PlainCredentialRecord } from './ports.ts';
import { rehearse, reserve } from './reserve.ts';
import { assertNotReserved } from './reserved.ts';

/** One request to secure a credential that the caller drew up; its shape was checked against openapi.yaml. */
export interface PlainIssueCall {
  tenant: string;
  /** `key:ID` of the API key. */
  actor: string;
  /** Name of the instance. */
  instance: string;
  body: { credential: JsonObject; options?: { credentialId?: string; mandatoryPointers?: string[] } };
  idempotencyKey?: string;
}

export interface PlainIssuer {
  /**
   * @returns the row, `issued`
   * @throws Problem `not-found` (instance), `invalid-request`, `lint-failed` (pointers from `/credential`), `not-entitled`,
   *   `approval-required`, `idempotency-mismatch`, `conflict`, `clock-unsafe`, `signing-stopped`, `unavailable`
   */
  issue(call: PlainIssueCall): Promise<PlainCredentialRecord>;
  /** Whether it would sign now; for the health page. */
  ready(): Promise<boolean>;
}

const OPERATION = 'vcApiIssueCredential';
const WAIT = { poll: 20, takeOver: 3_000 };

/** Issues credentials that are no badges. The numbered steps are the policy. */
export function createPlainIssuer(deps: PlainDeps): PlainIssuer {
  const latch = createPlainLatch(deps);

  async function run(call: PlainIssueCall, idempotency: IdempotencyClaim | undefined): Promise<PlainCredentialRecord> {
    const { tenant, actor, body } = call;
    const { credential, options = {} } = body;
    // 2. The request fits the instance; one person alone issues nothing where the institution wants two, and this door
    //    has no second one; what is issued by another door is not signed here.
    await deps.onStep?.('validate');
    const instance = readInstance(call.instance);
    assertFits(body, instance);
    await assertReleased(deps.reader, { tenant, body: body as Json });
    await within('/credential', () => assertNotReserved(credential, deps.contexts.kind));

    // 3. The draft is tried: every rule, and a signature with a key that is thrown away.
    const signing = await deps.authority.forTenant(tenant, 'assertion', instance.mechanism.algorithm);
    const id = typeof credential.id === 'string' ? credential.id : `urn:uuid:${randomUuid(deps.random)}`;
    const intent = {
      ...{ tenant, actor, signing, instance, credential, id, localId: options.credentialId ?? id },
      ...(options.mandatoryPointers ? { mandatoryPointers: options.mandatoryPointers } : {}),
      ...(idempotency ? { idempotency } : {}),
      now: new Date(formatInstant(deps.clock.now())),
    };
    await within('/credential', () => rehearse(deps, intent));

    // 4. Ids and the status index are reserved; the intent is durable before any signature.
    await deps.onStep?.('reserve');
    const row = await reserve(deps, intent);
    if (!row) return again(call, idempotency!);

    // 5. Lint, sign, check what was signed, store.
    const done = await finishPlain(deps, latch, row, signing, actor).catch(async (error) => {
      // With a key the caller can come back for it, unless it can never be had; without one nobody can.
      const never = error instanceof Problem && error.kind === 'lint-failed';
      if (!idempotency || never) await abandonPlain(deps, row, 'issuing failed').catch(() => undefined);
      throw error;
    });

    // 6. Only now does anyone see it.
    await deps.onStep?.('release');
    return done;
  }

  /** Another request holds the key, or held it: its answer is the answer. */
  async function again(call: PlainIssueCall, claim: IdempotencyClaim): Promise<PlainCredentialRecord> {
    const record = await deps.reader.idempotency(call.tenant, OPERATION, claim.key);
    if (!record) throw new Problem('unavailable', 'the request that held this Idempotency-Key is gone: try again');
    if (record.requestSha256 !== claim.requestSha256) {
      throw new Problem('idempotency-mismatch', 'this Idempotency-Key was used with another request');
    }
    for (let waited = 0; ; waited += WAIT.poll) {
      const row = await deps.reader.plainCredential(call.tenant, record.credentialIds[0]!);
      if (!row) throw new Error('an idempotency row without its credential');
      if (row.phase === 'issued') return row;
      if (row.phase === 'abandoned') {
        throw new Problem('conflict', 'the request with this Idempotency-Key was given up: use another key');
      }
      if (waited >= WAIT.takeOver) return takeOver(row, call.actor);
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
      const stored = await deps.reader.plainCredential(row.tenant, row.credentialId);
      if (stored?.phase !== 'issued') throw new Problem('conflict', 'the request was given up');
      return stored;
    }
  }

  return {
    async issue(call) {
      await latch.assertMaySign();
      // 1. A repeated request gets the answer of the first.
      if (call.idempotencyKey === undefined) return run(call, undefined);
      assertKey(call.idempotencyKey);
      const requestSha256 = requestDigest({ instance: call.instance, ...call.body } as Json);
      const claim = { operation: OPERATION, key: call.idempotencyKey, requestSha256 };
      const held = await deps.reader.idempotency(call.tenant, OPERATION, claim.key);
      return held ? again(call, claim) : run(call, claim);
    },
    ready: () =>
      latch.assertMaySign().then(
        () => true,
        (error) => {
          if (error instanceof Problem) return false;
          throw error;
        },
      ),
  };
}

interface IdempotencyClaim {
  operation: string;
  key: string;
  requestSha256: string;
}

function assertFits({ credential, options }: PlainIssueCall['body'], instance: Instance): void {
  if (instance.existing === 'refuse' && 'proof' in credential) {
    const detail = 'is there already; an instance with +set or +chain adds another one';
    throw fieldProblem('invalid-request', '/credential/proof', detail, 'existing_proof');
  }
  if (instance.mechanism.securing === 'vc+jwt' && instance.existing !== 'refuse') {
    throw new Problem('not-found', 'a token stands by itself: there is no instance of it with +set or +chain');
  }
  if (options?.mandatoryPointers !== undefined && !instance.mechanism.selective) {
    const detail = 'only an instance of a suite with selective disclosure takes mandatory pointers';
    throw fieldProblem('invalid-request', '/options/mandatoryPointers', detail, 'unknown_option');
  }
}

/** Pointers into the document become pointers into the request. */
async function within<T>(place: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const errors = error.errors.map((one) => ({ ...one, pointer: `${place}${one.pointer}` }));
    throw new Problem(error.kind, error.message, { errors, cause: error, extensions: error.extensions });
  }
}
