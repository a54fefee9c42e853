import type { FieldError, JsonObject } from '#kernel';
import type { StatusType } from '../ports.ts';

/** What a rule may know besides the document. */
export interface LintContext {
  tenant: string;
  /** DID in whose name the credential is to be signed. */
  issuer: string;
  publicUrl: string;
  /** When the credential was drawn up: limits on future dates count from here. */
  now: Date;
  specimen: boolean;
  /** The pinned definition. */
  achievement: { id: string; version: number; document: JsonObject; extension: boolean; statusType: StatusType };
}

/** Changes the sample of `sample.ts` in place. */
type Change = (document: Sample, context: LintContext) => void;

/** The sample with its nested members typed loosely, so that an example is one line. */
// biome-ignore lint/suspicious/noExplicitAny: examples reach into a JSON document
export type Sample = any;

/** One issuing rule: a file of its own, with its source and the day from which it holds. */
export interface LintRule {
  /** Stable; the `code` of its errors. */
  id: string;
  source: string;
  /** First calendar day (UTC) on which documents are held to it. */
  effective: string;
  /** @returns one error for each place that breaks the rule, pointers into the document */
  check(document: JsonObject, context: LintContext): FieldError[];
  examples: { pass: readonly Change[]; fail: readonly { change: Change; pointer: string }[] };
}
