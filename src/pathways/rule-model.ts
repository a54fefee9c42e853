import type { Text } from '#kernel';
import type { Binding, Direction, Realism, Supervision } from './model.ts';

// The rule kinds of framework 7.1 as data; their meaning is stacking.md part A. A tree is JSON: one interface a kind.

/** What every node of a rule tree has. */
interface NodeBase {
  /** Unique in the tree. */
  id: string;
  text: Text;
  /** The instrument or publication the rule is taken from. */
  source: string;
  binding: Binding;
  realism: Realism;
}

/**
 * One thing that is asked for: an achievement (by IRI, with the accepted versions; any when absent), or whatever carries
 * a competency or course code (own guise only).
 */
export interface Item {
  achievement?: string;
  version?: string[];
  code?: string;
  title?: string;
}

/** Which holdings are meant: every stated member must match (one of its values); an empty selector is refused at save. */
export interface Select {
  /** IRIs it stands for in its guise. */
  achievement?: string[];
  category?: string[];
  awardType?: string[];
  /** DIDs. */
  provider?: string[];
  sector?: string[];
  route?: string[];
  /** Inclusive. */
  level?: { from: number; to: number };
  /** Competency codes; one of them is enough. */
  code?: string[];
}

/** Slots take holdings (A3). */
interface SlotMembers {
  /** The same achievement may be counted more than once (CPD). */
  repeatable?: boolean;
  /** `false`: evaluated alone with its ancestors' filters; takes nothing, adds nothing. */
  consume?: boolean;
}

// Composites
export interface AllOf extends NodeBase {
  kind: 'allOf';
  children: RuleNode[];
}
export interface AnyOf extends NodeBase {
  kind: 'anyOf';
  children: RuleNode[];
}
export interface NOf extends NodeBase {
  kind: 'nOf';
  n: number;
  children: RuleNode[];
}
export interface Not extends NodeBase {
  kind: 'not';
  /** Exactly one. */
  children: RuleNode[];
}

// Slots
export interface RequireAll extends NodeBase, SlotMembers {
  kind: 'requireAll';
  items: Item[];
}
/** Either `items` or `select`. */
export interface ChooseN extends NodeBase, SlotMembers {
  kind: 'chooseN';
  min: number;
  /** A limit; default none. */
  max?: number;
  items?: Item[];
  select?: Select;
}
export interface Capstone extends NodeBase, SlotMembers {
  kind: 'capstone';
  items: Item[];
}

/** With `select` a slot, without it a check. Amounts are decimal text, in one credit system. */
export interface CreditMin extends NodeBase, SlotMembers {
  kind: 'creditMin';
  system: string;
  min: string;
  select?: Select;
  /** Only with `select`. */
  max?: string;
  /** Only with `max`; default `refuse`. */
  excess?: 'refuse' | 'truncate';
}

// Limits
export interface CreditMax extends NodeBase {
  kind: 'creditMax';
  system: string;
  max: string;
  select?: Select;
}
export interface NoOverlap extends NodeBase {
  kind: 'noOverlap';
  mode: 'any' | 'subset';
}
/** `evaluation` is a filter, `span` a limit. `period` is ISO 8601, years, months and days. */
export interface EarnedWithin extends NodeBase {
  kind: 'earnedWithin';
  mode: 'evaluation' | 'span';
  period: string;
}

