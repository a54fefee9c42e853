import { type HolderSessionRecord, limitedUse, unlessUsedUp } from '#holders';
import { keepersOf, keyOf } from '#imports';
import {
  type Clock,
  formatInstant,
  Problem,
  type Random,
  randomId,
  randomToken,
  sha256Hex,
  type Transactor,
  UniqueViolation,
} from '#kernel';
import type { GuardedFetch } from '#net';
import { discoveryUrlOf } from './address.ts';
import { describeHost } from './describe.ts';
import type {
  ConnectedHost,
  ConsumerReader,
  ConsumerWrite,
  HostConnection,
  HostDescription,
  KnownHost,
  Transfer,
  TransferKind,
} from './ports.ts';
import { firstPage } from './pull.ts';
import { cleaned, refuse } from './refusal.ts';
import { type RegisterDeps, registered } from './register.ts';
import { SCOPES, scopesOf, scopeToAsk } from './scopes.ts';
import type { Seal } from './seal.ts';
import { type Tokens, tokensPlace, writeTokens } from './tokens.ts';

type Holder = HolderSessionRecord['identifiers'];

/** Where a learner is sent, and what will be asked of the host. */
export interface Begun {
  authorizationUrl: string;
  host: HostDescription;
  scope: string;
  may: TransferKind[];
}

/** The Open Badges API of OB 3.0 as a consumer. Nothing is asked of a host unless a learner says so. */
export interface Consumer {
  /**
   * Registers with a host where that was not done yet, and says where the learner agrees.
   * @throws Problem `invalid-request` at `/address` with the sentence of `REFUSALS` in both languages; `fetch-refused`;
   *   `fetch-failed`; `rate-limited`; `conflict` for a session that has proven neither an address nor a key
   */
  begin(input: { session: HolderSessionRecord; address: string; lang: 'en' | 'fil' }): Promise<Begun>;
  /**
   * What came back from a host. @throws Problem `invalid-request` with a code of `REFUSALS`; `fetch-failed`
   * @returns the language in which the learner began
   */
  finish(input: {
    session: HolderSessionRecord;
    query: URLSearchParams;
    actor: string;
  }): Promise<{ lang: 'en' | 'fil' }>;
  list(holder: Holder): Promise<ConnectedHost[]>;
  /**
   * Asks a host for the badges of the learner: since the last time, unless `all`. One that waits already is returned.
   * @throws Problem `not-found`; `conflict` where the host did not allow it; `rate-limited`
   */
  pull(input: { holder: Holder; connectionId: string; all: boolean; actor: string }): Promise<Transfer>;
  /** Sends an award; the caller has seen that it is the learner's. @throws as `pull` */
  push(
    input: { holder: Holder; connectionId: string; actor: string } & Pick<Transfer, 'credentialId' | 'form'>,
  ): Promise<Transfer>;
  /** Gives the tokens back where the host says where, and forgets them. @returns whether the host took them. @throws Problem `not-found` */
  disconnect(input: { holder: Holder; connectionId: string; actor: string }): Promise<{ revoked: boolean }>;
}

export interface ConsumerDeps extends Omit<RegisterDeps, 'reader'> {
  fetch: GuardedFetch;
  reader: ConsumerReader;
  transactor: Transactor<ConsumerWrite>;
  tokens: Tokens;
  seal: Seal;
  clock: Clock;
  random: Random;
}

/** From leaving for a host to coming back. */
const AWAY_MS = 15 * 60_000;
/** Of one learner in an hour: each asks somebody else's service. */
const CONNECTS_AN_HOUR = 20;
const TRANSFERS_AN_HOUR = 60;
/** Clocks of hosts are not ours. Milliseconds. */
const SKEW_MS = 300_000;
const SHOWN = 5;

