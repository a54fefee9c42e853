import type { Text } from '#kernel';

/** What an institution states about one of its badges; README.md says how it is written. */
export interface Statement {
  /** did:web. */
  issuer: string;
  /** Permanent address, which is the id of the badge. */
  badge: string;
  /** Whole-second UTC instant for which it is stated. */
  asOf: string;
  /** SHA-256 (hex) of the signed badge as it is served. */
  sha256: string;
  achievement: string;
  /** Ends in `…` where it was cut. */
  name: string;
  /** Day of the award in the zone of the institution. */
  awarded: string;
  /** Signed into the badge. */
  recipient?: string;
  status: 'active' | 'suspended' | 'revoked';
  specimen: boolean;
  /** Whole-second UTC instant. */
  validUntil?: string;
}

/** What is true of an attestation. It has no verdict: that is a word about a badge, and this is not the badge. */
export interface AttestationReport {
  kind: 'attestation';
  /** Of the attestation. `undetermined`: the key of the issuer is not at hand, was revoked since, or the time has not come. */
  signature: 'valid' | 'invalid' | 'undetermined';
  /** Stable: `signature_valid`, `signature_invalid`, `key_unknown`, `key_revoked`, `key_expired`, `not_yet`. */
  code: string;
  /** What it is, by whom, what it states, and how old that is. */
  sentence: Text;
  /** What to do now. */
  advice: Text;
  checkedAt: string;
  /** The address it names, for the full check: anybody's word unless the signature is valid. */
  badge: string;
  issuerId: string;
  /** Present only when the signature is valid. */
  statement?: Statement & { ageDays: number; old: boolean };
}