// Filters
export interface CurrentAt extends NodeBase {
  kind: 'currentAt';
}
export interface AccreditedAtAward extends NodeBase {
  kind: 'accreditedAtAward';
  role: 'Train' | 'Assess' | 'Award';
  /** DID; absent: of any authority. */
  authority?: string;
}
export interface AssessedOnly extends NodeBase {
  kind: 'assessedOnly';
}
export interface SupervisionFloor extends NodeBase {
  kind: 'supervisionFloor';
  min: Supervision;
}
export interface LevelFloor extends NodeBase {
  kind: 'levelFloor';
  min: number;
}
export interface VersionPin extends NodeBase {
  kind: 'versionPin';
  /** Absent: every holding. What stands for no version (block, unspecified) is of none of them. */
  select?: Select;
  versions: string[];
  transition?: { versions: string[]; acceptUntil: string; by?: 'award' | 'evaluation' };
}
export interface SingleUse extends NodeBase {
  kind: 'singleUse';
  /** IRIs of the targets. */
  across: string[];
}
export interface Prerequisite extends NodeBase {
  kind: 'prerequisite';
  before: Select;
  after: Select;
}
export interface Sequence extends NodeBase {
  kind: 'sequence';
  items: Item[];
}
/** `each` is a filter; `average` a check, weighted by credit in `system`. */
export interface ResultThreshold extends NodeBase {
  kind: 'resultThreshold';
  mode: 'each' | 'average';
  scale: string;
  direction: Direction;
  /** Decimal text. */
  value: string;
  /** Only of `average`. */
  basis?: 'counted' | 'matched';
  system?: string;
}

// Checks
export interface Share extends NodeBase {
  kind: 'shareMin' | 'shareMax';
  system: string;
  by: 'category' | 'level' | 'provider' | 'sector' | 'route' | 'awardType';
  /** Absent (shareMax only): for every single value. Levels as text. What has no value is in no part. */
  values?: string[];
  /** Decimal text, 0 to 100. */
  percent: string;
  /** The qualification's declared size; absent: the counted sum. */
  total?: string;
}
export interface ResidencyMin extends NodeBase {
  kind: 'residencyMin';
  system: string;
  /** DIDs; absent: those of the nearest `conferrer`, else the pathway's own conferrer. */
  bodies?: string[];
  /** Exactly one of `min` and `percent`. */
  min?: string;
  percent?: string;
  total?: string;
}
export interface LevelShare extends NodeBase {
  kind: 'levelShare';
  system: string;
  level: number;
  percent: string;
  total?: string;
}
export interface CategoryMin extends NodeBase {
  kind: 'categoryMin';
  system: string;
  categories: string[];
  min: string;
}
export interface PerPeriodMin extends NodeBase {
  kind: 'perPeriodMin';
  system: string;
  min: string;
  period: string;
  periods: number;
  /** Last day of the last period; absent: the evaluation day. */
  anchor?: string;
}

// Meta
export interface Equivalence extends NodeBase {
  kind: 'equivalence';
  /**
   * Ids of the decisions that are accepted here, by every slot below the allOf it stands in, also inside a `not`. Absent:
   * whatever the bodies in `decidedBy` decide.
   */
  decisions?: string[];
  /** DIDs of the bodies whose decisions are accepted; at least one of the two is there, and what is there must match. */
  decidedBy?: string[];
}
export interface CarryOver extends NodeBase {
  kind: 'carryOver';
  system: string;
  max: string;
}
export interface Conferrer extends NodeBase {
  kind: 'conferrer';
  /** DIDs. */
  bodies: string[];
}
export interface ExitAward extends NodeBase {
  kind: 'exitAward';
  /** What it is called or where it is defined. */
  award: string;
  /** Id of the node that has to be met. */
  node: string;
}

export type SlotNode = RequireAll | ChooseN | Capstone | CreditMin;
export type RuleNode =
  | AllOf
  | AnyOf
  | NOf
  | Not
  | SlotNode
  | CreditMax
  | NoOverlap
  | EarnedWithin
  | CurrentAt
  | AccreditedAtAward
  | AssessedOnly
  | SupervisionFloor
  | LevelFloor
  | VersionPin
  | SingleUse
  | Prerequisite
  | Sequence
  | ResultThreshold
  | Share
  | ResidencyMin
  | LevelShare
  | CategoryMin
  | PerPeriodMin
  | Equivalence
  | CarryOver
  | Conferrer
  | ExitAward;
