// What a holding stands for (A2), and what a slot or selector asks for (A4).
import type { EquivalenceDecision, EvaluationInput, Holding } from '../../../src/pathways/model.ts';
import type { Equivalence, Item, RuleNode, Select, SlotNode } from '../../../src/pathways/rule-model.ts';
import { amount } from './amounts.ts';
import type { Tree } from './tree.ts';

/** One run over one set of holdings. */
export interface World {
  input: EvaluationInput;
  tree: Tree;
  holdings: readonly Holding[];
  hopeful: boolean;
  systems: readonly string[];
  /** Least outstanding of what is evaluated alone, by node and run. */
  alone: Map<string, { mandatory: number; advisory: number }>;
}

export interface Guise {
  holding: Holding;
  decision?: EquivalenceDecision;
  achievements: readonly string[];
  version?: string;
  category?: string;
  credit: ReadonlyMap<string, bigint>;
}

export interface Placed {
  slot: SlotNode;
  guise: Guise;
}

export const own = (holding: Holding): Guise => ({
  holding,
  achievements: [holding.achievement],
  version: holding.version,
  category: holding.category,
  credit: new Map(Object.entries(holding.credit).map(([system, value]) => [system, amount(value)])),
});

function byDecision(holding: Holding, decision: EquivalenceDecision): Guise {
  const { to } = decision;
  const credit = new Map([[decision.credit.system, amount(decision.credit.value)]]);
  const base = { holding, decision, credit };
  if (to.mode === 'specified') {
    return { ...base, achievements: [to.achievement], version: to.version, category: decision.category };
  }
  if (to.mode === 'block') return { ...base, achievements: to.achievements, category: decision.category };
  return { ...base, achievements: [], category: to.category };
}

function names(decision: EquivalenceDecision, holding: Holding): boolean {
  if (decision.from.achievement !== holding.achievement) return false;
  const versions = decision.from.version;
  return versions === undefined || (holding.version !== undefined && versions.includes(holding.version));
}

/** Decisions that a slot accepts: those of every `equivalence` beside or above it, also from outside a `not`. */
function accepted(world: World, slot: RuleNode): EquivalenceDecision[] {
  const rules = equivalencesOf(world.tree, slot);
  return (world.input.decisions ?? []).filter(({ id, decidedBy }) =>
    rules.some((rule) => {
      if (rule.decisions !== undefined && !rule.decisions.includes(id)) return false;
      return rule.decidedBy === undefined || (decidedBy !== undefined && rule.decidedBy.includes(decidedBy));
    }),
  );
}

/** Every `equivalence` beside or above a slot. */
export const equivalencesOf = (tree: Tree, slot: RuleNode): Equivalence[] =>
  tree.allAbove
    .get(slot.id)!
    .flatMap((ancestor) => (ancestor.kind === 'allOf' ? ancestor.children : []))
    .filter((node): node is Equivalence => node.kind === 'equivalence');

export function guises(world: World, slot: RuleNode, holding: Holding): Guise[] {
  const { date } = world.input;
  const inForce = (decision: EquivalenceDecision): boolean =>
    decision.validFrom <= date && (decision.validUntil === undefined || date <= decision.validUntil);
  const decided = accepted(world, slot).filter((decision) => names(decision, holding) && inForce(decision));
  return [own(holding), ...decided.map((decision) => byDecision(holding, decision))];
}

/** The item asks for it: an achievement of the guise (and its version), or a code that it carries, own guise only. */
export function isItem(item: Item, guise: Guise): boolean {
  if (item.achievement !== undefined) {
    if (!guise.achievements.includes(item.achievement)) return false;
    return item.version === undefined || (guise.version !== undefined && item.version.includes(guise.version));
  }
  return guise.decision === undefined && item.code !== undefined && guise.holding.competencies.includes(item.code);
}

/** Indexes of the items it covers. */
export const covers = (items: readonly Item[], guise: Guise): number[] =>
  items.flatMap((item, index) => (isItem(item, guise) ? [index] : []));

const within = (values: readonly string[] | undefined, value: string | undefined): boolean =>
  values === undefined || (value !== undefined && values.includes(value));

export function selected(select: Select, guise: Guise): boolean {
  const { holding } = guise;
  return (
    (select.achievement === undefined || select.achievement.some((one) => guise.achievements.includes(one))) &&
    within(select.category, guise.category) &&
    within(select.awardType, holding.awardType) &&
    within(select.provider, holding.provider) &&
    within(select.sector, holding.sector) &&
    within(select.route, holding.route) &&
    (select.level === undefined ||
      (holding.level !== undefined && select.level.from <= holding.level && holding.level <= select.level.to)) &&
    (select.code === undefined || select.code.some((code) => holding.competencies.includes(code)))
  );
}

/** What the slot's matcher asks for, in whatever version: of a slot with items the version is a reason against (A8). */
export function asksFor(slot: SlotNode, guise: Guise): boolean {
  if (!('items' in slot) || slot.items === undefined) return matches(slot, guise);
  return slot.items.some((item) => isItem({ ...item, version: undefined } as Item, guise));
}

/** The slot's matcher. */
export function matches(slot: SlotNode, guise: Guise): boolean {
  if ('items' in slot && slot.items !== undefined) return covers(slot.items, guise).length > 0;
  return 'select' in slot && slot.select !== undefined && selected(slot.select, guise);
}
