import type { FieldError, JsonObject, Page, PageRequest, ProblemKind } from '#kernel';
import type { AuditWrite } from '#observability';

/**
 * `pending` waits for a decision. `approved` is decided and not yet issued: only a crash or a temporary fault leaves it so.
 * `issued`, `rejected` and `failed` are final; `failed` means approved, but issuing was refused for good.
 */
export type ApprovalState = 'pending' | 'approved' | 'issued' | 'rejected' | 'failed';

/** A request to issue that one person prepared and another one decides. Holds personal data, as credentials do. */
export interface ApprovalRecord {
  tenant: string;
  approvalId: string;
  state: ApprovalState;
  achievementId: string;
  /** Pinned at preparation: what the approver saw is what is signed. */
  achievementVersion: number;
  recipients: number;
  /** The request, with the version filled in. */
  body: JsonObject;
  /** Of the request as it was sent, for its retries. */
  requestSha256: string;
  idempotencyKey?: string;
  preparedAt: string;
  /** `key:ID`. */
  preparedBy: string;
  /** In the form of `canonicalPerson`. */
  preparedPerson: string;
  decidedAt?: string;
  decidedBy?: string;
  decidedPerson?: string;
  reason?: string;
  settledAt?: string;
  /** Of `issued`, in the order of the recipients. */
  credentialIds?: string[];
  /** Of `failed`. */
  problem?: { kind: ProblemKind; detail: string; errors?: FieldError[] };
}

export interface ApprovalReader {
  approval(tenant: string, approvalId: string): Promise<ApprovalRecord | undefined>;
  approvalByIdempotencyKey(tenant: string, key: string): Promise<ApprovalRecord | undefined>;
  /** In the order they were prepared. */
  approvals(filter: { tenant: string; state?: ApprovalState }, page: PageRequest): Promise<Page<ApprovalRecord>>;
  /** Of all tenants, in state `approved`, oldest decision first. */
  approvedApprovals(limit: number): Promise<ApprovalRecord[]>;
}

export type ApprovalWrite =
  | { op: 'approval.insert'; row: ApprovalRecord }
  /** Only from `pending` and only by another person: `UniqueViolation('approval.state')` otherwise. */
  | {
      op: 'approval.decide';
      tenant: string;
      approvalId: string;
      state: 'approved' | 'rejected';
      decidedAt: string;
      decidedBy: string;
      decidedPerson: string;
      reason?: string;
    }
  /** Only from `approved`: `UniqueViolation('approval.state')` otherwise. */
  | ({ op: 'approval.settle'; tenant: string; approvalId: string; settledAt: string } & (
      | { state: 'issued'; credentialIds: string[] }
      | { state: 'failed'; problem: NonNullable<ApprovalRecord['problem']> }
    ))
  | AuditWrite;
