import { parseAmount } from '#kernel';
import type { Pathway } from './model.ts';
import type { CheckKind, Demand, FilterKind, LimitKind, SlotKind } from './rule-kind.ts';
import type {
  CarryOver,
  Conferrer,
  Equivalence,
  ExitAward,
  ResultThreshold,
  RuleNode,
  SlotNode,
} from './rule-model.ts';
import { kindOf } from './rules/index.ts';
import { ancestors, flatten, type Placed, scopeOf, within } from './tree.ts';

export interface Filter {
  node: RuleNode;
  kind: FilterKind<RuleNode>;
}

export interface Slot {
  placed: Placed<SlotNode>;
  /** Place in its unit, in pre-order. */
  index: number;
  demand: Demand;
  repeatable: boolean;
  /** Every filter above it, up to a `not`; one list for all slots below the same allOf. */
  filters: readonly Filter[];
  /** Every `equivalence` that acts here. */
  equivalences: readonly Accepts[];
}

/** What one `equivalence` accepts; what is there must match. */
export interface Accepts {
  decisions?: ReadonlySet<string>;
  decidedBy?: ReadonlySet<string>;
}

export interface Limit {
  placed: Placed;
  kind: LimitKind<RuleNode>;
  slots: readonly number[];
}

export interface Check {
  placed: Placed;
  kind: CheckKind<RuleNode>;
  slots: readonly number[];
  conferrers: readonly string[];
  /** Most that may be carried in, by system (the carryOver of the same allOf). */
  carry: ReadonlyMap<string, number>;
}

/** Something evaluated alone: the tree itself, the child of a `not`, a slot that takes nothing, the node of an exitAward. */
export interface Unit {
  top: Placed;
  slots: Slot[];
  limits: Limit[];
  checks: Check[];
  /** Leaves of this unit that are units of their own. */
  fixed: Map<Placed, { unit: Unit; negated: boolean }>;
}

export interface Compiled {
  nodes: readonly Placed[];
  /** In the order in which totals are compared (A6, levels 2 and 6). */
  systems: readonly string[];
  unit: Unit;
  exits: readonly { award: string; node: string; unit: Unit }[];
  carryOvers: readonly Placed<CarryOver>[];
  thresholds: readonly ResultThreshold[];
}

const known = new WeakMap<RuleNode, Compiled & { declared: string }>();

/** Everything about a pathway that does not depend on who asks. Kept for as long as the tree itself. */
export function compile({ root, systems, conferrer }: Pathway): Compiled {
  const declared = JSON.stringify([systems, conferrer]);
  const before = known.get(root);
  if (before?.declared === declared) return before;
  const nodes = flatten(root);
  const build = builder(conferrer);
  const byId = new Map(nodes.map((placed) => [placed.node.id, placed]));
  const of = <N extends RuleNode>(kind: N['kind']) => nodes.filter(({ node }) => node.kind === kind) as Placed<N>[];
  const compiled = {
    declared,
    nodes,
    systems: systems ?? systemsOf(nodes),
    unit: build(nodes[0]!),
    exits: of<ExitAward>('exitAward').flatMap(({ node: { award, node } }) => {
      const placed = byId.get(node);
      return placed ? [{ award, node, unit: build(placed, true) }] : [];
    }),
    carryOvers: of<CarryOver>('carryOver'),
    thresholds: of<ResultThreshold>('resultThreshold').map(({ node }) => node),
  };
  known.set(root, compiled);
  return compiled;
}

const systemsOf = (nodes: readonly Placed[]): string[] => [
  ...new Set(nodes.flatMap(({ node }) => ('system' in node && node.system !== undefined ? [node.system] : []))),
];

/** @returns makes a unit of a node; `alone`: a slot that takes nothing elsewhere takes here */
function builder(conferrer: string): (top: Placed, alone?: boolean) => Unit {
  const lists = new Map<Placed, readonly Filter[]>();

  /** Filters on what is below a node. Advisory ones change nothing (A3); those above a `not` do not reach into it. */
  function filtersBelow(placed: Placed | undefined): readonly Filter[] {
    if (!placed || placed.node.kind === 'not') return NONE;
    const done = lists.get(placed);
    if (done) return done;
    const above = filtersBelow(placed.parent);
    const here = placed.node.kind === 'allOf' ? placed.children.flatMap(asFilter) : [];
    const list = here.length > 0 ? [...here, ...above] : above;
    lists.set(placed, list);
    return list;
  }

  return function build(top, alone = false): Unit {
    const unit: Unit = { top, slots: [], limits: [], checks: [], fixed: new Map() };
    const limits: Placed[] = [];
    const checks: Placed[] = [];
    const walk = (placed: Placed): void => {
      const { node } = placed;
      const { role } = kindOf(node);
      if (role === 'slot') {
        if ((node as SlotNode).consume === false && !(alone && placed === top)) {
          unit.fixed.set(placed, { unit: build(placed, true), negated: false });
        } else unit.slots.push(slotOf(placed as Placed<SlotNode>, unit.slots.length));
      } else if (node.kind === 'not') {
        unit.fixed.set(placed, { unit: build(placed.children[0]!, true), negated: true });
      } else if (role === 'limit' && node.binding === 'Mandatory') limits.push(placed);
      else if (role === 'check') checks.push(placed);
      else placed.children.forEach(walk);
    };
    walk(top);
    const below = (scope: Placed | undefined) =>
      unit.slots.filter((slot) => scope && within(slot.placed, scope)).map(({ index }) => index);
    unit.limits = limits.map((placed) => {
      const kind = kindOf(placed.node) as LimitKind<RuleNode>;
      return { placed, kind, slots: below(scopeOf(placed, top)) };
    });
    unit.checks = checks.map((placed) => checkOf(placed, below(scopeOf(placed, top)), scopeOf(placed, top)));
    return unit;
  };

  function slotOf(placed: Placed<SlotNode>, index: number): Slot {
    // Equivalence is no filter: it reaches every slot below its allOf, into a `not` as well.
    const equivalences = ancestors(placed).flatMap(({ node, children }) =>
      node.kind === 'allOf'
        ? children.flatMap((child) => (child.node.kind === 'equivalence' ? [asAccepts(child.node)] : []))
        : [],
    );
    return {
      placed,
      index,
      demand: (kindOf(placed.node) as SlotKind<SlotNode>).demand(placed.node),
      repeatable: placed.node.repeatable === true,
      filters: filtersBelow(placed.parent),
      equivalences,
    };
  }

  function checkOf(placed: Placed, slots: readonly number[], scope: Placed | undefined): Check {
    const carries = (scope?.children ?? []).flatMap(({ node }) => (node.kind === 'carryOver' ? [node] : []));
    const nearest = ancestors(placed)
      .flatMap(({ children }) => children.filter(({ node }) => node.kind === 'conferrer'))
      .map(({ node }) => (node as Conferrer).bodies)[0];
    return {
      placed,
      kind: kindOf(placed.node) as CheckKind<RuleNode>,
      slots,
      conferrers: nearest ?? [conferrer],
      carry: new Map(carries.map(({ system, max }) => [system, parseAmount(max)])),
    };
  }
}

const NONE: readonly Filter[] = [];

const asAccepts = ({ decisions, decidedBy }: Equivalence): Accepts => ({
  ...(decisions ? { decisions: new Set(decisions) } : {}),
  ...(decidedBy ? { decidedBy: new Set(decidedBy) } : {}),
});

function asFilter({ node }: Placed): Filter[] {
  const kind = kindOf(node);
  return kind.role === 'filter' && node.binding === 'Mandatory' ? [{ node, kind }] : [];
}
