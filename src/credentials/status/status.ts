import type { SigningAuthority } from '#institutions';
import {
  type Clock,
  formatInstant,
  isObject,
  type JsonObject,
  LIMITS,
  Problem,
  parseStrictJson,
  type Random,
  randomId,
  sha256Hex,
  type Transactor,
  UniqueViolation,
} from '#kernel';
import type { ProofMaker } from '#proofs';
import type { CheckReleased } from '../issue/deps.ts';
import { textFault } from '../lints/unicode.ts';
import type {
  CredentialReader,
  CredentialRecord,
  CredentialState,
  CredentialWrite,
  StatusListRecord,
  StatusPurpose,
} from '../ports.ts';
import { drawIndexes } from './allocate.ts';
import { bitsOf, buildListCredential, publishedBits, REFRESH_HOURS, VALID_HOURS } from './list-credential.ts';
import { isStatusAction, nextState, type StatusAction } from './transitions.ts';

export interface StatusDeps {
  reader: CredentialReader;
  transactor: Transactor<CredentialWrite>;
  authority: Pick<SigningAuthority, 'forTenant'>;
  proofs: ProofMaker;
  /** Verifies a text that is about to be published, with the published keys. */
  checkReleased: CheckReleased;
  clock: Clock;
  random: Random;
  publicUrl: string;
  /** Which lists new credentials enter; those of badges when absent. */
  pool?: 'plain';
}

export interface StatusChange {
  tenant: string;
  credentialId: string;
  action: StatusAction;
  /** For people; shown on the public page, so it must name nobody. */
  reason: string;
  /** `key:ID` or `system`. */
  actor: string;
}

export interface StatusChanged {
  credentialId: string;
  state: CredentialState;
  at: string;
  /** False when the change is stored but the list could not be signed; the next look at the list tries again. */
  published: boolean;
}

export interface Status {
  /** The list new credentials go to; made when there is none or it is half given out. */
  ensureList(tenant: string, purpose: StatusPurpose): Promise<StatusListRecord>;
  /** Free indexes at the time of asking; the unique constraint decides. */
  drawFree(list: StatusListRecord, count: number): Promise<number[]>;
  change(change: StatusChange): Promise<StatusChanged>;
  /** Signs the list as it is now and stores it. @returns the text as served */
  publish(listId: string): Promise<string>;
  /** The text to serve; signed again first when it is stale or does not say what the store says. @throws Problem `not-found` */
  listCredential(listId: string): Promise<string>;
}

const REASON_CHARS = 500;
const PUBLISH_TRIES = 4;

