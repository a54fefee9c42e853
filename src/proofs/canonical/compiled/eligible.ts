/**
 * What keeps a document off the compiled path. Each id is one rule:
 * S-1 structure (keywords, nested contexts), S-2 contexts, I-1 form of an IRI, I-2 an IRI that a context would change,
 * I-3 a constant has another value, L-1 text of a literal, N-1 kind of a number, N-2 a number without an exact form,
 * K-1 kind of a value, D-1 equal statements, D-2 blank nodes with equal first hashes, P-1 proof value,
 * R-1 `__proto__`, R-3 order by UTF-16 unit, `size` bounds of the key, `plan` there is none for this document.
 */
export type Rule =
  | 'S-1'
  | 'S-2'
  | 'I-1'
  | 'I-2'
  | 'I-3'
  | 'L-1'
  | 'N-1'
  | 'N-2'
  | 'K-1'
  | 'D-1'
  | 'D-2'
  | 'P-1'
  | 'R-1'
  | 'R-3'
  | 'size'
  | 'plan';

/** A normal answer, never an error: the reference path is taken, and refuses what must be refused. */
export interface NotEligible {
  notEligible: Rule;
  /** JSON Pointer, or the number of the leaf, where it is known. */
  at?: string;
}

export function notEligible(rule: Rule, at?: string | number): NotEligible {
  return at === undefined ? { notEligible: rule } : { notEligible: rule, at: String(at) };
}

export function isNotEligible(value: unknown): value is NotEligible {
  return typeof value === 'object' && value !== null && 'notEligible' in value;
}

/** Rules taken out, by tests alone, to show that each of them carries weight. */
export type Without = ReadonlySet<Rule>;
export const NOTHING: Without = new Set();
