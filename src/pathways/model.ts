export type { LegalInstrument } from '#framework';

import type { CreditDifference } from '#framework';
import type { Text } from '#kernel';
import type { RuleNode } from './rule-model.ts';

export type Binding = 'Mandatory' | 'Advisory';
export type Realism = 'Published' | 'Illustrative';

/** One version of a pathway, as far as evaluation needs it. */
export interface Pathway {
  id: string;
  name: string;
  version: string;
  /** DID of the body that may act on a met evaluation. */
  conferrer: string;
  /** Address of the definition of the qualification; what awards by it must be of. */
  achievement?: string;
  /** Days, half-open; a pathway outside its period is still evaluated, and the caller says so. */
  effectivePeriod?: { from: string; until?: string };
  realism?: Realism;
  /**
   * Credit systems in the order in which totals are compared while unmet (A6, level 2); default: in the order in which the
   * tree names them, pre-order.
   */
  systems?: readonly string[];
  /** The rule tree: `stackingRule` of the signed document. */
  root: RuleNode;
}

/** Least to most. */
export const SUPERVISION = ['UnsupervisedNoId', 'SupervisedNoId', 'SupervisedOnline', 'OnsiteWithId'] as const;
export type Supervision = (typeof SUPERVISION)[number];

export type Direction = 'HigherBetter' | 'LowerBetter';

/**
 * One verified credential, reduced to facts (A1). Days are calendar days in Asia/Manila, amounts decimal text. A fact that
 * is not there fails the rule that needs it.
 */
export interface Holding {
  /** IRI of the credential; unique. */
  id: string;
  /** The award itself: equal in every re-issue and copy. The credential's own id when it states none. */
  awardId: string;
  achievement: string;
  version?: string;
  name?: string;
  /** DID of the body that awarded it. */
  provider: string;
  awardType?: string;
  category?: string;
  sector?: string;
  /** `learningRoute` of the ph context. */
  route?: string;
  level?: number;
  /** Competency and course codes it carries. */
  competencies: readonly string[];
  /** System -> decimal as text; NOTIONAL-HOUR is a system like any other. */
  credit: Readonly<Record<string, string>>;
  awarded: string;
  /** Last day on which it is current. */
  expires?: string;
  /** `unknown` (its status could not be found out) counts as provisional does: only in the hopeful run. */
  state: 'active' | 'suspended' | 'revoked' | 'annulled' | 'unknown';
  /** Default `completed`. */
  completion?: 'completed' | 'provisional';
  result?: { scale: string; direction: Direction; value: string };
  assessed?: boolean;
  supervision?: Supervision;
  /** What the accreditation check answered, by role and by the authority (trust anchor or accreditor) it rests on. */
  accredited: readonly AccreditedAnswer[];
  /** Targets (IRIs) that have consumed it already. */
  usedFor?: readonly string[];
}

export interface AccreditedAnswer {
  role: 'Train' | 'Assess' | 'Award';
  /** DID; absent when the answer is not of one authority: a yes then is of no named one, an unknown of each. */
  authority?: string;
  answer: 'yes' | 'no' | 'unknown';
}

/** A recorded decision that what was awarded stands for something here (A2; framework 7.1). Days inclusive. */
export interface EquivalenceDecision {
  id: string;
  /** DID of the body that decided. */
  decidedBy?: string;
  from: { achievement: string; version?: readonly string[] };
  to:
    | { mode: 'specified'; achievement: string; version?: string }
    | { mode: 'block'; achievements: readonly string[] }
    | { mode: 'unspecified'; category?: string };
  /** Category of what it stands for, for specified and block; absent keeps none. */
  category?: string;
  credit: { system: string; value: string };
  /** Most credit that may be placed under it, in the same system. */
  cap?: string;
  validFrom: string;
  validUntil?: string;
}

/** Everything an evaluation depends on; pure input (A1). */
export interface EvaluationInput {
  pathway: Pathway;
  /** Verified credentials of one proven holder. */
  holdings: readonly Holding[];
  /** The day to evaluate for, in Asia/Manila. */
  date: string;
  /** Decisions that the pathway's `equivalence` nodes may name. */
  decisions?: readonly EquivalenceDecision[];
  /** Ids of decisions of which it could not be found out what they say: where one could matter, nothing is unmet (A7). */
  unknownDecisions?: readonly string[];
  /** System -> decimal text, carried in from an earlier target. */
  carried?: Readonly<Record<string, string>>;
  /** The same, only said by somebody: it counts in the hopeful run (A7). */
  carriedStated?: Readonly<Record<string, string>>;
  /** Search nodes for the whole evaluation; deterministic, so that a stored decision can be run again. */
  budget?: number;
}

/** `pending`: nothing is wrong, but something could not be found out; it is never a pass. */
export type State = 'met' | 'unmet' | 'pending';
/** `undecided`: the search budget ended before the verdict was proved; never a pass. */
export type Verdict = State | 'undecided';

export interface Reason {
  /** Stable: programs match on it. */
  code: string;
  text: Text;
  /** The node it is about, when it is about one. */
  node?: string;
  /** Of `system` and `other_system`: what differs, and by which sources. */
  evidence?: CreditDifference['evidence'];
}

/** Which holding serves where: `guise` is absent for its own, else the id of the decision. */
export interface Placement {
  holding: string;
  node: string;
  /** Indexes into `items` that it covers; empty for a slot with a selector. */
  items: readonly number[];
  guise?: string;
}

export interface NodeResult {
  id: string;
  kind: RuleNode['kind'];
  binding: Binding;
  realism: Realism;
  text: Text;
  state: State;
  /** Under an anyOf or nOf of which other alternatives were taken. */
  alternative?: 'not_taken';
  reason: Text;
  /** Which credential serves which item (index into `items`). */
  served?: { item: number; holding: string }[];
  missing?: { item?: number; text: Text }[];
  /** Amounts as text. */
  credit?: { system: string; have: string; need: string };
}

export interface Evaluation {
  state: Verdict;
  /** What of the answer is proved: verdict, objective (levels 1 to 3), and the whole tie-break (levels 4 to 8). */
  proved: { verdict: boolean; objective: boolean; tieBreak: boolean };
  /** Mandatory requirements still open in the best assignment, and no assignment has fewer than `bound`. */
  outstanding: number;
  bound: number;
  /** The day it holds for. */
  date: string;
  pathway: { id: string; name: string; version: string; conferrer: string };
  sentence: Text;
  /** In the order of the tree, parents first. */
  nodes: NodeResult[];
  placements: Placement[];
  /** `placements` once for each item. */
  used: { holding: string; node: string; item: number }[];
  /** Total of the root by system, decimal text. */
  total: Readonly<Record<string, string>>;
  /** Could be taken and was not needed: free for other awards. */
  surplus: { holding: string; reasons: Reason[] }[];
  notCountable: { holding: string; reasons: Reason[] }[];
  /** What else there is to say: not asked for at all (`not_asked`), or counted and of no use to a sum (A2). */
  notes?: { holding: string; reasons: Reason[] }[];
  /** What is missing, of mandatory nodes. */
  missing: { node: string; item?: number; text: Text }[];
  /** Up to three ways to finish, each without an item that could be left out. */
  waysToFinish: { node: string; item?: number; text: Text }[][];
  /** Lesser awards whose node is met (exitAward). */
  exitAwards: { award: string; node: string }[];
  /** What carryOver hands on when met, by system. */
  carriesOver: Readonly<Record<string, string>>;
  /** Why it is pending. */
  waitingFor: { holding?: string; decision?: string; reasons: Reason[] }[];
}
