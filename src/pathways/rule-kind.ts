import type { FieldError, Text } from '#kernel';
import type { Candidate, Mode } from './candidates.ts';
import type { ReasonCode } from './reasons.ts';
import type { RuleNode, SlotNode } from './rule-model.ts';

/** What was placed for a node, and what of it is still open. */
export interface NodeFacts {
  /** Slots: number of items. Checks and credit slots: amounts, in 1/10,000. Composites: children. */
  need: number;
  have: number;
  met: boolean;
  /** Titles of what is not served. */
  open: readonly string[];
}

interface KindBase<N extends RuleNode> {
  kind: N['kind'];
  title: Text;
  /** JSON Schema of the members beside those every node has; all of it is closed. */
  schema: { properties: Record<string, object>; required: readonly string[] };
  /** What the schema cannot say. Pointers are relative to the node. */
  faults(node: N): FieldError[];
  /** One sentence for people. Filters and limits say what they ask; they are never unmet by themselves. */
  explain(node: N, facts: NodeFacts): Text;
  /** Valid nodes, for documentation and tests. */
  examples: readonly N[];
}

/** Holds other nodes, or is data for the evaluation. */
export interface PlainKind<N extends RuleNode> extends KindBase<N> {
  role: 'composite' | 'meta';
}

/** How a slot is filled (A4). */
export interface Demand {
  /** Items it counts: `items` covers stated ones, `achievements` distinct ones, `placements` anything placed. */
  counts: 'items' | 'achievements' | 'placements' | 'credit';
  /** So many of them, or this sum in 1/10,000; `limit` is the most (a limit, A3). */
  need: number;
  limit?: number;
  system?: string;
  /** Sums beyond it are cut when handed on. */
  truncate?: number;
  /** Everything else counted in its scope must have been awarded by then (capstone). */
  last?: boolean;
}

export interface SlotKind<N extends SlotNode> extends KindBase<N> {
  role: 'slot';
  demand(node: N): Demand;
}

/** What a filter may look at besides the candidate. */
export interface FilterContext {
  date: string;
  mode: Mode;
  /** First day on which the wallet holds something that matches, own guise (A4, prerequisite); undefined when never. */
  earliest(key: object, matches: (candidate: Candidate) => boolean): string | undefined;
}

/** Says which holdings may be taken by the slots below its allOf. */
export interface FilterKind<N extends RuleNode> extends KindBase<N> {
  role: 'filter';
  /** Why it refuses; undefined when it passes. */
  refuses(node: N, candidate: Candidate, context: FilterContext): ReasonCode | undefined;
}

/** Says which sets may be taken below its allOf. Every limit is inherited by subsets: less never breaks it (A5). */
export interface LimitKind<N extends RuleNode> extends KindBase<N> {
  role: 'limit';
  broken(node: N, counted: readonly Candidate[]): boolean;
  /** The same for one more, where that is quicker. @param counted does not break it */
  brokenBy?(node: N, one: Candidate, counted: readonly Candidate[]): boolean;
}

/** One linear condition over what is counted: sum of `of` >= `atLeast`, exact. */
export interface Form {
  of(candidate: Candidate): bigint;
  atLeast: bigint;
  /** The sum is that of a credit system as handed on, after truncation. */
  total?: string;
}

export interface CheckContext {
  date: string;
  /** Residency bodies where the node names none: those of the nearest conferrer. */
  conferrers: readonly string[];
  /** Credit brought in, in 1/10,000, already capped by the carryOver of the same allOf (A4). */
  carried(system: string): number;
  /** Everything that may be counted in the scope. */
  candidates: readonly Candidate[];
  /** Eligible for a slot in the scope in its own guise, counted or not (basis `matched`). */
  matched(): readonly Candidate[];
}

/** Asked of what was taken in the nearest enclosing allOf: all its forms must hold (A4). */
export interface CheckKind<N extends RuleNode> extends KindBase<N> {
  role: 'check';
  forms(node: N, context: CheckContext): Form[];
  /** For people: how much there is and how much it takes, in 1/10,000 of the system. */
  amounts(node: N, counted: readonly Candidate[], context: CheckContext): { have: number; need: number };
}

export type RuleKind<N extends RuleNode = RuleNode> =
  | PlainKind<N>
  | FilterKind<N>
  | LimitKind<N>
  | CheckKind<N>
  | SlotKind<N & SlotNode>;
