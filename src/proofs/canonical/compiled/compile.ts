import type { DocumentLoader, RdfQuad, RdfTerm } from 'jsonld';
import { type JsonObject, type Random, sha256Hex } from '#kernel';
import { CanonicalizationError } from '../outcome.ts';
import { toDataset } from '../rdfc.ts';
import { isNotEligible, NOTHING, type NotEligible, notEligible, type Without } from './eligible.ts';
import { isAbsoluteIri, isNamed } from './iri.ts';
import { linesOf } from './lines.ts';
import { ownNquads } from './own.ts';
import { COMPILER, type Plan, type Quad, type Role, type Term } from './plan.ts';
import { deepNquads, hasRepeatedLine, referenceNquads } from './reference.ts';
import { readRoles } from './roles.ts';
import { createSentinels, randomLeaves, type Sentinels, withLeaves } from './sentinels.ts';
import { type Leaf, shapeOf } from './shape.ts';
import type { PinnedTerms } from './terms.ts';
import { charactersOf, checkValues } from './values.ts';
import { versions } from './versions.ts';

export interface CompileDeps {
  terms: PinnedTerms;
  documentLoader: DocumentLoader;
  /** The reference. @throws CanonicalizationError */
  canonicalize(document: JsonObject): Promise<string>;
  random: Random;
  /** Rules left out, by tests alone. */
  without?: Without;
}

/** What the reference says differs from what the plan makes of it: the compiler must not be used any more. */
export interface PlanMismatch {
  mismatch: string;
  reference: string;
  compiled: string;
}

/** Random documents that a plan is tried on, besides its own. */
const INSTANCES = 2;
/** A leaf that turns out to be a constant may change what others are. */
const PASSES = 4;

/**
 * Makes the plan of a document's shape, in about five runs of the reference: one with sentinels, and one for each document
 * that the plan must reproduce before it may be used (T-2).
 * @returns `plan` when the reference does not accept the document
 */
export async function compile(document: JsonObject, deps: CompileDeps): Promise<Plan | NotEligible | PlanMismatch> {
  const { terms, without = NOTHING } = deps;
  const shape = shapeOf(document, terms, undefined, without);
  if (isNotEligible(shape)) return shape;
  const nquads = await accepted(() => deps.canonicalize(document));
  if (nquads === undefined) return notEligible('plan');
  if (hasRepeatedLine(nquads) && !without.has('D-1')) return notEligible('D-1');

  const discovered = await discover(document, shape.leaves, deps);
  if (isNotEligible(discovered)) return discovered;
  const plan = planOf(shape.key, document, discovered, terms);
  if (isNotEligible(plan)) return plan;

  const tried: { leaves: readonly Leaf[]; nquads?: string }[] = [{ leaves: shape.leaves, nquads }];
  for (let count = 0; count < INSTANCES; count++) tried.push({ leaves: randomLeaves(plan.roles, deps.random) });
  for (const { leaves, nquads: known } of tried) {
    const expected =
      known ?? (await accepted(() => deps.canonicalize(withLeaves(document, leaves, terms, without)))) ?? 'refused';
    const fault = await faultOf(plan, leaves, expected, deps);
    if (fault) return fault;
  }
  return plan;
}

/** T-2: both ways through the plan must give what the reference gives. */
async function faultOf(
  plan: Plan,
  leaves: readonly Leaf[],
  expected: string,
  { terms, without }: CompileDeps,
): Promise<NotEligible | PlanMismatch | undefined> {
  const values = checkValues(plan, leaves, 'verify', terms, without);
  if (isNotEligible(values)) return values;
  const own = ownNquads(plan, values, without);
  const other = isNotEligible(own) && own.notEligible === 'D-2' ? await deepNquads(plan, values) : undefined;
  for (const compiled of [own, other ?? (await referenceNquads(plan, values))]) {
    if (isNotEligible(compiled)) {
      // Work that the reference does on other input only; the plan is right for documents without such nodes.
      if (compiled.notEligible === 'D-2') continue;
      return compiled;
    }
    if (compiled !== expected && !without?.has('plan')) {
      return { mismatch: 'the plan does not give what the reference gives', reference: expected, compiled };
    }
  }
  return undefined;
}

interface Discovered {
  dataset: RdfQuad[];
  roles: Role[];
  sentinels: Sentinels;
}

/** Runs the reference with sentinels, again with what turned out to be constant left as it is. */
async function discover(
  document: JsonObject,
  own: readonly Leaf[],
  deps: CompileDeps,
): Promise<Discovered | NotEligible> {
  const { terms, without = NOTHING } = deps;
  let constants = new Set<number>();
  for (let pass = 0; pass < PASSES; pass++) {
    const sentinels = createSentinels(own, deps.random);
    const marked = sentinels.leaves.map((one, index) => (constants.has(index) ? own[index]! : one));
    const dataset = await accepted(() => toDataset(withLeaves(document, marked, terms, without), deps.documentLoader));
    if (dataset === undefined) return notEligible('plan');
    const roles = readRoles(dataset, sentinels, own).map((role, index): Role => {
      const value = own[index]!;
      // A context may replace it although the key does not say so: then only this value is known (I-3).
      const isReplaced = role.kind === 'iri' && !without.has('I-1') && !isSafeIri(value, terms);
      return constants.has(index) || isReplaced ? { kind: 'constant', value } : role;
    });
    const now = new Set(roles.flatMap((role, index) => (role.kind === 'constant' ? [index] : [])));
    if (now.size === constants.size) return { dataset, roles, sentinels };
    constants = now;
  }
  return notEligible('plan');
}

const isSafeIri = (value: Leaf, terms: PinnedTerms): boolean =>
  typeof value === 'string' && isAbsoluteIri(value) && !isNamed(value, terms);

function planOf(
  key: string,
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
  const lines = linesOf(quads, roles, nodes.count);
  const plan = {
    key,
    roles,
    quads,
    objectNodes: nodes.objects,
    nestedLists: nodes.nestedLists,
    ...lines,
    constants: charactersOf(JSON.stringify(quads)),
    made: {
      compiler: COMPILER,
      source: sha256Hex(JSON.stringify(document)),
      contexts: [document['@context'] ?? []].flat().map((one) => terms.contexts.get(String(one)) ?? ''),
      ...versions(),
    },
  };
  return { ...plan, bytes: 2 * JSON.stringify(plan).length };
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
  readonly nestedLists: boolean;
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
    this.nestedLists = dataset.some(
      ({ predicate, object }) => predicate.value === `${RDF}first` && lists.has(object.value),
    );
  }

  number(label: string): number {
    return this.#numbers.get(label)!;
  }
}

async function accepted<T>(run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof CanonicalizationError) return undefined;
    throw error;
  }
}
