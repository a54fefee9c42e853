import { pairOf } from '#kernel';
import type { PlainCredentialReader, PlainCredentialWrite } from '../plain/ports.ts';
import type { CredentialReader, CredentialRecord, CredentialState, CredentialWrite, StatusPurpose } from '../ports.ts';
import type { PublishedList } from './published-list.ts';

export interface CarryDeps {
  reader: Pick<CredentialReader, 'statusList' | 'setStatusIndexes' | 'statusOwners' | 'credential' | 'formsOf'> &
    Pick<CredentialReader, 'revokedCredentials'> &
    Pick<PlainCredentialReader, 'plainCredential'>;
  commit(writes: readonly (CredentialWrite | PlainCredentialWrite)[]): Promise<void>;
  tenantOf(did: string): string | undefined;
  /** Instant of the restore. */
  at: string;
}

export interface Carried {
  listId: string;
  /** Of a list with bits. */
  publishedAt?: string;
  /** The store did not know the list: it was begun after the backup. */
  adopted: boolean;
  /** Credentials of the store that were active in it and are not any more. */
  changed: string[];
  /** Entries of credentials that the store does not know: they were issued, and revoked, after the backup. */
  unknown: number;
  /** Out of force in the store and not in the published list: reinstated after the backup, to be done again by a person. */
  reinstated: number;
}

const REASON = 'Published before the store was restored from a backup. The reason was not kept.';
const OUT_OF_FORCE: Record<StatusPurpose, Exclude<CredentialState, 'active'>> = {
  revocation: 'revoked',
  suspension: 'suspended',
};
const ACTION = { revoked: 'revoke', suspended: 'suspend' } as const;

/**
 * What was published of a list stays said: every entry that was set is set afterwards, whoever has it. Nothing is ever
 * cleared: of a status that was lifted after the backup nobody knows why.
 */
export async function carryStatuses(deps: CarryDeps, list: PublishedList): Promise<Carried> {
  const stored = await deps.reader.statusList(list.listId);
  const carried: Carried = {
    ...{ listId: list.listId, adopted: stored === undefined, changed: [], unknown: 0, reinstated: 0 },
    ...(list.form === 'bits' ? { publishedAt: list.publishedAt } : {}),
  };
  if (!stored) await adopt(deps, list);
  const kind = stored?.kind === 'revocations' ? 'names' : 'bits';
  if (kind !== list.form) throw new Error(`the list ${list.listId} is of another form than the published one`);
  await (list.form === 'bits' ? carryBits(deps, list, carried) : carryNames(deps, list, carried));
  return carried;
}

/** Credentials that the store does not know name it, so it must be served: closed, with what was published of it. */
async function adopt({ commit, tenantOf, at }: CarryDeps, list: PublishedList): Promise<void> {
  const tenant = tenantOf(list.issuer);
  if (list.form !== 'bits' || tenant === undefined) throw new Error(`the list ${list.listId} cannot be taken over`);
  const { listId, purpose, length, publishedAt: createdAt } = list;
  await commit([
    { op: 'statusList.insert', row: { tenant, listId, purpose, length, createdAt, reserved: 0, closedAt: at } },
    {
      ...{ op: 'audit.append', at, tenant, actor: 'system', operation: 'statusList.adopt', object: listId },
      detail: { set: list.set.length },
    },
  ]);
}

async function carryBits(
  deps: CarryDeps,
  { listId, set }: Extract<PublishedList, { form: 'bits' }>,
  carried: Carried,
): Promise<void> {
  const { reader } = deps;
  const known = new Set(await reader.setStatusIndexes(listId));
  const published = new Set(set);
  carried.reinstated = [...known].filter((index) => !published.has(index)).length / 2;
  const fresh = set.filter((index) => !known.has(index));
  const owners = await reader.statusOwners(listId, [...new Set(fresh.map(pairOf))]);
  for (const owner of owners.values()) {
    // One revocation takes all forms of an award with it.
    if (await setEntry(deps, owner)) carried.changed.push(owner.credentialId);
  }
  await carryEntries(deps, listId, fresh.filter((index) => !owners.has(pairOf(index))).map(String));
  carried.unknown = new Set(fresh.filter((index) => !owners.has(pairOf(index))).map(pairOf)).size;
}

