import { type JsonObject, Problem } from '#kernel';

/** What whoever looks into a stop of signing needs. It may be about a person. */
export interface Mismatch {
  /** Canonical forms, plan and versions, as far as they are known; never a signature. */
  evidence: JsonObject;
  /** Ids of documents that the same plan served since it was last held against the reference with success. */
  suspects: string[];
}

/**
 * Two ways to one canonical form differ, or a signer answered with another signature than one of its published key: a fault
 * of ours, unlike anything that is only not eligible. What was found is no property that a log would write down.
 */
export class SigningMismatch extends Problem {
  readonly #found: Mismatch;

  constructor(detail: string, found: Mismatch = { evidence: {}, suspects: [] }) {
    super('signing-stopped', detail);
    this.#found = found;
  }

  get found(): Mismatch {
    return this.#found;
  }
}
