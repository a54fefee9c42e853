import type { JsonObject } from '#kernel';

/** `presentation` also for what a presentation holds: its credentials are held to the rules of credentials. */
export type DocumentKind = 'credential' | 'presentation';

/** The problem types of VCDM 2.0 section 7.2 that concern the form of a document; the address begins `PROBLEM_BASE`. */
export type ConformityProblem = 'MALFORMED_VALUE_ERROR' | 'PARSING_ERROR' | 'RANGE_ERROR';

export const PROBLEM_BASE = 'https://www.w3.org/TR/vc-data-model#';

/** One place where a document does not conform. */
export interface ConformityError {
  problem: ConformityProblem;
  /** Ours, stable: the id of the rule. */
  code: string;
  /** JSON Pointer into the document. */
  pointer: string;
  /** Never quotes what stands there. */
  detail: string;
}

/** What a rule knows besides the document. */
export interface About {
  kind: DocumentKind;
  /** By the first context. A document with another first context is held to 2.0, and told so by the rule `context`. */
  version: '2.0' | '1.1';
  /** Members whose values are data (`@json`): not looked into. */
  data: ReadonlySet<string>;
}

export interface Finding {
  pointer: string;
  detail: string;
  /** Default `MALFORMED_VALUE_ERROR`. */
  problem?: ConformityProblem;
}

/** A document of `sample.ts`, changed in place. */
export interface Example {
  /** What is done to it, in words: part of the title of a test. */
  title: string;
  on: 'credential' | 'credential-1.1' | 'presentation' | 'enveloped-credential' | 'enveloped-presentation';
  // biome-ignore lint/suspicious/noExplicitAny: examples reach into a JSON document
  change(document: any): void;
}

/** One rule of the data model: a file of its own. */
export interface ConformityRule {
  /** Stable; the `code` of its errors. */
  id: string;
  /** Section of VCDM 2.0, as its W3C test suite numbers it. */
  clause: string;
  check(document: JsonObject, about: About): Finding[];
  examples: { pass: readonly Example[]; fail: readonly (Example & { pointer: string })[] };
}
