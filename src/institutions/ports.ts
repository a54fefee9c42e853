import type { Page, PageRequest } from '#kernel';
import type { AuditWrite } from '#observability';

/** What an institution says about itself; becomes the Open Badges `Profile` of every credential it issues. */
export interface InstitutionProfile {
  name: string;
  description?: string;
  url?: string;
  email?: string;
  /** `institutionType` of the ph context, e.g. `SUC`. */
  institutionType?: string;
  /** `authorityBasis` of the ph context, e.g. `Charter`. */
  authorityBasis?: string;
  /** IANA zone in which award days are counted and shown. */
  timeZone?: string;
  /** Who signs its certificates by hand, at most four. Printed; not in the signed profile. */
  signatories?: { name: string; office: string }[];
  otherIdentifier?: { identifier: string; identifierType: string }[];
  address?: {
    addressCountry?: string;
    addressCountryCode?: string;
    addressRegion?: string;
    addressLocality?: string;
    psgcCode?: string;
  };
}

/**
 * How many persons an award takes. `two-person`: one prepares, a different one approves (maker and checker, as a registrar
 * and a records officer countersign).
 */
export type ApprovalPolicy = 'one-person' | 'two-person';

/** `tenant` is the slug: fixed for ever, because DIDs and printed addresses carry it. */
export interface Institution {
  tenant: string;
  profile: InstitutionProfile;
  createdAt: string;
  /** Of this service only, never in the public profile. Absent: one person. */
  approval?: ApprovalPolicy;
  /** Days after an award in which what is held about its recipient is not erased. Of this service only. Absent: none. */
  recipientRetentionDays?: number;
}

export type KeyPurpose = 'assertion' | 'status';

/** A signing key as stored: the private half only wrapped. Never deleted: retired keys stay listed in the DID document. */
export interface SigningKeyRecord {
  tenant: string;
  /** Fragment of the verification method: `DID#keyId`. */
  keyId: string;
  purpose: KeyPurpose;
  publicKeyMultibase: string;
  /** `base64url(nonce).base64url(ciphertext+tag)`, AES-256-GCM, associated data `tenant\0keyId`. */
  wrappedPrivateKey: string;
  createdAt: string;
  /** Listed since `createdAt`, signs from here: who remembers an older DID document must have read it again by then. Absent: `createdAt`. */
  activeFrom?: string;
  /** From then on it verifies only (`expires` in the DID document). */
  retiredAt?: string;
  /** Compromised: nothing it signed counts after this instant (`revoked` in the DID document). */
  revokedAt?: string;
  /** A self-check failed then, and nobody has lifted the stop: it signs nothing. What it signed before still verifies. */
  stoppedAt?: string;
}

/** That a key was stopped because what was about to be released did not pass its own check. Kept for whoever looks into it. */
export interface SigningStop {
  stopId: string;
  tenant: string;
  keyId: string;
  stoppedAt: string;
  /** A word of ours: it names no person. */
  reason: string;
  /** The credential whose check failed; it was not released. */
  credentialId: string;
  /** What the same plan made before, since the last time it was held against the reference: to be looked at. */
  suspects: string[];
  /** JSON: document, both canonical forms, plan and versions, where they are known. May be about a person: never in a log. */
  evidence: string;
  liftedAt?: string;
  liftedBy?: string;
  liftReason?: string;
}

/** One DID document exactly as it was published, and when. Never changed: the log holds its digest. */
export interface DidDocumentRecord {
  tenant: string;
  /** From 1, one for each change. */
  number: number;
  recordedAt: string;
  /** SHA-256 (hex) of `text`. */
  sha256: string;
  text: string;
}

export interface InstitutionReader {
  institution(tenant: string): Promise<Institution | undefined>;
  institutions(page: PageRequest): Promise<Page<Institution>>;
  signingKeys(tenant: string): Promise<SigningKeyRecord[]>;
  /** Of all institutions, oldest first; those that nobody has lifted. At most 1,000. */
  openSigningStops(): Promise<SigningStop[]>;
  /** Oldest first. */
  didDocuments(tenant: string): Promise<DidDocumentRecord[]>;
  lastDidDocument(tenant: string): Promise<DidDocumentRecord | undefined>;
}

/** With its line in the audit log. */
export type SigningStopWrite = { op: 'signingKey.stop'; row: SigningStop } | AuditWrite;

export type InstitutionWrite =
  | { op: 'institution.insert'; row: Institution }
  | { op: 'institution.updateProfile'; tenant: string; profile: InstitutionProfile }
  | { op: 'institution.setApproval'; tenant: string; approval: ApprovalPolicy }
  | { op: 'institution.setRetention'; tenant: string; days: number }
  | { op: 'signingKey.insert'; row: SigningKeyRecord }
  | { op: 'signingKey.retire'; tenant: string; keyId: string; retiredAt: string }
  | { op: 'signingKey.revoke'; tenant: string; keyId: string; revokedAt: string }
  /** Lifts every stop of the key; `not-found` when there is none. */
  | { op: 'signingKey.resume'; tenant: string; keyId: string; at: string; actor: string; reason: string }
  /** Fails with `UniqueViolation` when another one took the number. */
  | { op: 'didDocument.insert'; row: DidDocumentRecord }
  | SigningStopWrite;
