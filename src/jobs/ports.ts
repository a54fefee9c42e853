import type { MailWrite } from '#delivery';
import type { FieldError, Page, PageRequest } from '#kernel';
import type { AuditWrite } from '#observability';
import type { OfferWrite } from '#offers';

/** `uploading`: its rows are still arriving, and nobody is shown it. What was issued of a `cancelled` one stays issued. */
export type BatchState = 'uploading' | 'previewed' | 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

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
  /** Lease of the worker, or of the upload: a stale token may not write. */
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
  errors?: FieldError[];
}

/** One signed credential of a batch, as stored. */
export interface BatchCredential {
  row: number;
  credentialId: string;
  signed: string;
}

/** Except for `staleUploads` nobody sees a batch that is `uploading`. */
export interface BatchReader {
  batch(tenant: string, batchId: string): Promise<BatchRecord | undefined>;
  batches(tenant: string, page: PageRequest): Promise<Page<BatchRecord>>;
  /** The newest first, of one state when it is named. */
  latestBatches(of: { tenant: string; state?: BatchState; limit: number }): Promise<BatchRecord[]>;
  batchByIdempotencyKey(tenant: string, key: string): Promise<BatchRecord | undefined>;
  batchRows(tenant: string, batchId: string, page: PageRequest): Promise<Page<BatchRowRecord>>;
  /** The first rows of this state after that one, in order. */
  batchRowsIn(
    tenant: string,
    batchId: string,
    state: 'valid' | 'invalid',
    page: { after: number; limit: number },
  ): Promise<BatchRowRecord[]>;
  /** Signed credentials of the rows after that one, in order. */
  batchCredentials(tenant: string, batchId: string, page: { after: number; limit: number }): Promise<BatchCredential[]>;
  /** Batches that want work and whose lease has run out. */
  runnableBatches(now: string, limit: number): Promise<BatchRecord[]>;
  /** Uploads whose lease has run out. */
  staleUploads(now: string, limit: number): Promise<BatchRecord[]>;
}

export type BatchWrite =
  | { op: 'batch.insert'; row: BatchRecord; rows: BatchRowRecord[] }
  /** More rows of an upload, counted in it, and its lease. Fails with `UniqueViolation('batch.state')` when it was given up. */
  | { op: 'batch.addRows'; tenant: string; batchId: string; rows: BatchRowRecord[]; leaseUntil: string }
  /** The upload is complete: from here on it is seen. Fails like `batch.addRows`. */
  | { op: 'batch.previewed'; tenant: string; batchId: string; requestSha256: string; idempotencyKey?: string }
  /** Takes away some rows of an upload, and with the last of them the upload. Fails like `batch.addRows`. */
  | { op: 'batch.discard'; tenant: string; batchId: string }
  /** Ends one that has not ended, whoever works on it. Fails with `UniqueViolation('batch.state')` otherwise. */
  | { op: 'batch.cancel'; tenant: string; batchId: string; finishedAt: string }
  | { op: 'batch.queue'; tenant: string; batchId: string; approvedPerson?: string }
  /** Takes the lease: sets state running, fence + 1. Fails with `UniqueViolation('batch.fence')` when `fence` is stale. */
  | { op: 'batch.lease'; tenant: string; batchId: string; fence: number; leaseUntil: string }
  /** Fails like `batch.lease` on a stale fence. */
  | { op: 'batch.finish'; tenant: string; batchId: string; fence: number; state: 'done' | 'failed'; finishedAt: string }
  /** Back to `previewed`, waiting for its start. Fails like `batch.lease` on a stale fence. */
  | { op: 'batch.hold'; tenant: string; batchId: string; fence: number }
  /** Also counts the rows in their batch. Fails with `UniqueViolation('batchRow.state')` unless all of them still wait. */
  | { op: 'batchRows.issued'; tenant: string; batchId: string; rows: { row: number; credentialId: string }[] }
  | { op: 'batchRows.failed'; tenant: string; batchId: string; rows: { row: number; errors: FieldError[] }[] }
  /** Links that leave with the rows they belong to. */
  | OfferWrite
  | MailWrite
  | AuditWrite;
