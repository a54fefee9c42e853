import type { Page, PageRequest } from '#kernel';
import type { AuditWrite } from '#observability';

export type AccreditationVerb = 'list' | 'approve' | 'accredit' | 'endorse';
export type AccreditationRole = 'Train' | 'Assess' | 'Award' | 'Accredit';

/** One alternative; every stated dimension must match, an absent one does not limit (framework 6.2). */
export interface AccreditationScope {
  awardType?: string[];
  /** Inclusive. */
  pqfLevelRange?: { from: number; to: number };
  /** Achievement IRIs. */
  achievement?: string[];
}

/** A signed grant: the credential text is authoritative, the columns are for look-up. */
export interface AccreditationRecord {
  tenant: string;
  accreditationId: string;
  accreditor: string;
  accredited: string;
  verb: AccreditationVerb;
  role: AccreditationRole;
  scope: AccreditationScope[];
  /** Days, half-open: in force from `validFrom` up to but not on `validUntil`. */
  validFrom: string;
  validUntil?: string;
  signed: string;
  createdAt: string;
}

/** Append-only; `effectiveAt` is the legal clock (a day), `recordedAt` ours (an instant). */
export interface AccreditationEventRecord {
  tenant: string;
  accreditationId: string;
  type: 'suspended' | 'reinstated' | 'withdrawn';
  effectiveAt: string;
  recordedAt: string;
  by: string;
  reason: string;
}

export interface AccreditationReader {
  accreditation(accreditationId: string): Promise<AccreditationRecord | undefined>;
  accreditations(tenant: string, page: PageRequest): Promise<Page<AccreditationRecord>>;
  /** Everything this accreditor ever granted, with its events: the content of its register. */
  register(tenant: string): Promise<{ grants: AccreditationRecord[]; events: AccreditationEventRecord[] }>;
}

export type AccreditationWrite =
  | { op: 'accreditation.insert'; row: AccreditationRecord }
  | { op: 'accreditationEvent.insert'; row: AccreditationEventRecord }
  | AuditWrite;
