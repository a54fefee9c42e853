import type { Identifiers } from '#identifiers';
import type { Verifier } from '#verifier';
import type { Leniencies } from '../leniencies.ts';
import { WalletRefusal } from '../refusal.ts';

/** Against what key proofs are checked. */
export interface ProofContext {
  /** Credential issuer identifier: the only audience. */
  issuer: string;
  now: Date;
  /** Of the token; absent for a wallet that did not say who it is. */
  clientId?: string;
  leniencies: Leniencies;
  identifiers: Pick<Identifiers, 'resolveMethod'>;
  verifyPresentation: Verifier['verifyPresentation'];
}

/** A key that somebody showed control of, if the nonce is good. */
export interface ProvenKey {
  /** DID; the subject of the badge. */
  holder: string;
  /** Multikey: two spellings of a DID are one key. */
  key: string;
  nonce: string;
}

export const badProof = (detail: string, cause?: unknown) => new WalletRefusal('invalid_proof', detail, { cause });
