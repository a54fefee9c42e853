import type { Leaf } from './shape.ts';

/** What became of a leaf in the statements, as the reference showed it. */
export type Role =
  | { kind: 'iri' }
  /** `suffix` of the N-Quads literal: `^^<datatype>`, `@language`, or nothing for a string. */
  | { kind: 'literal'; datatype: string; language?: string; suffix: string }
  | { kind: 'number'; number: 'i' | 'd'; datatype: string; suffix: string }
  /** It does not occur in the statements as it is: only this value has the meaning of the plan. */
  | { kind: 'constant'; value: Leaf };

/** A term of the data model of RDF, or the number of the leaf that it is made of. */
export type Term =
  | { type: 'iri'; value: string }
  | { type: 'literal'; value: string; datatype: string; language?: string }
  /** Number of a blank node, from 0, in the order in which the reference labels nodes; those of lists come last. */
  | { type: 'blank'; node: number }
  | { type: 'leaf'; leaf: number };

export interface Quad {
  subject: Term;
  predicate: string;
  object: Term;
}

/**
 * One statement as text with at most two holes: `before`, hole `a`, `between`, hole `b`, `after`. Holes are numbers of leaves,
 * then of blank nodes; -1 is none.
 */
export interface Line {
  before: string;
  a: number;
  between: string;
  b: number;
  after: string;
}

/**
 * Lines that follow each other and have one subject. Where a run begins, its lines come after all those before it whatever
 * the values are, because the predicates say so, or what follows them; within a run the values decide.
 */
export interface Group {
  start: number;
  /** Where each run begins, and where the last one ends. */
  runs: number[];
}

/**
 * The statements of every document of one shape. Plain data: made in a worker thread, used on the main one; never read from a
 * disk or a network.
 */
export interface Plan {
  /** Key of the shape. */
  key: string;
  roles: Role[];
  /** For the reference, as terms. In the canonical order of the source document, which costs its sort least. */
  quads: Quad[];
  /** Places in `quads` in the order in which the reference made them. */
  referenceOrder: number[];
  /** The first blank nodes are of objects, the others of lists. */
  objectNodes: number;
  /** Whether the labels and the order of the reference can be made again for other values. */
  isForeseen: boolean;
  /** For the own canonicaliser, as text: the same statements in the same order. */
  lines: Line[];
  /** The same lines, parted by subject. */
  groups: Group[];
  /** Of every blank node, the numbers of the lines in which it occurs. */
  linesOfNode: number[][];
  /** Of what is the same in all documents. */
  constants: Characters;
  /** Whether every number in it has an exact text. */
  exactConstants: boolean;
  /** What it was made of, so that a difference can be looked into. */
  made: { compiler: number; source: string; contexts: string[]; jsonld: string; canonize: string };
  /** About so much memory. */
  bytes: number;
}

/** Characters that UTF-16 units and code points sort differently, when both kinds are there. */
export interface Characters {
  /** Above U+FFFF. */
  astral: boolean;
  /** U+E000 to U+FFFF. */
  late: boolean;
}

/** Of the format of plans and the rules; a change makes other plans. */
export const COMPILER = 2;
