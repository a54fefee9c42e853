import type { Page, PageRequest } from '#kernel';

/**
 * One line of the append-only audit log. Storage adds sequence, previous hash and hash inside the transaction, so that
 * an entry can never be committed apart from the change it tells of. No personal data: ids and digests only.
 */
export interface AuditWrite {
  op: 'audit.append';
  /** ISO instant, whole seconds UTC. */
  at: string;
  tenant: string;
  /** `key:ID` of an API key, or `system`. */
  actor: string;
  /** Operation name, e.g. `credential.prepare`, `credential.issue`, `credential.revoke`. */
  operation: string;
  /** Id of the thing acted on. */
  object: string;
  /** SHA-256 (hex) of the thing, when it has bytes. */
  objectSha256?: string;
  detail?: Record<string, string | number | boolean>;
}

export interface AuditEntry extends Omit<AuditWrite, 'op'> {
  seq: number;
  /** 64 zeros for the first entry. */
  previousHash: string;
  /** SHA-256 over the JSON of the entry without `hash`, in the member order seq, at, tenant, actor, operation, object, objectSha256, detail, previousHash. */
  hash: string;
}

export interface AuditReader {
  /** In order of `seq`; of one tenant, or of all when `tenant` is undefined. Only all together form the chain. */
  auditEntries(tenant: string | undefined, page: PageRequest): Promise<Page<AuditEntry>>;
  lastAudit(): Promise<AuditEntry | undefined>;
  /** When it was: every signature asks this, and no more. */
  lastAuditAt(): Promise<string | undefined>;
}
