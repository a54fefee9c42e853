import type { SigningAuthority } from '#institutions';
import {
  type Clock,
  formatInstant,
  LIMITS,
  Problem,
  type Random,
  randomId,
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
  ListKind,
  StatusListRecord,
  StatusPurpose,
} from '../ports.ts';
import { drawIndexes } from './allocate.ts';
import { createPublisher, type Publisher } from './publish.ts';
import { REVOCATION_LIST_MAX } from './revocation-list.ts';
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

export interface Status extends Publisher {
  /** The list of this kind new credentials go to; made when there is none or it is half given out. */
  ensureList(tenant: string, purpose: StatusPurpose, kind?: ListKind): Promise<StatusListRecord>;
  /** A new, empty list, to which new credentials of this purpose and kind go from now on. */
  createList(of: { tenant: string; purpose: StatusPurpose; kind?: ListKind; actor: string }): Promise<StatusListRecord>;
  /** Free indexes at the time of asking; the unique constraint decides. */
  drawFree(list: StatusListRecord, count: number): Promise<number[]>;
  change(change: StatusChange): Promise<StatusChanged>;
}

const REASON_CHARS = 500;

/** Status lists: given out, changed, signed and served. */
export function createStatus(deps: StatusDeps): Status {
  const { reader, transactor, clock } = deps;
  const publisher = createPublisher(deps);

  async function ensureList(tenant: string, purpose: StatusPurpose, kind?: ListKind): Promise<StatusListRecord> {
    const open = await reader.openStatusList(tenant, purpose, kind);
    // Each reservation takes two indexes; half of the pairs stay free, so that draws rarely collide.
    const most = kind === 'revocations' ? REVOCATION_LIST_MAX : (open?.length ?? 0) / 4;
    if (open && open.reserved < most) return open;
    const row = await createList({ tenant, purpose, ...(kind === undefined ? {} : { kind }), actor: 'system' });
    return (await reader.openStatusList(tenant, purpose, kind)) ?? row;
  }

  async function createList({ actor, ...of }: Parameters<Status['createList']>[0]): Promise<StatusListRecord> {
    const at = formatInstant(clock.now());
    const row: StatusListRecord = {
      ...of,
      listId: randomId(deps.random),
      length: LIMITS.statusListEntries,
      createdAt: at,
      reserved: 0,
    };
    await transactor.commit([
      { op: 'statusList.insert', row },
      { op: 'audit.append', at, tenant: of.tenant, actor, operation: 'statusList.create', object: row.listId },
    ]);
    return row;
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
    const published = await publisher.publish(record.statusListId).then(
      () => true,
      () => false,
    );
    return { credentialId: record.credentialId, state: to, at, published };
  }

  return { ensureList, createList, drawFree, change, ...publisher };
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
