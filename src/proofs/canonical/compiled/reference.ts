import type { RdfQuad } from 'jsonld';
import { CanonicalizationError } from '../outcome.ts';
import { canonicalizeDataset, REPETITION_FROM } from '../rdfc.ts';
import { type NotEligible, notEligible } from './eligible.ts';
import { numberText } from './numbers.ts';
import type { Plan, Quad, Role, Term } from './plan.ts';
import type { Leaf } from './shape.ts';
import type { Values } from './values.ts';

const XSD_STRING = 'http://www.w3.org/2001/XMLSchema#string';

/**
 * The same statements through rdf-canonize at the work factor of the reference: other code than `ownNquads`, from terms and
 * not from text.
 * @returns canonical N-Quads; `D-1` when a statement occurs twice, `D-2` when the reference might not answer
 */
export async function referenceNquads(plan: Plan, values: Values): Promise<string | NotEligible> {
  return canonical(plan.quads, plan.roles, values);
}

async function canonical(quads: Quad[], roles: Role[], values: Values): Promise<string | NotEligible> {
  const dataset = datasetOf({ quads, roles }, values.leaves);
  let nquads: string;
  try {
    nquads = await canonicalizeDataset(dataset, 1, 'sha256');
  } catch (error) {
    if (error instanceof CanonicalizationError) return notEligible('D-2');
    throw error;
  }
  return hasRepeatedLine(nquads) ? notEligible('D-1') : nquads;
}

/**
 * After `D-2` of the own canonicaliser. How far the reference gets within its limit depends on the order of its input and on
 * its labels, so both are made again as it would have made them.
 */
export async function deepNquads(plan: Plan, values: Values): Promise<string | NotEligible> {
  // From so many blank nodes on the reference looks for repetitions in the document, which is not at hand here.
  if (!plan.isForeseen || plan.linesOfNode.length >= REPETITION_FROM) return notEligible('D-2');
  const quads = inOrderOfReference(plan, values.leaves);
  return quads === undefined ? notEligible('D-2') : canonical(quads, plan.roles, values);
}

/** @param nquads in which equal lines follow each other */
export function hasRepeatedLine(nquads: string): boolean {
  let before = 0;
  for (let start = 0; start < nquads.length; ) {
    const end = nquads.indexOf('\n', start) + 1 || nquads.length;
    // Hardly any two have one length, and there is nothing to compare.
    const isAsLong = start - before === end - start;
    if (isAsLong && nquads.slice(before, start) === nquads.slice(start, end)) return true;
    before = start;
    start = end;
  }
  return false;
}

/** What is the same in every document is made once: terms, and the statements that hold no other. */
const constants = new WeakMap<Term, RdfTerm>();
const predicates = new WeakMap<Quad, RdfTerm>();
const statements = new WeakMap<Quad, RdfQuad>();

function datasetOf({ quads, roles }: Pick<Plan, 'quads' | 'roles'>, leaves: readonly Leaf[]): RdfQuad[] {
  const terms = roles.map((role, index) => leafTerm(role, leaves[index]!));
  const termOf = (one: Term): RdfTerm => {
    if (one.type === 'leaf') return terms[one.leaf]!;
    let term = constants.get(one);
    if (term === undefined) {
      term = constantTerm(one);
      constants.set(one, term);
    }
    return term;
  };
  return quads.map((quad) => {
    const made = statements.get(quad);
    if (made) return made;
    const { subject, object } = quad;
    const statement = {
      subject: termOf(subject),
      predicate: predicateOf(quad),
      object: termOf(object),
      graph: DEFAULT_GRAPH,
    };
    if (subject.type !== 'leaf' && object.type !== 'leaf') statements.set(quad, Object.freeze(statement));
    return statement;
  });
}

function predicateOf(quad: Quad): RdfTerm {
  let term = predicates.get(quad);
  if (term === undefined) {
    term = { termType: 'NamedNode', value: quad.predicate };
    predicates.set(quad, term);
  }
  return term;
}

const DEFAULT_GRAPH = { termType: 'DefaultGraph', value: '' } as const;

type RdfTerm = RdfQuad['object'];

const literal = (value: string, datatype: string, language?: string): RdfTerm => ({
  termType: 'Literal',
  value,
  datatype: { termType: 'NamedNode', value: datatype },
  ...(language !== undefined && { language }),
});

function constantTerm(term: Exclude<Term, { type: 'leaf' }>): RdfTerm {
  if (term.type === 'iri') return { termType: 'NamedNode', value: term.value };
  if (term.type === 'blank') return { termType: 'BlankNode', value: `b${term.node}` };
  return literal(term.value, term.datatype, term.language);
}

function leafTerm(role: Role, value: Leaf): RdfTerm {
  switch (role.kind) {
    case 'iri':
      return { termType: 'NamedNode', value: String(value) };
    case 'literal':
      return literal(String(value), role.datatype, role.language);
    case 'number':
      return literal(numberText(Number(value), role.number, role.datatype), role.datatype);
    case 'constant':
      return literal('', XSD_STRING);
  }
}

/**
 * Subjects sorted by their text (JSON-LD API 7.2), each with its lists before the statement that holds them; nodes of lists
 * are labelled as they come. Undefined when two objects are one subject: then its statements are merged in another order.
 */
function inOrderOfReference(plan: Plan, leaves: readonly Leaf[]): Quad[] | undefined {
  const groups = new Map<string, Quad[]>();
  let pending: Quad[] = [];
  let last: Term | undefined;
  for (const place of plan.referenceOrder) {
    const quad = plan.quads[place]!;
    pending.push(quad);
    if (isListNode(quad.subject, plan)) continue;
    const text = subjectText(quad.subject, leaves);
    const group = groups.get(text);
    if (group !== undefined && !(last !== undefined && sameTerm(last, quad.subject))) return undefined;
    if (group) group.push(...pending);
    else groups.set(text, pending);
    last = quad.subject;
    pending = [];
  }
  const sorted = [...groups.keys()].sort().flatMap((text) => groups.get(text)!);
  return relabelled(sorted, plan);
}

const isListNode = (term: Term, plan: Plan): boolean => term.type === 'blank' && term.node >= plan.objectNodes;

function subjectText(term: Term, leaves: readonly Leaf[]): string {
  if (term.type === 'blank') return `_:b${term.node}`;
  return term.type === 'leaf' ? String(leaves[term.leaf]) : (term as { value: string }).value;
}

function sameTerm(one: Term, other: Term): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function relabelled(quads: readonly Quad[], plan: Plan): Quad[] {
  const labels = new Map<number, number>();
  for (const { subject } of quads) {
    if (subject.type === 'blank' && isListNode(subject, plan) && !labels.has(subject.node)) {
      labels.set(subject.node, plan.objectNodes + labels.size);
    }
  }
  const renamed = (term: Term): Term =>
    term.type === 'blank' && isListNode(term, plan) ? { type: 'blank', node: labels.get(term.node)! } : term;
  return quads.map(({ subject, predicate, object }) => ({
    subject: renamed(subject),
    predicate,
    object: renamed(object),
  }));
}
