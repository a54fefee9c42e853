import type { LimitedUse } from '#holders';
import type { Text } from '#kernel';
import type { AuditWrite } from '#observability';
import type { BadgeSubject, Verdict } from '#verifier';

/** By which badges of elsewhere are kept and found again: an address or a key that a session has proven. */
export interface Keeper {
  kind: 'email' | 'did';
  value: string;
}

/** `ob2`: of an edition before 3.0; shown, never counted. */
export type ImportFormat = 'ob3-json' | 'ob3-jwt' | 'ob2';

/** How it came: as a file or text, from an address, from another host by its API, or to ours by a program. */
export type ImportSource = 'upload' | 'url' | 'host' | 'api';

/** A badge of another issuer, as its holder brought it. Holds personal data. */
export interface ImportedCredential {
  importId: string;
  keeperKind: 'email' | 'did';
  keeperValue: string;
  format: ImportFormat;
  /** What came, byte for byte, and what it was called. */
  received: Uint8Array;
  mediaType: string;
  receivedSha256: string;
  /** The credential that was found in it (JSON or a compact token), where that is not the whole of it. */
  credential?: string;
  /** What it calls itself and its issuer: of `ob2` nothing of this was checked. */
  credentialId?: string;
  issuerId?: string;
  name?: string;
  issuerName?: string;
  /** SHA-256 of issuer and id as they are compared: two with one identity are editions of one badge. */
  identity: string;
  /** UTC with milliseconds; of two editions the later is the current one. Empty where it has none. */
  validFrom: string;
  /** Whom it names. */
  subject: BadgeSubject;
  source: ImportSource;
  address?: string;
  receivedAt: string;
  arrivalVerdict: Verdict;
  /** Of the report at arrival (RFC 8785). */
  reportSha256: string;
  /** As it was verified last. */
  verdict: Verdict;
  sentence: Text;
  verifiedAt: string;
}

/** What a list tells of one: not its bytes. */
export type ImportSummary = Omit<ImportedCredential, 'received' | 'credential'>;

export interface ImportPage {
  limit: number;
  offset: number;
  /** Whole-second UTC: only what is valid from later than this. */
  since?: string;
}

/** Of one keeper. */
export interface ImportQuota {
  count: number;
  bytes: number;
}

export interface ImportReader {
  imported(importId: string): Promise<ImportedCredential | undefined>;
  /** The editions that these keepers have of one badge. */
  importedByIdentity(keepers: readonly Keeper[], identity: string): Promise<ImportSummary[]>;
  /** Newest first, and how many there are in all. */
  importsOf(keepers: readonly Keeper[], page: ImportPage): Promise<{ items: ImportSummary[]; total: number }>;
  /** With everything, for a stack. */
  importsToCount(keepers: readonly Keeper[], limit: number): Promise<ImportedCredential[]>;
  /** Undetermined, received after the one instant, not looked at since the other; the longest unlooked at first. */
  importsToRetry(receivedAfter: string, verifiedBefore: string, limit: number): Promise<ImportedCredential[]>;
}

export interface Looked {
  importId: string;
  verdict: Verdict;
  sentence: Text;
  verifiedAt: string;
}

export type ImportWrite =
  /**
   * Fails with `UniqueViolation('imported_credentials')` when this keeper has the badge, and with
   * `UniqueViolation('import.quota')` when there would be more than `most`.
   */
  | { op: 'import.insert'; row: ImportedCredential; most: ImportQuota }
  /**
   * A later edition takes the place of the one with its `importId`. Fails with `UniqueViolation('import.newer')` when that one
   * is gone or is no older, and with `UniqueViolation('import.quota')`.
   */
  | { op: 'import.replace'; row: ImportedCredential; most: ImportQuota }
  /** Only when it was not looked at later. */
  | ({ op: 'import.looked' } & Looked)
  | { op: 'import.remove'; importId: string }
  | { op: 'limitedUse.take'; use: LimitedUse; at: string }
  | AuditWrite;
