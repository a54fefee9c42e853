import type { HolderIdentifier } from '#holders';
import { type Clock, formatInstant, ID_PATTERN, Problem, type Transactor } from '#kernel';
import type { AuditWrite } from '#observability';
import type { ObScope } from './names.ts';
import type { ConnectionRecord, OAuthWrite, PlatformMetadata, PlatformReader } from './ports.ts';

/** What a learner allowed a platform, and the platform. */
export interface ConnectedPlatform extends ConnectionRecord {
  platform: PlatformMetadata;
}

export interface Connections {
  /** In force, of whoever has shown any of these; newest first. */
  list(identifiers: readonly HolderIdentifier[]): Promise<ConnectedPlatform[]>;
  /**
   * Ends one that stands on any of these: no token of it is worth anything afterwards.
   * @param actor of the learner, for the audit log
   * @throws Problem `not-found` for one that is not theirs, or is not there
   */
  end(of: { connectionId: string; identifiers: readonly HolderIdentifier[]; actor: string }): Promise<void>;
}

export interface ConnectionsDeps {
  reader: PlatformReader;
  transactor: Transactor<OAuthWrite>;
  clock: Clock;
}

export function createConnections({ reader, transactor, clock }: ConnectionsDeps): Connections {
  const inForce = async (identifiers: readonly HolderIdentifier[]) => {
    const now = formatInstant(clock.now());
    return (await reader.connectionsOf(identifiers)).filter(({ expiresAt }) => expiresAt > now);
  };
  return {
    async list(identifiers) {
      const found = await Promise.all(
        (await inForce(identifiers)).map(async (one) => {
          const platform = (await reader.platform(one.clientId))?.metadata;
          return platform && { ...one, platform };
        }),
      );
      return found.filter((one) => one !== undefined);
    },

    async end({ connectionId, identifiers, actor }) {
      const found = (await inForce(identifiers)).find((one) => one.connectionId === connectionId);
      if (!found) throw new Problem('not-found', 'there is no such connected application');
      await transactor.commit(endOf(found, formatInstant(clock.now()), actor));
    },
  };
}

/** The writes that end one, with the entry in the log. */
export const endOf = (
  { connectionId, clientId }: Pick<ConnectionRecord, 'connectionId' | 'clientId'>,
  at: string,
  actor: string,
): OAuthWrite[] => [
  { op: 'connection.end', connectionId },
  entryOf('connection.end', { connectionId, clientId }, at, actor),
];

/** The log names the connection and the platform, and nothing of the person. */
export const entryOf = (
  operation: 'connection.allow' | 'connection.end',
  { connectionId, clientId, scopes }: Pick<ConnectionRecord, 'connectionId' | 'clientId'> & { scopes?: ObScope[] },
  at: string,
  actor: string,
): AuditWrite => ({
  ...{ op: 'audit.append', at, tenant: 'system', actor, operation, object: connectionId },
  detail: { clientId, ...(scopes === undefined ? {} : { scope: scopes.join(' ') }) },
});

const PREFIX = 'connection:';

/** The "account" of a platform's tokens. */
export const accountIdOfConnection = (connectionId: string): string => PREFIX + connectionId;

/** undefined for a text that is none */
export function connectionIdOf(accountId: unknown): string | undefined {
  if (typeof accountId !== 'string' || !accountId.startsWith(PREFIX)) return undefined;
  const id = accountId.slice(PREFIX.length);
  return ID_PATTERN.test(id) ? id : undefined;
}
