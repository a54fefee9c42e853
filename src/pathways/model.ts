import type { Text } from '#kernel';

type Binding = 'Mandatory' | 'Advisory';
export type Realism = 'Published' | 'Illustrative';

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
 * a competency or course code.
 */
export interface Item {
  achievement?: string;
  version?: string[];
  code?: string;
  title?: string;
}

export interface AllOf extends NodeBase {
  kind: 'allOf';
  children: RuleNode[];
}
export interface AnyOf extends NodeBase {
  kind: 'anyOf';
  children: RuleNode[];
}
export interface RequireAll extends NodeBase {
  kind: 'requireAll';
  items: Item[];
}
export interface ChooseN extends NodeBase {
  kind: 'chooseN';
  min: number;
  /** Default `min`. */
  max?: number;
  items: Item[];
}
export interface CreditMin extends NodeBase {
  kind: 'creditMin';
  /** One credit system; credit in any other is nothing here. */
  system: string;
  /** Decimal as text. */
  min: string;
  /** Ids of `requireAll` and `chooseN` nodes whose takings count; all in scope when absent. */
  group?: string[];
}
export interface CurrentAt extends NodeBase {
  kind: 'currentAt';
}

export type RuleNode = AllOf | AnyOf | RequireAll | ChooseN | CreditMin | CurrentAt;
export type SlotNode = RequireAll | ChooseN;

/** One version of a pathway, as far as evaluation needs it. */
export interface Pathway {
  id: string;
  name: string;
  version: string;
  /** DID of the body that may act on a met evaluation. */
  conferrer: string;
  /** Days, half-open; a pathway outside its period is still evaluated, and the caller says so. */
  effectivePeriod?: { from: string; until?: string };
  realism?: Realism;
  /** The rule tree: `stackingRule` of the signed document. */
  root: RuleNode;
}

/** One verified credential, reduced to facts. Days are calendar days in Asia/Manila. */
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
  level?: number;
  /** Competency and course codes it carries. */
  competencies: readonly string[];
  /** System -> decimal as text. */
  credit: Readonly<Record<string, string>>;
  awarded: string;
  /** Last day on which it is current. */
  expires?: string;
  state: 'active' | 'suspended' | 'revoked' | 'unknown';
  /** Was the awarding body entitled, at the award date, by a register that is trusted? */
  accredited: 'yes' | 'no' | 'unknown';
  /** Default `completed`. */
  completion?: 'completed' | 'provisional';
}

/** `pending`: nothing is wrong, but something could not be found out; it is never a pass. */
export type State = 'met' | 'unmet' | 'pending';

export interface Reason {
  /** Stable: programs match on it. */
  code: string;
  text: Text;
  /** The node it is about, when it is about one. */
  node?: string;
}

export interface NodeResult {
  id: string;
  kind: RuleNode['kind'];
  binding: Binding;
  realism: Realism;
  text: Text;
  state: State;
  /** Under an `anyOf` of which another alternative was taken. */
  alternative?: 'not_taken';
  reason: Text;
  /** Which credential serves which item (index into `items`). */
  served?: { item: number; holding: string }[];
  missing?: { item?: number; text: Text }[];
  /** Amounts as text. */
  credit?: { system: string; have: string; need: string };
}

export interface Evaluation {
  state: State;
  /** The day it holds for. */
  date: string;
  pathway: { id: string; name: string; version: string; conferrer: string };
  sentence: Text;
  /** In the order of the tree, parents first. */
  nodes: NodeResult[];
  used: { holding: string; node: string; item: number }[];
  /** Could be taken and was not needed: free for other awards. */
  surplus: { holding: string; reasons: Reason[] }[];
  notCountable: { holding: string; reasons: Reason[] }[];
  /** What is missing, of mandatory nodes. */
  missing: { node: string; item?: number; text: Text }[];
  /** Why it is pending. */
  waitingFor: { holding?: string; reasons: Reason[] }[];
}
