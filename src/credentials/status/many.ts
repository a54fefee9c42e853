import { fieldProblem, formatInstant, type Json, LIMITS, Problem, UniqueViolation } from '#kernel';
import { assertKey, requestDigest } from '../issue/idempotency.ts';
import type { AwardGroup, CredentialState, CredentialWrite, IdempotencyRecord, StateRow } from '../ports.ts';
import type { Publisher } from './publish.ts';
import { checkedReason } from './reason.ts';
import type { StatusDeps } from './status.ts';
import { effectOf, nextState, type StatusAction } from './transitions.ts';

/**
 * The same change for many awards: for those named, at most `LIMITS.statusChanges`, or for so many of those that have a batch
 * or a signing key in common (a key that was found compromised, hazard BK-3).
 */
export interface ManyChange {
  tenant: string;
  action: StatusAction;
  /** For people; shown on the public pages, so it must name nobody. */
  reason: string;
  /** `key:ID`. */
  actor: string;
  of: { credentialIds: readonly string[] } | AwardGroup;
  /** A retry with it gets the answer of the first, whatever happened between. */
  idempotencyKey?: string;
}

/** `unchanged`: it stands so already. `refused`: the action does not apply, see `detail`. */
export type ManyOutcome = 'changed' | 'unchanged' | 'refused' | 'not_found';

export interface ManyRow {
  credentialId: string;
  outcome: ManyOutcome;
  state?: CredentialState;
  detail?: string;
}

export interface ManyChanged {
  at: string;
  /** In the order of the ids; of a batch or key those that were changed. */
  rows: ManyRow[];
  /** There are further awards of the batch or key to change: ask again. */
  more: boolean;
  /** False when the changes are stored but a list could not be signed; the next look at the list tries again. */
  published: boolean;
}

const OPERATION = 'changeStatuses';
const TRIES = 4;

/**
 * All that can be changed is changed in one commit, with one event and one audit entry each; what cannot is told, and keeps
 * nothing from the others. Repeating it changes nothing more: who was killed before the answer asks again. Lists are
 * published once each, after the commit.
 * @throws Problem `invalid-request`; `idempotency-mismatch`; `conflict` when others keep changing the same awards
 */
export function createChangeMany({ reader, transactor, clock }: StatusDeps, publisher: Publisher) {
  return async (request: ManyChange): Promise<ManyChanged> => {
    const reason = checkedReason(request);
    const key = keyOf(request);
    for (let tries = 1; ; tries++) {
      const known = key && (await reader.idempotency(request.tenant, OPERATION, key.key));
      if (known) return replayed(request, known, key.requestSha256);
      const plan = await planOf(request);
      const at = formatInstant(clock.now());
      const kept = key && keptAnswer(request.tenant, key, plan.rows, at);
      try {
        await transactor.commit([...(kept ? [kept] : []), ...writesOf({ ...request, reason, at }, plan.changes)]);
      } catch (cause) {
        if (!(cause instanceof UniqueViolation)) throw cause;
        // One of them was changed meanwhile, or the same request came twice: look again.
        if (tries < TRIES) continue;
        throw new Problem('conflict', 'the status of these credentials is being changed by others', { cause });
      }
      return { at, rows: plan.rows, more: plan.more, published: await publish(plan.changes) };
    }
  };

  /** Who asks again finds what the first one did; a list that it had no time to publish is published now. */
  async function replayed(request: ManyChange, record: IdempotencyRecord, sha256: string): Promise<ManyChanged> {
    if (record.requestSha256 !== sha256) {
      throw new Problem('idempotency-mismatch', 'this Idempotency-Key was used with another request');
    }
    const done = new Set(record.credentialIds);
    const { to } = effectOf(request.action);
    const plan = await planOf(request);
    const rows = 'credentialIds' in request.of ? plan.rows : record.credentialIds.map((id) => changedRow(id, to));
    const states = await reader.statesOf(request.tenant, record.credentialIds);
    return {
      at: record.createdAt,
      rows: rows.map((row) => (done.has(row.credentialId) ? changedRow(row.credentialId, to) : row)),
      more: !('credentialIds' in request.of) && plan.rows.length > 0,
      published: await publish(states),
    };
  }

  async function planOf({ tenant, action, of }: ManyChange) {
    const { from } = effectOf(action);
    if (!('credentialIds' in of)) {
      const found = await reader.awardsIn({ tenant, ...of }, from, LIMITS.statusChanges + 1, action !== 'revoke');
      const some = found.slice(0, LIMITS.statusChanges);
      return { ...(await decide(tenant, action, some)), more: found.length > some.length };
    }
    return { ...(await decide(tenant, action, of.credentialIds)), more: false };
  }

  /** What becomes of each, and the rows to change: each award once, with all of its forms. */
  async function decide(tenant: string, action: StatusAction, ids: readonly string[]) {
    const asked = new Map((await reader.statesOf(tenant, ids)).map((row) => [row.credentialId, row]));
    const rows = ids.map((id) => outcomeOf(action, id, asked.get(id)));
    const webIds = new Set(
      rows
        .filter(({ outcome }) => outcome === 'changed')
        .map(({ credentialId }) => asked.get(credentialId)!.formOf ?? credentialId),
    );
    const web = await reader.statesOf(tenant, [...webIds]);
    if (web.length !== webIds.size) throw new Error('a form without its web copy');
    const forms = await reader.formStates(tenant, [...webIds]);
    return { rows, changes: [...web, ...forms] };
  }

  async function publish(changes: readonly StateRow[]): Promise<boolean> {
    const lists = [...new Set(changes.map(({ statusListId }) => statusListId))];
    const done = await Promise.allSettled(lists.map((listId) => publisher.publish(listId)));
    return done.every(({ status }) => status === 'fulfilled');
  }
}