export function createConsumer(deps: ConsumerDeps): Consumer {
  const { fetch, reader, transactor, tokens, seal, clock, random, publicUrl } = deps;
  const at = (ms = 0) => formatInstant(new Date(clock.now().getTime() + ms));

  async function counted(holder: Holder, what: string, most: number): Promise<void> {
    const key = `${what} ${keyOf(keepersOf(holder)[0]!)}`;
    const use = limitedUse({ key, ms: 3_600_000, most, now: clock.now() });
    const commit = transactor.commit([{ op: 'limitedUse.take', use, at: at() }]);
    await unlessUsedUp(commit, 'too many requests to other hosts in this hour; try again in an hour');
  }

  async function mine(holder: Holder, connectionId: string): Promise<{ connection: HostConnection; host: KnownHost }> {
    const keepers = keepersOf(holder);
    const row = await reader.hostConnection(connectionId);
    const own = row && keepers.some(({ kind, value }) => kind === row.keeperKind && value === row.keeperValue);
    const host = own && (await reader.knownHostById(row.hostId));
    if (!own || !host) throw new Problem('not-found', 'this session has no such connection');
    return { connection: row, host };
  }

  async function ask(
    connection: HostConnection,
    actor: string,
    what: Pick<Transfer, 'kind' | 'credentialId' | 'form'> & { next?: string },
  ): Promise<Transfer> {
    const { connectionId, endedAt, scope } = connection;
    if (endedAt !== undefined)
      throw refused('connect_again', 'the host no longer knows this connection: connect again');
    if (!scopesOf(scope).includes(SCOPES[what.kind])) throw refused('not_allowed', 'the host did not allow this');
    const row: Transfer = {
      ...{ transferId: randomId(random), connectionId, ...what, state: 'waiting', attempts: 0, tries: 0 },
      ...{ dueAt: at(), pages: 0, badges: [], createdAt: at() },
    };
    const entry = { at: at(), tenant: 'system', actor, operation: `host.${what.kind}.ask`, object: row.transferId };
    try {
      await transactor.commit([
        { op: 'hostTransfer.insert', row },
        { op: 'audit.append', ...entry },
      ]);
      return row;
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
      const waiting = await reader.waitingTransfer(connectionId, what.kind, what.credentialId);
      if (waiting) return waiting;
      throw new Problem('conflict', 'this connection is being changed just now: try again', { cause: error });
    }
  }

  return {
    async begin({ session, address, lang }) {
      const discoveryUrl = discoveryUrlOf(address);
      if (new URL(discoveryUrl).origin === new URL(publicUrl).origin) throw refuse('own_host');
      await counted(session.identifiers, 'host connect', CONNECTS_AN_HOUR);
      const description = await describeHost(fetch, discoveryUrl);
      const host = await registered(deps, discoveryUrl, description);
      const offered = scopesOf(host.scope).filter((one) => description.scopes.includes(one));
      const scope = scopeToAsk(offered);
      if (scope === '') throw refuse('nothing_to_ask');
      const [state, verifier] = [randomToken(random), randomToken(random)];
      const stateSha256 = sha256Hex(state);
      const row = {
        ...{ stateSha256, hostId: host.hostId, sessionId: session.sessionId, scope, lang, expiresAt: at(AWAY_MS) },
        verifier: await seal.seal(`host verifier ${stateSha256}`, verifier),
      };
      await transactor.commit([{ op: 'hostAuthorization.insert', row }]);
      return {
        authorizationUrl: tokens.authorizationUrl(host, { state, verifier, scope }),
        host: description,
        scope,
        may: kindsOf(scope),
      };
    },

    async finish({ session, query, actor }) {
      // 1. Sent by this session, not long ago, and never come back from.
      const stateSha256 = sha256Hex(query.get('state') ?? '');
      const row = await reader.hostAuthorization(stateSha256);
      const host = row && (await reader.knownHostById(row.hostId));
      if (!row || !host || row.sessionId !== session.sessionId || row.expiresAt <= at()) throw refuse('state_unknown');
      await transactor.commit([{ op: 'hostAuthorization.use', stateSha256 }]).catch((error: unknown) => {
        throw error instanceof UniqueViolation ? refuse('state_unknown') : error;
      });
      // 2. By the host that it was sent to (RFC 9207; hosts have one origin here), which says yes.
      const issuer = query.get('iss');
      const { origin } = new URL(host.description.authorizationUrl);
      if (issuer !== null && URL.parse(issuer)?.origin !== origin) throw refuse('other_issuer', cleaned(issuer, 100));
      const error = query.get('error');
      if (error === 'access_denied') throw refuse('denied');
      const code = query.get('code');
      if (error !== null || !code || code.length > 4_000) throw refuse('not_granted', cleaned(error ?? 'code', 100));
      // 3. The tokens, for no more than was asked.
      const verifier = await seal.open(`host verifier ${stateSha256}`, row.verifier);
      const answer = await tokens.redeem(host, { code, verifier, scope: row.scope });
      if (!('granted' in answer)) {
        if (answer.failed === 'grown') throw refuse('scope_grown');
        // It forgot this service: the next learner who connects registers it anew.
        if (answer.failed === 'refused' && answer.error === 'invalid_client')
          await transactor.commit([{ op: 'knownHost.update', row: { ...host, clientId: '' } }]);
        if (answer.failed === 'refused') throw refuse('not_granted', answer.said);
        throw refuse('no_answer');
      }
      // 4. Kept for whoever the session has proven to be.
      const { granted } = answer;
      const { kind: keeperKind, value: keeperValue } = keepersOf(session.identifiers)[0]!;
      const place = { hostId: host.hostId, keeperKind, keeperValue };
      const connection: HostConnection = {
        ...{ connectionId: randomId(random), ...place, scope: granted.scope, connectedAt: at(), fence: 0 },
        ...{
          tokens: await seal.seal(tokensPlace(place), writeTokens(granted)),
          accessExpiresAt: granted.accessExpiresAt,
        },
      };
      const entry = { at: at(), tenant: 'system', actor, operation: 'host.connect', object: host.hostId };
      await transactor.commit([
        { op: 'hostConnection.put', row: connection },
        { op: 'audit.append', ...entry, detail: { scope: granted.scope } },
      ]);
      return { lang: row.lang };
    },

    async list(holder) {
      if (!holder.some(({ kind }) => kind !== 'studentNumber')) return [];
      const found = await reader.hostConnectionsOf(keepersOf(holder));
      return Promise.all(
        found.map(async (connection) => ({
          connection,
          host: (await reader.knownHostById(connection.hostId))!,
          transfers: await reader.hostTransfersOf(connection.connectionId, SHOWN),
        })),
      );
    },

    async pull({ holder, connectionId, all, actor }) {
      const { connection, host } = await mine(holder, connectionId);
      await counted(holder, 'host transfer', TRANSFERS_AN_HOUR);
      const { pulledAt } = connection;
      const since = all || pulledAt === undefined ? undefined : formatInstant(new Date(Date.parse(pulledAt) - SKEW_MS));
      const next = firstPage(host.description.apiUrl, since);
      return ask(connection, actor, { kind: 'pull', credentialId: '', form: 'document', next });
    },

    async push({ holder, connectionId, credentialId, form, actor }) {
      const { connection } = await mine(holder, connectionId);
      await counted(holder, 'host transfer', TRANSFERS_AN_HOUR);
      return ask(connection, actor, { kind: 'push', credentialId, form });
    },

    async disconnect({ holder, connectionId, actor }) {
      const { connection, host } = await mine(holder, connectionId);
      // A host that does not answer keeps nobody connected.
      const revoked = await tokens.revoke(host, connection).catch((error: unknown) => {
        if (error instanceof Problem) return false;
        throw error;
      });
      const entry = { at: at(), tenant: 'system', actor, operation: 'host.disconnect', object: connectionId };
      await transactor.commit([
        { op: 'hostConnection.remove', connectionId },
        { op: 'audit.append', ...entry, detail: { revoked: String(revoked) } },
      ]);
      return { revoked };
    },
  };
}

const refused = (code: string, detail: string): Problem => new Problem('conflict', detail, { extensions: { code } });

const kindsOf = (scope: string): TransferKind[] =>
  (['pull', 'push'] as const).filter((kind) => scopesOf(scope).includes(SCOPES[kind]));

/** What a connection allows. */
export const mayOf = ({ scope, endedAt }: HostConnection): Record<TransferKind, boolean> => {
  const kinds = endedAt === undefined ? kindsOf(scope) : [];
  return { pull: kinds.includes('pull'), push: kinds.includes('push') };
};
