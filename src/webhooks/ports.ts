import type { CredentialOfEvent, EventType } from '#events';
import type { Page, PageRequest } from '#kernel';
import type { AuditEntry, AuditWrite } from '#observability';

/** `disabled`: by the service, after days in which nothing got through, or because the endpoint said that it is gone. */
export type WebhookState = 'active' | 'paused' | 'disabled';

/** An address of an institution's system that is told of its events. What signs is derived (secrets.ts): it is not here. */
export interface WebhookRecord {
  tenant: string;
  webhookId: string;
  url: string;
  description?: string;
  /** Absent: all, also those that are still to come. */
  eventTypes?: EventType[];
  state: WebhookState;
  /** Of the secret; one more each time it is replaced. */
  edition: number;
  /** Until then the secret before signs as well. */
  previousUntil?: string;
  /** Number of the last entry of the audit log that was looked at for it. */
  position: number;
  createdAt: string;
  createdBy: string;
  /** Fencing token of whoever sends to it: a stale one may not write. */
  fence: number;
  leaseUntil?: string;
  /** Looks in a row in which nothing got through, and since when. */
  failures: number;
  failingSince?: string;
  /** Nothing is sent before this instant. */
  restUntil?: string;
  disabledAt?: string;
  disabledReason?: DisabledReason;
}

export type DisabledReason = 'failing' | 'gone';

/** `failed`: given up after the last attempt. */
export type DeliveryState = 'pending' | 'delivered' | 'failed';

/** One event on its way to one endpoint. */
export interface DeliveryRecord {
  tenant: string;
  webhookId: string;
  /** Of the entry in the audit log. */
  seq: number;
  eventId: string;
  eventType: EventType;
  /** What it is about: the events of one are sent in order, each when the one before was taken or given up. */
  subject: string;
  /** The envelope as it is sent and signed. */
  payload: string;
  /** When it happened. */
  eventAt: string;
  state: DeliveryState;
  /** Since it was made, or asked for again. */
  attempts: number;
  /** Of the first of those attempts: three days later it is given up. */
  firstAt?: string;
  /** Not before this instant. */
  dueAt: string;
  lastAt?: string;
  lastStatus?: number;
  /** Why there was no status: `timeout`, `tls`, `dns`, `connect`, `refused`. */
  lastFault?: string;
  /** Milliseconds of the last attempt. */
  lastMs?: number;
  settledAt?: string;
}

/** Of one attempt, to be written down. */
export type DeliveryOutcome = Pick<
  DeliveryRecord,
  'seq' | 'state' | 'attempts' | 'firstAt' | 'dueAt' | 'lastAt' | 'lastStatus' | 'lastFault' | 'lastMs' | 'settledAt'
>;

/** How an endpoint does after some attempts. */
export type WebhookHealth = Pick<WebhookRecord, 'failures' | 'failingSince' | 'restUntil'>;

export interface DeliveryFilter {
  tenant: string;
  webhookId: string;
  state?: DeliveryState;
}

export interface WebhookReader {
  webhook(tenant: string, webhookId: string): Promise<WebhookRecord | undefined>;
  webhooks(tenant: string, page: PageRequest): Promise<Page<WebhookRecord>>;
  /**
   * Active ones, not leased and not resting at `at`, whose institution did something that was not looked at for them, or to
   * which something is due; those that were worked for longest ago first.
   */
  workableWebhooks(at: string, limit: number): Promise<WebhookRecord[]>;
  /** Entries of the audit log of one institution after that number, in order. */
  entriesAfter(tenant: string, seq: number, limit: number): Promise<AuditEntry[]>;
  /** Number of the last entry of the institution's log before this instant; 0 for none. */
  entryBefore(tenant: string, at: string): Promise<number>;
  credentialsOfEvents(tenant: string, credentialIds: readonly string[]): Promise<CredentialOfEvent[]>;
  pendingDeliveries(tenant: string, webhookId: string): Promise<number>;
  /** Pending and due at `at`, each the first pending one of its subject; in order. */
  dueDeliveries(tenant: string, webhookId: string, at: string, limit: number): Promise<DeliveryRecord[]>;
  delivery(tenant: string, webhookId: string, seq: number): Promise<DeliveryRecord | undefined>;
  /** The newest first. */
  latestDeliveries(filter: DeliveryFilter, limit: number): Promise<DeliveryRecord[]>;
  /** In the order in which they happened. */
  deliveries(filter: DeliveryFilter, page: PageRequest): Promise<Page<DeliveryRecord>>;
}

interface OfWebhook {
  tenant: string;
  webhookId: string;
}

/** Of a worker: fails with `UniqueViolation('webhook.fence')` when `fence` is stale, and counts it up. */
interface Fenced extends OfWebhook {
  fence: number;
}

export type WebhookWrite =
  /** Its position becomes the number of the last entry of the log of the institution: it is told what comes after. */
  | { op: 'webhook.insert'; row: Omit<WebhookRecord, 'position'>; most: number }
  /** Absent members stay; null takes one away. Whoever sends to it begins anew. */
  | ({ op: 'webhook.change'; set: WebhookChange } & OfWebhook)
  /** With its deliveries. Fails with `not-found`. */
  | ({ op: 'webhook.remove' } & OfWebhook)
  /** Of two workers one gets it: fails like `Fenced` also when the lease of another has not run out at `at`. */
  | ({ op: 'webhook.lease'; at: string; until: string } & Fenced)
  /** Deliveries of the entries up to `position`. One that is there already is to be made once more. */
  | ({ op: 'webhook.project'; from: number; position: number; rows: readonly DeliveryRecord[]; until: string } & Fenced)
  | ({ op: 'webhook.settle'; outcomes: readonly DeliveryOutcome[]; health: WebhookHealth; until: string } & Fenced)
  | ({ op: 'webhook.disable'; reason: DisabledReason; at: string } & Fenced)
  /** Lets others have it. */
  | ({ op: 'webhook.release'; at: string } & Fenced)
  /** One more time, now. Fails with `not-found` when it is not there any more. */
  | ({ op: 'webhook.redeliver'; seq: number; at: string } & OfWebhook)
  /** Deletes what was delivered or given up before. */
  | { op: 'webhook.forget'; before: string }
  | AuditWrite;

export type WebhookChange = Partial<Pick<WebhookRecord, 'url' | 'state' | 'edition' | 'position'>> & {
  [K in 'description' | 'eventTypes' | 'previousUntil' | 'disabledAt' | 'disabledReason']?: WebhookRecord[K] | null;
} & { [K in 'failingSince' | 'restUntil']?: null } & { failures?: 0 };