/** Status lists: given out, changed, signed and served. */
export function createStatus(deps: StatusDeps): Status {
  const { reader, transactor, clock } = deps;
  /** Publications of one list follow one another: an older reading must not be signed after a newer one. */
  const publishing = new Map<string, Promise<string>>();

  async function ensureList(tenant: string, purpose: StatusPurpose): Promise<StatusListRecord> {
    const open = await reader.openStatusList(tenant, purpose, deps.pool);
    // Each reservation takes two indexes; half of the pairs stay free, so that draws rarely collide.
    if (open && open.reserved < open.length / 4) return open;
    const made = { tenant, listId: randomId(deps.random), purpose, at: formatInstant(clock.now()), actor: 'system' };
    await transactor.commit(newListWrites({ ...made, ...(deps.pool ? { pool: deps.pool } : {}) }));
    return (await reader.openStatusList(tenant, purpose, deps.pool))!;
  }

  async function drawFree(list: StatusListRecord, count: number): Promise<number[]> {
    const free: number[] = [];
    const pairs = new Set<number>();
    while (free.length < count) {
      const drawn = drawIndexes(Math.min(2 * count, 500), list.length, deps.random);
      const taken = new Set(await reader.takenStatusIndexes(list.listId, drawn));
      for (const index of drawn) {
        const pair = Math.min(index, index ^ 7);
        if (taken.has(index) || pairs.has(pair) || free.length === count) continue;
        pairs.add(pair);
        free.push(index);
      }
    }
    return free;
  }

  async function change(request: StatusChange): Promise<StatusChanged> {
    const reason = checkedReason(request);
    const record = await reader.credential(request.credentialId);
    if (record?.tenant !== request.tenant || record.phase !== 'issued') {
      throw new Problem('not-found', 'there is no such credential');
    }
    const to = nextState(request.action, record.state, record.statusPurpose);
    const at = formatInstant(clock.now());
    try {
      await transactor.commit(changeWrites(record, to, { ...request, reason }, at));
    } catch (cause) {
      if (!(cause instanceof UniqueViolation)) throw cause;
      throw new Problem('conflict', 'the status of the credential was changed at the same time', { cause });
    }
    const published = await publish(record.statusListId).then(
      () => true,
      () => false,
    );
    return { credentialId: record.credentialId, state: to, at, published };
  }

  function publish(listId: string): Promise<string> {
    const before = publishing.get(listId) ?? Promise.resolve();
    const mine = before.catch(() => undefined).then(() => publishNow(listId));
    publishing.set(listId, mine);
    const forget = () => {
      if (publishing.get(listId) === mine) publishing.delete(listId);
    };
    mine.then(forget, forget);
    return mine;
  }

  async function publishNow(listId: string): Promise<string> {
    const list = await reader.statusList(listId);
    if (!list) throw new Problem('not-found', 'there is no such status list');
    for (let tries = 0; tries < PUBLISH_TRIES; tries++) {
      const bits = bitsOf(list.length, await reader.setStatusIndexes(listId));
      const text = await signList(list, bits);
      const publishedAt = formatInstant(clock.now());
      try {
        await transactor.commit([
          { op: 'statusList.publish', listId, published: text, publishedAt },
          {
            op: 'audit.append',
            at: publishedAt,
            tenant: list.tenant,
            actor: 'system',
            operation: 'statusList.publish',
            object: listId,
            objectSha256: sha256Hex(text),
          },
        ]);
      } catch (error) {
        // Another process published later than this clock says; what it published is looked at below.
        if (!(error instanceof UniqueViolation)) throw error;
      }
      const now = await reader.statusList(listId);
      if (now && (await isTrue(now))) return now.published!;
    }
    throw new Problem('unavailable', 'the status list changes faster than it can be signed');
  }

  async function signList(list: StatusListRecord, bits: Uint8Array): Promise<string> {
    const { did, signer } = await deps.authority.forTenant(list.tenant, 'status');
    const at = clock.now();
    const url = `${deps.publicUrl}/status/${list.listId}`;
    const unsigned = buildListCredential({ url, issuer: did, purpose: list.purpose, bits, at });
    const text = JSON.stringify(await deps.proofs.sign(unsigned, signer, formatInstant(at)));
    // What is about to be served must say exactly these bits, and verify.
    const released = parseStrictJson(text);
    const { proof: _, ...rest } = isObject(released) ? released : ({} as JsonObject);
    const same = JSON.stringify(rest) === JSON.stringify(unsigned);
    const exact = same && Buffer.compare(publishedBits(text, list.length), bits) === 0;
    const report = await deps.checkReleased(text);
    if (!exact || report.outcome !== 'pass') {
      throw new Problem('signing-stopped', `a signed status list did not pass its own check (${report.code})`);
    }
    return text;
  }

  /** Whether what is published says what the store says: also after a crash between a change and its publication. */
  async function isTrue(list: StatusListRecord): Promise<boolean> {
    if (!list.published) return false;
    const bits = bitsOf(list.length, await reader.setStatusIndexes(list.listId));
    return Buffer.compare(publishedBits(list.published, list.length), bits) === 0;
  }

  function isYoungerThan(list: StatusListRecord, hours: number): boolean {
    return clock.now().getTime() - Date.parse(list.publishedAt ?? '') < hours * 3_600_000;
  }

  async function listCredential(listId: string): Promise<string> {
    const list = await reader.statusList(listId);
    if (!list) throw new Problem('not-found', 'there is no such status list');
    const stillTrue = await isTrue(list);
    if (stillTrue && isYoungerThan(list, REFRESH_HOURS)) return list.published!;
    return publish(listId).catch((error: unknown) => {
      // A signer that is down for an hour must not take away a list that is true and valid.
      if (stillTrue && isYoungerThan(list, VALID_HOURS)) return list.published!;
      throw error;
    });
  }

  return { ensureList, drawFree, change, publish, listCredential };
}

/** A new list and its line in the audit log. */
export function newListWrites(made: {
  tenant: string;
  listId: string;
  purpose: StatusPurpose;
  pool?: 'plain';
  at: string;
  actor: string;
}): Extract<CredentialWrite, { op: 'statusList.insert' | 'audit.append' }>[] {
  const { at, actor, ...list } = made;
  const { tenant, listId: object } = list;
  return [
    { op: 'statusList.insert', row: { ...list, length: LIMITS.statusListEntries, createdAt: at, reserved: 0 } },
    { op: 'audit.append', at, tenant, actor, operation: 'statusList.create', object },
  ];
}

function checkedReason({ action, reason }: StatusChange): string {
  const text = typeof reason === 'string' ? reason.trim() : '';
  const errors = [];
  if (!isStatusAction(action)) errors.push({ pointer: '/action', detail: 'must be revoke, suspend or reinstate' });
  if (text === '' || text.length > REASON_CHARS) {
    errors.push({ pointer: '/reason', detail: `must be text of 1 to ${REASON_CHARS} characters` });
  }
  const wrong = textFault(text);
  if (wrong) errors.push({ pointer: '/reason', detail: wrong });
  if (errors.length > 0) throw new Problem('invalid-request', 'the status change is not acceptable', { errors });
  return text;
}

function changeWrites(record: CredentialRecord, to: CredentialState, by: StatusChange, at: string): CredentialWrite[] {
  const { tenant, credentialId } = record;
  const { action, reason, actor } = by;
  return [
    { op: 'credential.changeState', tenant, credentialId, from: record.state, to },
    { op: 'statusEvent.insert', row: { tenant, credentialId, action, reason, at, actor } },
    {
      op: 'audit.append',
      at,
      tenant,
      actor,
      operation: `credential.${action}`,
      object: credentialId,
      detail: { from: record.state, to, list: record.statusListId, index: record.statusListIndex },
    },
  ];
}
