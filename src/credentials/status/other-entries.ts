import { type FieldError, formatInstant, type JsonObject, Problem, UniqueViolation } from '#kernel';
import type { EntryPurpose, OtherStatusEntry, StatusListRecord } from '../ports.ts';
import { bitstringEntry } from './list-credential.ts';
import type { Publisher } from './publish.ts';
import type { Status, StatusDeps } from './status.ts';

/** Whose entry, and for what: one for each purpose of a credential. */
export interface EntryOf {
  tenant: string;
  /** As its issuer names it: any text, unique within the tenant. */
  credentialId: string;
  purpose: EntryPurpose;
  /** `key:ID` or `system`. */
  actor: string;
}

/** Status of credentials that are no badges of an achievement (the VC API): in lists of their own. */
export interface OtherEntries {
  /** A new, empty list, to which the next entries of this tenant and purpose go. @throws Problem `invalid-request` */
  createEntryList(tenant: string, purpose: EntryPurpose): Promise<StatusListRecord>;
  /**
   * Reserves an index, or finds the one reserved before; durable before anything is signed with it.
   * @returns the `credentialStatus` to put into the credential
   * @throws Problem `invalid-request` for another purpose, `unavailable`
   */
  entryFor(of: EntryOf): Promise<JsonObject>;
  /**
   * Sets or clears it, and publishes the list; to say again what it says changes nothing.
   * @throws Problem `not-found` (also for another tenant's); `status-purpose`: a revocation is final
   */
  setEntry(of: EntryOf, isSet: boolean): Promise<{ isSet: boolean; published: boolean }>;
}

type Deps = Pick<StatusDeps, 'reader' | 'transactor' | 'clock' | 'publicUrl'> &
  Pick<Status, 'ensureList' | 'drawFree'> & { createList: Status['ensureList'] } & Pick<Publisher, 'publish'>;

const PURPOSES: readonly string[] = ['revocation', 'suspension', 'refresh'] satisfies EntryPurpose[];
const TRIES = 8;
const ID_CHARS = 2_048;

export function createOtherEntries(deps: Deps): OtherEntries {
  const { reader, transactor, clock } = deps;
  const entryOf = (entry: OtherStatusEntry) => bitstringEntry(deps.publicUrl, entry);

  async function entryFor({ tenant, credentialId, purpose, actor }: EntryOf): Promise<JsonObject> {
    assertAcceptable(credentialId, purpose);
    for (let tries = 0; tries < TRIES; tries++) {
      const found = await reader.otherStatusEntry(tenant, credentialId, purpose);
      if (found) return entryOf(found);
      const list = await deps.ensureList(tenant, purpose, 'entries');
      const [index] = await deps.drawFree(list, 1);
      const { listId } = list;
      const reservedAt = formatInstant(clock.now());
      const row = { tenant, listId, index: index!, credentialId, purpose, reservedAt };
      try {
        await transactor.commit([
          { op: 'otherStatus.reserve', row },
          {
            ...{
              op: 'audit.append',
              at: reservedAt,
              tenant,
              actor,
              operation: 'statusEntry.reserve',
              object: credentialId,
            },
            detail: { list: listId, index: row.index, purpose },
          },
        ]);
        return entryOf({ ...row, isSet: false });
      } catch (error) {
        // The index or the credential was taken at the same moment: both are looked at again.
        if (!(error instanceof UniqueViolation)) throw error;
      }
    }
    throw new Problem('unavailable', 'no free index could be drawn');
  }

  async function setEntry({ tenant, credentialId, purpose, actor }: EntryOf, isSet: boolean) {
    assertAcceptable(credentialId, purpose);
    const entry = await reader.otherStatusEntry(tenant, credentialId, purpose);
    if (!entry) throw new Problem('not-found', 'the credential has no status entry for this purpose');
    if (entry.isSet && !isSet && purpose === 'revocation') {
      throw new Problem('status-purpose', 'the credential is revoked, and revocation is final');
    }
    const at = formatInstant(clock.now());
    try {
      if (entry.isSet !== isSet) {
        await transactor.commit([
          { op: 'otherStatus.set', tenant, credentialId, purpose, isSet },
          {
            ...{ op: 'audit.append', at, tenant, actor, operation: 'statusEntry.set', object: credentialId },
            detail: { list: entry.listId, index: entry.index, purpose, set: isSet },
          },
        ]);
      }
    } catch (cause) {
      // Somebody else did the same at the same time; a revocation is never undone by that.
      if (!(cause instanceof UniqueViolation)) throw cause;
    }
    const published = await deps.publish(entry.listId).then(
      () => true,
      () => false,
    );
    return { isSet, published };
  }

  return {
    async createEntryList(tenant, purpose) {
      refuse(purposeFaults(purpose));
      return deps.createList(tenant, purpose, 'entries');
    },
    entryFor,
    setEntry,
  };
}

function assertAcceptable(credentialId: string, purpose: string): void {
  const errors = purposeFaults(purpose);
  if (typeof credentialId !== 'string' || credentialId === '' || credentialId.length > ID_CHARS) {
    errors.push({ pointer: '/credentialId', detail: `must be text of 1 to ${ID_CHARS} characters` });
  }
  refuse(errors);
}

const purposeFaults = (purpose: string): FieldError[] =>
  PURPOSES.includes(purpose)
    ? []
    : [{ pointer: '/statusPurpose', detail: `must be one of ${PURPOSES.join(', ')}`, code: 'enum' }];

function refuse(errors: FieldError[]): void {
  if (errors.length > 0) throw new Problem('invalid-request', 'there is no such status entry', { errors });
}
