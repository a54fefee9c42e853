import { formatInstant, LIMITS, Problem, randomId, UniqueViolation } from '#kernel';
import type { StatusPurpose } from '../ports.ts';
import type { PlainDeps } from './deps.ts';
import type { PlainIssuance } from './issuance.ts';
import { createPlainIssuer, type PlainIssuer } from './issue.ts';
import type { PlainCredentialRecord } from './ports.ts';
import { changePlainStatus, type PlainStatusChange } from './status.ts';

/** Credentials that are no badges: secured, kept, changed and removed for whoever drew them up. */
export interface PlainCredentials extends PlainIssuer {
  /** The newest of that name. @throws Problem `not-found`; `gone` when it was removed */
  get(tenant: string, localId: string): Promise<PlainCredentialRecord>;
  /** Erases the text of all of that name; their status entries live on. @throws Problem `not-found`, `gone` */
  remove(input: { tenant: string; localId: string; actor: string }): Promise<void>;
  changeStatus(change: PlainStatusChange): Promise<void>;
  /** A new list, which from now on new credentials of that purpose enter. @returns its id and its text as served */
  createStatusList(input: { tenant: string; purpose: StatusPurpose; actor: string }): Promise<{
    listId: string;
    text: string;
  }>;
}

const MOST = 500;

export function createPlainCredentials(deps: PlainDeps, issuance: PlainIssuance): PlainCredentials {
  async function named(tenant: string, localId: string): Promise<PlainCredentialRecord[]> {
    const rows = await deps.reader.plainCredentialsNamed(tenant, localId, MOST);
    if (rows.length === 0) throw new Problem('not-found', 'there is no such credential');
    const kept = rows.filter((row) => row.removedAt === undefined);
    if (kept.length === 0) throw new Problem('gone', 'the credential was removed');
    return kept;
  }

  return {
    ...createPlainIssuer(deps, issuance),
    get: async (tenant, localId) => (await named(tenant, localId))[0]!,

    async remove({ tenant, localId, actor }) {
      for (const { credentialId } of await named(tenant, localId)) {
        const at = formatInstant(deps.clock.now());
        try {
          await deps.transactor.commit([
            { op: 'plain.remove', tenant, credentialId, at },
            { op: 'audit.append', at, tenant, actor, operation: 'plainCredential.remove', object: credentialId },
          ]);
        } catch (error) {
          // Removed at the same time: what was asked for has happened.
          if (!(error instanceof UniqueViolation)) throw error;
        }
      }
    },

    changeStatus: (change) => changePlainStatus(deps, change),

    async createStatusList({ tenant, purpose, actor }) {
      const listId = randomId(deps.random);
      const at = formatInstant(deps.clock.now());
      const row = { tenant, listId, kind: 'plain' as const, purpose, length: LIMITS.statusListEntries, createdAt: at };
      await deps.transactor.commit([
        { op: 'statusList.insert', row: { ...row, reserved: 0 } },
        { op: 'audit.append', at, tenant, actor, operation: 'statusList.create', object: listId },
      ]);
      return { listId, text: await deps.status.publish(listId) };
    },
  };
}