function outcomeOf(action: StatusAction, credentialId: string, row: StateRow | undefined): ManyRow {
  if (!row) return { credentialId, outcome: 'not_found' };
  const { state } = row;
  try {
    return changedRow(credentialId, nextState(action, state, row.statusPurpose));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.kind === 'conflict' && state === effectOf(action).to)
      return { credentialId, outcome: 'unchanged', state };
    return { credentialId, outcome: 'refused', state, detail: error.message };
  }
}

const changedRow = (credentialId: string, state: CredentialState): ManyRow => ({
  credentialId,
  outcome: 'changed',
  state,
});

function writesOf(
  { tenant, action, reason, actor, at }: ManyChange & { at: string },
  changes: readonly StateRow[],
): CredentialWrite[] {
  if (changes.length === 0) return [];
  const { from: states, to } = effectOf(action);
  // Read after its form was, and changed between.
  if (changes.some(({ state }) => !states.includes(state))) throw new UniqueViolation('credential.state');
  const idsOf = (rows: readonly StateRow[]) => rows.map(({ credentialId }) => credentialId);
  return [
    ...states.flatMap((from): CredentialWrite[] => {
      const rows = changes.filter(({ state }) => state === from);
      if (rows.length === 0) return [];
      const credentialIds = idsOf(rows.filter(({ formOf }) => formOf === undefined));
      const forms = idsOf(rows.filter(({ formOf }) => formOf !== undefined));
      return [{ op: 'credential.changeStates', tenant, from, to, credentialIds, forms }];
    }),
    { op: 'statusEvent.insertAll', event: { tenant, action, reason, at, actor }, credentialIds: idsOf(changes) },
    ...changes.map((row): CredentialWrite => {
      const { credentialId, state: from, statusListId: list, statusListIndex: index, formOf } = row;
      return {
        ...{ op: 'audit.append', at, tenant, actor, operation: `credential.${action}`, object: credentialId },
        detail: { from, to, list, index, ...(formOf === undefined ? {} : { formOf }) },
      };
    }),
  ];
}

function keptAnswer(tenant: string, key: KeyInUse, rows: readonly ManyRow[], createdAt: string): CredentialWrite {
  const changed = rows.filter(({ outcome }) => outcome === 'changed');
  const credentialIds = changed.map(({ credentialId }) => credentialId);
  return { op: 'idempotency.insert', row: { tenant, operation: OPERATION, ...key, credentialIds, createdAt } };
}

interface KeyInUse {
  key: string;
  requestSha256: string;
}

function keyOf({ idempotencyKey: key, action, reason, of }: ManyChange): KeyInUse | undefined {
  if (key === undefined) return undefined;
  assertKey(key);
  return { key, requestSha256: requestDigest({ action, reason, of } as unknown as Json) };
}

/** @throws Problem `invalid-request` unless the request names exactly one of the three, and no id twice */
export function readTarget(body: {
  credentials?: readonly string[];
  batchId?: string;
  keyId?: string;
}): ManyChange['of'] {
  const { credentials, batchId, keyId } = body;
  const named = [credentials, batchId, keyId].filter((one) => one !== undefined).length;
  if (named !== 1) {
    throw fieldProblem('invalid-request', '', 'exactly one of credentials, batchId and keyId says which awards');
  }
  if (credentials) return { credentialIds: credentials };
  return batchId === undefined ? { keyId: keyId! } : { batchId };
}
