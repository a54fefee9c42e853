import type { MailWrite } from '#delivery';
import type { Page, PageRequest } from '#kernel';
import type { AuditWrite } from '#observability';
import type { OfferWrite } from '#offers';

export type BatchState = 'previewed' | 'queued' | 'running' | 'done' | 'failed';

export interface BatchRecord {
  tenant: string;
  batchId: string;
  achievementId: string;
  achievementVersion: number;
  state: BatchState;
  /** Options common to all rows, as JSON (awardedDate, validUntil, include ...). */
  options: Record<string, unknown>;
  rows: number;
  invalidRows: number;
  issuedRows: number;
  failedRows: number;
  requestSha256: string;
  idempotencyKey?: string;
  createdAt: string;
  finishedAt?: string;
  actor: string;
  /** Who made it and, with two persons, who approved it, in the form of `canonicalPerson`. */
  person?: string;
  approvedPerson?: string;
  /** Lease of the worker: a stale token may not write. */
  fence: number;
  leaseUntil?: string;
}

export interface BatchRowRecord {
  tenant: string;
  batchId: string;
  /** 1-based line of data (the header is not counted). */
  row: number;
  input: Record<string, string>;
  state: 'valid' | 'invalid' | 'issued' | 'failed';
  credentialId?: string;
  errors?: { pointer: string; detail: string }[];
}

export interface BatchReader {
  batch(tenant: string, batchId: string): Promise<BatchRecord | undefined>;
  batches(tenant: string, page: PageRequest): Promise<Page<BatchRecord>>;
  batchByIdempotencyKey(tenant: string, key: string): Promise<BatchRecord | undefined>;
  batchRows(tenant: string, batchId: string, page: PageRequest): Promise<Page<BatchRowRecord>>;
  /** The next rows still `valid`, in order. */
  pendingBatchRows(tenant: string, batchId: string, limit: number): Promise<BatchRowRecord[]>;
  /** Batches that want work and whose lease has run out. */
  runnableBatches(now: string, limit: number): Promise<BatchRecord[]>;
}

export type BatchWrite =
  | { op: 'batch.insert'; row: BatchRecord; rows: BatchRowRecord[] }
  | { op: 'batch.queue'; tenant: string; batchId: string; approvedPerson?: string }
  /** Takes the lease: sets state running, fence + 1. Fails with `UniqueViolation('batch.fence')` when `fence` is stale. */
  | { op: 'batch.lease'; tenant: string; batchId: string; fence: number; leaseUntil: string }
  /** Fails like `batch.lease` on a stale fence. */
  | { op: 'batch.finish'; tenant: string; batchId: string; fence: number; state: 'done' | 'failed'; finishedAt: string }
  /** Back to `previewed`, waiting for its start. Fails like `batch.lease` on a stale fence. */
  | { op: 'batch.hold'; tenant: string; batchId: string; fence: number }
  /** Also counts the row in its batch. */
  | { op: 'batchRow.issued'; tenant: string; batchId: string; row: number; credentialId: string }
  | {
      op: 'batchRow.failed';
      tenant: string;
      batchId: string;
      row: number;
      errors: { pointer: string; detail: string }[];
    }
  /** Links that leave with the rows they belong to. */
  | OfferWrite
  | MailWrite
  | AuditWrite;
