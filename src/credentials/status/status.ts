import type { SigningAuthority } from '#institutions';
import {
  type Clock,
  formatInstant,
  joining,
  LIMITS,
  Problem,
  type Random,
  randomId,
  type Transactor,
  UniqueViolation,
} from '#kernel';
import type { ProofMaker } from '#proofs';
import type { CheckReleased } from '../issue/deps.ts';
import type {
  CredentialReader,
  CredentialRecord,
  CredentialState,
  CredentialWrite,
  ListKind,
  OpenStatusList,
  StatusListRecord,
  StatusPurpose,
} from '../ports.ts';
import { createFreeIndexes } from './free-indexes.ts';
import { createChangeMany, type ManyChange, type ManyChanged } from './many.ts';
import { createPublisher, type Publisher } from './publish.ts';
import { checkedReason } from './reason.ts';
import { REVOCATION_LIST_MAX } from './revocation-list.ts';
import { nextState, type StatusAction } from './transitions.ts';

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
  /** Entries of a new Bitstring list: a power of two from `LIMITS.statusListEntries`, the default, to `statusListEntriesMax`. */
  listLength?: number;
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
  ensureList(tenant: string, purpose: StatusPurpose, kind?: ListKind): Promise<OpenStatusList>;
  /** A new, empty list, to which new credentials of this purpose and kind go from now on. */
  createList(of: { tenant: string; purpose: StatusPurpose; kind?: ListKind; actor: string }): Promise<StatusListRecord>;
  /**
   * Indexes that were free a while ago; the unique constraint decides.
   * @param anew free at this moment: for who was refused one
   */
  drawFree(list: OpenStatusList, count: number, anew?: boolean): Promise<number[]>;
  /** Of the award, whichever of its forms is named: all of them change in one commit. */
  change(change: StatusChange): Promise<StatusChanged>;
  /** Of up to 10,000 awards in one commit, published once; see `ManyChange`. */
  changeMany(change: ManyChange): Promise<ManyChanged>;
}

const CHANGE_TRIES = 4;

/** Status lists: given out, changed, signed and served. */
export function createStatus(deps: StatusDeps): Status {
  const { reader, transactor, clock } = deps;
  const publisher = createPublisher(deps);
  const making = joining<OpenStatusList>();

  /** All whose list is full find out at the same moment: they wait for one new list, and hear at once if it cannot be made. */
  async function ensureList(tenant: string, purpose: StatusPurpose, kind?: ListKind): Promise<OpenStatusList> {
    const open = await listWithRoom(tenant, purpose, kind);
    return open ?? making(JSON.stringify([tenant, purpose, kind]), () => makeList(tenant, purpose, kind));
  }

  async function makeList(tenant: string, purpose: StatusPurpose, kind?: ListKind): Promise<OpenStatusList> {
    // Asked before the last one was made, and come here after it.
    const open = await listWithRoom(tenant, purpose, kind);
    if (open) return open;
    const row = await createList({ tenant, purpose, ...(kind === undefined ? {} : { kind }), actor: 'system' });
    return (await reader.openStatusList(tenant, purpose, kind)) ?? row;
  }

  async function listWithRoom(tenant: string, purpose: StatusPurpose, kind?: ListKind) {
    const open = await reader.openStatusList(tenant, purpose, kind);
    // Each reservation takes two indexes; half of the pairs stay free, so that draws rarely collide.
    const most = kind === 'revocations' ? REVOCATION_LIST_MAX : (open?.length ?? 0) / 4;
    return open && open.reserved < most ? open : undefined;
  }

  async function createList({ actor, ...of }: Parameters<Status['createList']>[0]): Promise<StatusListRecord> {
    const at = formatInstant(clock.now());
    const row: StatusListRecord = {
      ...of,
      listId: randomId(deps.random),
      length: deps.listLength ?? LIMITS.statusListEntries,
      createdAt: at,
      reserved: 0,
    };
    await transactor.commit([
      { op: 'statusList.insert', row },
      { op: 'audit.append', at, tenant: of.tenant, actor, operation: 'statusList.create', object: row.listId },
    ]);
    return row;
  }

  async function change(request: StatusChange): Promise<StatusChanged> {
    const reason = checkedReason(request);
    const { tenant, credentialId } = request;
    const asked = await reader.credential(credentialId);
    if (asked?.tenant !== tenant || asked.phase !== 'issued') {
      throw new Problem('not-found', 'there is no such credential');
    }
    const first = await webCopyOf(asked);
    const to = nextState(request.action, first.state, first.statusPurpose);
    for (let tries = 1; ; tries++) {
      const forms = await reader.formsOf(tenant, first.credentialId);
      const at = formatInstant(clock.now());
      try {
        await transactor.commit(changeWrites(first, forms, to, { ...request, reason }, at));
      } catch (cause) {
        if (!(cause instanceof UniqueViolation)) throw cause;
        const now = await reader.formsOf(tenant, first.credentialId);
        // A form was asked for meanwhile: it changes as well.
        if (now.length !== forms.length && tries < CHANGE_TRIES) continue;
        throw new Problem('conflict', 'the status of the credential was changed at the same time', { cause });
      }
      const lists = [...new Set([first, ...forms].map((row) => row.statusListId))];
      const done = await Promise.allSettled(lists.map((listId) => publisher.publish(listId)));
      return { credentialId, state: to, at, published: done.every(({ status }) => status === 'fulfilled') };
    }
  }

  async function webCopyOf(row: CredentialRecord): Promise<CredentialRecord> {
    if (row.formOf === undefined) return row;
    const found = await reader.credential(row.formOf);
    if (!found) throw new Error(`the form ${row.credentialId} without its web copy`);
    return found;
  }

  return {
    ...{ ensureList, createList, change },
    drawFree: createFreeIndexes(deps),
    changeMany: createChangeMany(deps, publisher),
    ...publisher,
  };
}

function changeWrites(
  first: CredentialRecord,
  forms: readonly CredentialRecord[],
  to: CredentialState,
  by: StatusChange,
  at: string,
): CredentialWrite[] {
  // The web copy first: whoever wants another form waits for it.
  return [
    ...changeOne(first, to, by, at, { forms: forms.length }),
    ...forms.flatMap((form) => changeOne(form, to, by, at)),
  ];
}

function changeOne(
  record: CredentialRecord,
  to: CredentialState,
  { action, reason, actor }: StatusChange,
  at: string,
  known: { forms?: number } = {},
): CredentialWrite[] {
  const { tenant, credentialId, formOf } = record;
  return [
    { op: 'credential.changeState', tenant, credentialId, from: record.state, to, ...known },
    { op: 'statusEvent.insert', row: { tenant, credentialId, action, reason, at, actor } },
    {
      op: 'audit.append',
      at,
      tenant,
      actor,
      operation: `credential.${action}`,
      object: credentialId,
      detail: {
        ...{ from: record.state, to, list: record.statusListId, index: record.statusListIndex },
        ...(formOf === undefined ? {} : { formOf }),
      },
    },
  ];
}
