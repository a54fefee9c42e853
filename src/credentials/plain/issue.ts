import { fieldProblem, formatInstant, type Json, type JsonObject, Problem, randomUuid } from '#kernel';
import { assertReleased } from '../approval/release.ts';
import type { PlainDeps } from './deps.ts';
import { type Instance, readInstance } from './instances.ts';
import { claimOf, type PlainIssuance } from './issuance.ts';
import type { PlainCredentialRecord } from './ports.ts';
import { type PlainIntent, rehearse } from './reserve.ts';
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

/** Issues credentials that are no badges, as another system drew them up. */
export function createPlainIssuer(deps: PlainDeps, issuance: PlainIssuance): PlainIssuer {
  async function prepare({ tenant, actor, instance: name, body }: PlainIssueCall): Promise<PlainIntent> {
    const { credential, options = {} } = body;
    // The request fits the instance; one person alone issues nothing where the institution wants two, and this door has no
    // second one; what is issued by another door is not signed here.
    const instance = readInstance(name);
    assertFits(body, instance);
    await assertReleased(deps.reader, { tenant, body: body as Json });
    await within('/credential', () => assertNotReserved(credential, deps.contexts.kind));

    // The draft is tried: every rule, and a signature with a key that is thrown away.
    const signing = await deps.authority.forTenant(tenant, 'assertion', instance.mechanism.algorithm);
    const id = typeof credential.id === 'string' ? credential.id : `urn:uuid:${randomUuid(deps.random)}`;
    const intent = {
      ...{ tenant, actor, signing, instance, credential, id, localId: options.credentialId ?? id },
      ...(options.mandatoryPointers ? { mandatoryPointers: options.mandatoryPointers } : {}),
      now: new Date(formatInstant(deps.clock.now())),
    };
    await within('/credential', () => rehearse(deps, intent));
    return intent;
  }

  return {
    async issue(call) {
      const { tenant, actor, instance, body, idempotencyKey } = call;
      const idempotency = claimOf(OPERATION, idempotencyKey, { instance, ...body } as Json);
      return issuance.issue({
        ...{ tenant, actor, prepare: () => prepare(call) },
        ...(idempotency ? { idempotency } : {}),
      });
    },
    ready: issuance.ready,
  };
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
