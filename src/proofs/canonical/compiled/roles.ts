import type { RdfQuad, RdfTerm } from 'jsonld';
import { numberText } from './numbers.ts';
import type { Role } from './plan.ts';
import type { Sentinels } from './sentinels.ts';

const XSD_STRING = 'http://www.w3.org/2001/XMLSchema#string';
const LANG_STRING = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString';

/** What follows the quotes of a literal in N-Quads. */
export function suffixOf(datatype: string, language: string | undefined): string {
  if (datatype === LANG_STRING) return language ? `@${language}` : '';
  return datatype === XSD_STRING ? '' : `^^<${datatype}>`;
}

/**
 * The role of each leaf, read from where its sentinel landed. Nothing is taken on trust from the contexts: what is not found,
 * found in two roles, twice as a literal, or inside a longer text, is a constant.
 * @param own the leaves of the document, for constants
 */
export function readRoles(
  dataset: readonly RdfQuad[],
  sentinels: Sentinels,
  own: readonly (string | number)[],
): Role[] {
  const found = new Map<number, Role>();
  const spoilt = new Set<number>();
  const see = (index: number, role: Role | undefined): void => {
    const before = found.get(index);
    if (role === undefined || (before && (before.kind !== 'iri' || role.kind !== 'iri'))) spoilt.add(index);
    else found.set(index, role);
  };
  for (const { subject, predicate, object, graph } of dataset) {
    for (const term of [subject, object]) {
      for (const index of sentinels.within(term.value)) see(index, roleAt(term, sentinels.leaves[index]!));
    }
    const elsewhere = [predicate, graph, ...(object.datatype ? [object.datatype] : [])].map((term) => term.value);
    for (const text of [...elsewhere, object.language ?? '']) {
      for (const index of sentinels.within(text)) see(index, undefined);
    }
  }
  return own.map((value, index) => (spoilt.has(index) ? undefined : found.get(index)) ?? { kind: 'constant', value });
}

/** Undefined where the sentinel is only a part of the term. */
function roleAt(term: RdfTerm, sentinel: string | number): Role | undefined {
  if (term.termType === 'NamedNode') return term.value === sentinel ? { kind: 'iri' } : undefined;
  if (term.termType !== 'Literal') return undefined;
  const datatype = term.datatype!.value;
  const { language } = term;
  const suffix = suffixOf(datatype, language);
  if (typeof sentinel === 'string') {
    if (term.value !== sentinel) return undefined;
    return { kind: 'literal', datatype, ...(language !== undefined && { language }), suffix };
  }
  const number = Number.isInteger(sentinel) ? 'i' : 'd';
  return term.value === numberText(sentinel, number, datatype)
    ? { kind: 'number', number, datatype, suffix }
    : undefined;
}
