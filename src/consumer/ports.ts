import type { LimitedUse } from '#holders';
import type { Keeper } from '#imports';
import type { Text } from '#kernel';
import type { AuditWrite } from '#observability';

/** Of the service description of a host (OB 3.0, 6.3): what a consumer needs. Every address of it is at one origin. */
export interface HostDescription {
  title: string;
  /** Before `/credentials`; no trailing slash. */
  apiUrl: string;
  registrationUrl: string;
  authorizationUrl: string;
  tokenUrl: string;
  refreshUrl: string;
  /** The standard has no place for it: absent where the host names none. */
  revocationUrl?: string;
  /** Only where they are at the same origin. */
  termsUrl?: string;
  privacyUrl?: string;
  /** What may be asked for. */
  scopes: readonly string[];
}

/** A host that this service registered with; all learners share the registration. */
export interface KnownHost {
  hostId: string;
  discoveryUrl: string;
  description: HostDescription;
  clientId: string;
  /** Sealed. */
  clientSecret: string;
  /** Space-separated, as registered. */
  scope: string;
  /** Absent: it never expires. */
  secretExpiresAt?: string;
  registeredAt: string;
}

/** A learner who was sent to a host, and is to come back. */
export interface HostAuthorization {
  stateSha256: string;
  hostId: string;
  /** The holder session that it is for, and no other. */
  sessionId: string;
  /** PKCE; sealed. */
  verifier: string;
  /** Space-separated, as asked. */
  scope: string;
  lang: 'en' | 'fil';
  expiresAt: string;
}

/** What one learner allowed this service at one host. Holds personal data. */
export interface HostConnection {
  connectionId: string;
  hostId: string;
  keeperKind: Keeper['kind'];
  keeperValue: string;
  /** Space-separated, as granted. */
  scope: string;
  /** Access and refresh token; sealed. */
  tokens: string;
  accessExpiresAt: string;
  connectedAt: string;
  /** All that was issued before was asked for. */
  pulledAt?: string;
  /** The host takes its tokens no more: the learner has to connect again. */
  endedAt?: string;
  /** Of the worker that has its turn: a stale number writes nothing. */
  fence: number;
  leaseUntil?: string;
}

export type TransferKind = 'pull' | 'push';

/** What became of one badge of a pull. */
export interface PulledBadge {
  outcome: 'created' | 'replaced' | 'not_newer' | 'refused';
  importId?: string;
  name?: string;
  /** Of `refused`. */
  code?: string;
  sentence?: Text;
}

export type TransferCode =
  | 'busy'
  | 'no_answer'
  | 'connect_again'
  | 'forbidden'
  | 'refused'
  | 'not_understood'
  | 'link_elsewhere'
  | 'too_large'
  | 'too_many'
  | 'quota'
  | 'later'
  | 'gone';

/** Why it failed, or what it waits for. `said`: the host's own words, cut and cleaned. */
export interface TransferProblem {
  code: TransferCode;
  status?: number;
  minor?: string;
  said?: string;
}

/** Badges that a learner asked to be brought from a host, or one to be sent there. Holds personal data. */
export interface Transfer {
  transferId: string;
  connectionId: string;
  kind: TransferKind;
  /** Of a push; else empty. */
  credentialId: string;
  form: 'document' | 'token';
  state: 'waiting' | 'done' | 'failed';
  /** Of a push that is done. */
  outcome?: 'created' | 'replaced' | 'unchanged';
  /** Failed attempts at the step at hand; of these, those without `Retry-After`. */
  attempts: number;
  tries: number;
  dueAt: string;
  /** Of a pull: the page to be read next, and how many were. */
  next?: string;
  pages: number;
  badges: readonly PulledBadge[];
  problem?: TransferProblem;
  createdAt: string;
  settledAt?: string;
}

/** A connection with its host and its last transfers, the newest first. */
export interface ConnectedHost {
  connection: HostConnection;
  host: KnownHost;
  transfers: readonly Transfer[];
}

export interface ConsumerReader {
  knownHost(discoveryUrl: string): Promise<KnownHost | undefined>;
  knownHostById(hostId: string): Promise<KnownHost | undefined>;
  hostAuthorization(stateSha256: string): Promise<HostAuthorization | undefined>;
  hostConnection(connectionId: string): Promise<HostConnection | undefined>;
  hostConnectionsOf(keepers: readonly Keeper[]): Promise<HostConnection[]>;
  /** Newest first. */
  hostTransfersOf(connectionId: string, limit: number): Promise<Transfer[]>;
  waitingTransfer(connectionId: string, kind: TransferKind, credentialId: string): Promise<Transfer | undefined>;
  /** The longest due of connections that no worker has, of none of these hosts and of none of these learners. */
  workableTransfer(
    at: string,
    notOf: { hosts: readonly string[]; keepers: readonly string[] },
  ): Promise<Workable | undefined>;
}

/** With whose turn it is: `keeper` as `HostConnection.keeperValue`. */
export interface Workable {
  transfer: Transfer;
  hostId: string;
  keeper: string;
}

interface Fenced {
  connectionId: string;
  fence: number;
}

export type ConsumerWrite =
  /** Fails with `UniqueViolation('known_hosts')` when another was first. */
  | { op: 'knownHost.insert'; row: KnownHost }
  | { op: 'knownHost.update'; row: KnownHost }
  | { op: 'hostAuthorization.insert'; row: HostAuthorization }
  /** Fails with `UniqueViolation('hostAuthorization.used')` when it is gone. */
  | { op: 'hostAuthorization.use'; stateSha256: string }
  /** Of the same learner at the same host it replaces everything but id and `pulledAt`. */
  | { op: 'hostConnection.put'; row: HostConnection }
  /** With its transfers. */
  | { op: 'hostConnection.remove'; connectionId: string }
  /** This and the next three fail with `UniqueViolation('hostConnection.fence')` when another worker has it, or it changed. */
  | ({ op: 'hostConnection.lease'; at: string; until: string } & Fenced)
  | ({ op: 'hostConnection.hold'; until: string } & Fenced)
  | ({ op: 'hostConnection.tokens'; tokens: string; accessExpiresAt: string } & Fenced)
  | ({ op: 'hostConnection.release'; pulledAt?: string; endedAt?: string } & Fenced)
  /** Fails with `UniqueViolation('host_transfers')` when one of this kind waits. */
  | { op: 'hostTransfer.insert'; row: Transfer }
  | { op: 'hostTransfer.update'; row: Transfer }
  /** Forgets what was never come back from, and transfers that were settled before. */
  | { op: 'hosts.sweep'; at: string; settledBefore: string }
  | { op: 'limitedUse.take'; use: LimitedUse; at: string }
  | AuditWrite;
