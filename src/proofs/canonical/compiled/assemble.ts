import type { RdfQuad, RdfTerm } from 'jsonld';
import { type Json, type JsonObject, sha256Hex } from '#kernel';
import { type NotEligible, notEligible } from './eligible.ts';
import { inCanonicalOrder } from './lines.ts';
import { isExact } from './numbers.ts';
import { COMPILER, type Plan, type Quad, type Role, type Term } from './plan.ts';
import type { Sentinels } from './sentinels.ts';
import type { Shape } from './shape.ts';
import type { PinnedTerms } from './terms.ts';
import { charactersOf } from './values.ts';
import { versions } from './versions.ts';

/** What a run of the reference with sentinels has shown. */
export interface Discovered {
  dataset: RdfQuad[];
  roles: Role[];
  sentinels: Sentinels;
}

/** The plan as the sentinels show it, not yet tried. */
export function planOf(
  shape: Shape,
  document: JsonObject,
  { dataset, roles, sentinels }: Discovered,
  terms: PinnedTerms,
): Plan | NotEligible {
  if (dataset.some(({ graph }) => graph.termType !== 'DefaultGraph')) return notEligible('S-1');
  if (!hasOneFormOfDirection(dataset)) return notEligible('L-1');
  const nodes = new Nodes(dataset);
  const term = (one: RdfTerm): Term => {
    const [leaf] = sentinels.within(one.value);
    if (leaf !== undefined && roles[leaf]!.kind !== 'constant') return { type: 'leaf', leaf };
    if (one.termType === 'BlankNode') return { type: 'blank', node: nodes.number(one.value) };
    if (one.termType === 'NamedNode') return { type: 'iri', value: one.value };
    const { datatype, language } = one;
    return {
      type: 'literal',
      value: one.value,
      datatype: datatype!.value,
      ...(language !== undefined && { language }),
    };
  };
  const quads = dataset.map(
    ({ subject, predicate, object }): Quad => ({
      subject: term(subject),
      predicate: predicate.value,
      object: term(object),
    }),
  );
  const plan = {
    key: shape.key,
    roles,
    ...inCanonicalOrder(quads, roles, nodes.count, shape.leaves),
    objectNodes: nodes.objects,
    // A member that is itself one of a list's would be taken for its node.
    isForeseen: nodes.areForeseen && !shape.key.includes(RDF),
    constants: charactersOf(JSON.stringify(quads)),
    exactConstants: inexactNumbers(document) === inexactNumbers(shape.leaves),
    made: {
      compiler: COMPILER,
      source: sha256Hex(JSON.stringify(document)),
      contexts: [document['@context'] ?? []].flat().map((one) => terms.contexts.get(String(one)) ?? ''),
      ...versions(),
    },
  };
  return { ...plan, bytes: 2 * JSON.stringify(plan).length };
}

/** How many there are, at every level. The leaves are among those of the document. */
function inexactNumbers(value: Json): number {
  if (typeof value === 'number') return isExact(value) ? 0 : 1;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((count: number, item) => count + inexactNumbers(item), 0);
}

/**
 * The reference takes two texts of one property that differ in their direction alone for one (`compareValues`), so that which
 * of two statements it drops depends on the texts.
 */
function hasOneFormOfDirection(dataset: readonly RdfQuad[]): boolean {
  const forms = new Map<string, Set<string>>();
  for (const { predicate, object } of dataset) {
    if (object.termType !== 'Literal') continue;
    const before = forms.get(predicate.value) ?? new Set();
    forms.set(predicate.value, before.add(object.datatype!.value));
  }
  return [...forms.values()].every(
    (datatypes) => datatypes.size < 2 || ![...datatypes].some((one) => one.startsWith('https://www.w3.org/ns/i18n#')),
  );
}

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';

/** Blank nodes by number: those of objects in the order of their labels, then those of lists. */
class Nodes {
  readonly objects: number;
  readonly count: number;
  /** Labels without a gap, of objects first, and no list in a list: then they can be made again for other values. */
  readonly areForeseen: boolean;
  readonly #numbers = new Map<string, number>();

  constructor(dataset: readonly RdfQuad[]) {
    const labels = new Set<string>();
    const lists = new Set<string>();
    for (const { subject, predicate, object } of dataset) {
      for (const { termType, value } of [subject, object]) if (termType === 'BlankNode') labels.add(value);
      if (predicate.value === `${RDF}rest` && subject.termType === 'BlankNode') lists.add(subject.value);
    }
    const byLabel = (one: string, other: string): number => Number(one.slice(1)) - Number(other.slice(1));
    const objects = [...labels].filter((label) => !lists.has(label)).sort(byLabel);
    for (const label of [...objects, ...[...lists].sort(byLabel)]) this.#numbers.set(label, this.#numbers.size);
    this.objects = objects.length;
    this.count = this.#numbers.size;
    const isNested = dataset.some(
      ({ predicate, object }) => predicate.value === `${RDF}first` && lists.has(object.value),
    );
    this.areForeseen = !isNested && [...this.#numbers].every(([label, number]) => label === `b${number}`);
  }

  number(label: string): number {
    return this.#numbers.get(label)!;
  }
}