async function carryNames(
  deps: CarryDeps,
  { listId, names }: Extract<PublishedList, { form: 'names' }>,
  carried: Carried,
): Promise<void> {
  const known = new Set((await deps.reader.revokedCredentials(listId)).map(({ credentialId }) => credentialId));
  carried.reinstated = [...known].filter((id) => !names.includes(id)).length;
  const strange: string[] = [];
  for (const credentialId of names.filter((id) => !known.has(id))) {
    const row = await deps.reader.credential(credentialId);
    if (row?.statusListId !== listId) strange.push(credentialId);
    else if (await setEntry(deps, { tenant: row.tenant, credentialId, plain: false }))
      carried.changed.push(credentialId);
  }
  await carryEntries(deps, listId, strange);
  carried.unknown = strange.length;
}

async function carryEntries({ commit, at }: CarryDeps, listId: string, entries: readonly string[]): Promise<void> {
  if (entries.length > 0) await commit([{ op: 'status.carry', listId, entries, at }]);
}

/** @returns false when it was out of force already */
async function setEntry(
  deps: CarryDeps,
  { tenant, credentialId, plain }: { tenant: string; credentialId: string; plain: boolean },
): Promise<boolean> {
  if (plain) return setPlain(deps, tenant, credentialId);
  const row = await deps.reader.credential(credentialId);
  if (!row) throw new Error(`a status entry without its credential: ${credentialId}`);
  if (row.phase === 'prepared') return giveUp(deps, row);
  const first = row.formOf === undefined ? row : await deps.reader.credential(row.formOf);
  if (!first) throw new Error(`the form ${credentialId} without its web copy`);
  if (first.state === 'revoked') return false;
  const to = OUT_OF_FORCE[row.statusPurpose];
  const forms = await deps.reader.formsOf(tenant, first.credentialId);
  const all = [first, ...forms].filter(({ state }) => state !== to);
  await deps.commit(all.flatMap((one) => changeOne(one, to, deps.at)));
  return all.length > 0;
}

function changeOne(row: CredentialRecord, to: 'revoked' | 'suspended', at: string): CredentialWrite[] {
  const { tenant, credentialId, state: from, statusListId: list, statusListIndex: index } = row;
  const action = ACTION[to];
  return [
    { op: 'credential.changeState', tenant, credentialId, from, to },
    { op: 'statusEvent.insert', row: { tenant, credentialId, action, reason: REASON, at, actor: 'system' } },
    {
      ...{ op: 'audit.append', at, tenant, actor: 'system', operation: `credential.${action}`, object: credentialId },
      detail: { from, to, list, index, carried: true },
    },
  ];
}

/** Its signature exists, and was taken back. */
async function giveUp(deps: CarryDeps, { tenant, credentialId }: CredentialRecord): Promise<boolean> {
  const { at } = deps;
  await deps.commit([
    { op: 'credential.abandon', tenant, credentialId, at },
    { op: 'statusEvent.insert', row: { tenant, credentialId, action: 'abandon', reason: REASON, at, actor: 'system' } },
    {
      ...{ op: 'audit.append', at, tenant, actor: 'system', operation: 'credential.abandon', object: credentialId },
      detail: { carried: true },
    },
  ]);
  return true;
}

async function setPlain({ reader, commit, at }: CarryDeps, tenant: string, credentialId: string): Promise<boolean> {
  const row = await reader.plainCredential(tenant, credentialId);
  if (!row?.statusPurpose) throw new Error(`a status entry without its credential: ${credentialId}`);
  const entry = { op: 'audit.append', at, tenant, actor: 'system', object: credentialId } as const;
  if (row.phase === 'prepared') {
    await commit([
      { op: 'plain.abandon', tenant, credentialId, at },
      { ...entry, operation: 'plainCredential.abandon', detail: { carried: true } },
    ]);
    return true;
  }
  const [from, to] = [row.state, OUT_OF_FORCE[row.statusPurpose]];
  if (from !== 'active') return false;
  await commit([
    { op: 'plain.changeState', tenant, credentialId, from, to },
    { ...entry, operation: 'plainCredential.status', detail: { from, to, carried: true } },
  ]);
  return true;
}
