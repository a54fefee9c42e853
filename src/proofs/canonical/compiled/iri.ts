import type { Rule, Without } from './eligible.ts';
import type { PinnedTerms } from './terms.ts';

const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s\0- \x7f<>"{}|\\^`]+$/;

/**
 * I-1: a scheme, then something without white space of any kind, controls, or what N-Quads must escape. Narrower than what
 * the reference takes for absolute (a comma in the scheme, `<`), so that what passes is the same IRI for every library.
 */
export const isAbsoluteIri = (text: string): boolean => ABSOLUTE.test(text) && text.isWellFormed();

/**
 * I-2: a term by its name, or a prefix, is replaced by some context (JSON-LD API 5.2.2). Stricter than needed: what begins
 * `//` behind the colon is not.
 */
export function isNamed(text: string, { names, longestName }: Pick<PinnedTerms, 'names' | 'longestName'>): boolean {
  return names.has(schemeOf(text)) || (text.length <= longestName && names.has(text));
}

/** Most have one of these, and then nothing is to be cut. */
const SCHEMES = ['https', 'did', 'urn', 'http'];

function schemeOf(text: string): string {
  for (const scheme of SCHEMES) if (text.startsWith(scheme) && text[scheme.length] === ':') return scheme;
  return text.slice(0, text.indexOf(':'));
}

/** Will expansion return this text unchanged, whatever contexts are in force? @returns the rule that says no */
export function iriFault(text: string, terms: PinnedTerms, without: Without): Rule | undefined {
  if (!isAbsoluteIri(text) && !without.has('I-1')) return 'I-1';
  return isNamed(text, terms) && !without.has('I-2') ? 'I-2' : undefined;
}
