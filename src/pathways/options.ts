import { asks, type Candidate, covers, type Fact, inMode, type Mode } from './candidates.ts';
import type { Filter, Slot, Unit } from './compile.ts';
import { byCodePoint } from './days.ts';
import { byDecision, own } from './facts.ts';
import { finderOf, itemsOf } from './finder.ts';
import type { EquivalenceDecision } from './model.ts';
import type { ReasonCode } from './reasons.ts';
import type { FilterContext } from './rule-kind.ts';

/** One way to place a holding: in a slot, in a guise. */
export interface Option extends Candidate {
  slot: Slot;
  /** What it covers, in the numbering of `Wallet.items` for the slot. */
  items: readonly number[];
  /** Own guise first, then decisions by id (A6, level 8). */
  guiseOrder: number;
}

/** All facts of one evaluation; nothing here depends on a slot. */
export interface World {
  facts: readonly Fact[];
  date: string;
  /** By id, in code-point order. */
  decisions: readonly EquivalenceDecision[];
  /** What was only stated counts in the hopeful run. */
  carried: Readonly<Record<Mode, ReadonlyMap<string, number>>>;
  /** Own guise first. One list a fact, in the order of `facts`. */
  guises: readonly (readonly Candidate[])[];
  context: Readonly<Record<Mode, FilterContext>>;
}

export function createWorld(
  facts: readonly Fact[],
  date: string,
  decisions: readonly EquivalenceDecision[],
  carried: ReadonlyMap<string, number>,
  stated: ReadonlyMap<string, number> = new Map(),
): World {
  const sorted = [...decisions].sort((a, b) => byCodePoint(a.id, b.id));
  const guises = facts.map((fact) => {
    const list = [own(fact)];
    for (const decision of sorted) {
      const other = byDecision(fact, decision, date);
      if (other) list.push(other);
    }
    return list;
  });
  const contextOf = (mode: Mode): FilterContext => {
    const found = new Map<object, string | undefined>();
    return {
      date,
      mode,
      earliest(key, matches) {
        if (!found.has(key)) {
          const days = guises.flatMap(([first]) =>
            first && inMode(first.fact, mode) && matches(first) ? [first.fact.holding.awarded] : [],
          );
          found.set(key, days.length === 0 ? undefined : days.reduce((a, b) => (b < a ? b : a)));
        }
        return found.get(key);
      },
    };
  };
  const hoped = new Map(carried);
  for (const [system, amount] of stated) hoped.set(system, (hoped.get(system) ?? 0) + amount);
  return {
    ...{ facts, date, guises },
    carried: { sure: carried, hopeful: hoped },
    decisions: sorted,
    context: { sure: contextOf('sure'), hopeful: contextOf('hopeful') },
  };
}

/** What a unit can do with the holdings of one run. */
export interface Wallet {
  unit: Unit;
  mode: Mode;
  world: World;
  /** By fact (its place in `World.facts`), slots in pre-order, then guises. */
  options: readonly (readonly Option[])[];
  /** How many things a slot counts can be told apart. */
  items: readonly number[];
}

export function walletOf(unit: Unit, world: World, mode: Mode): Wallet {
  const finder = finderOf(unit);
  const names = unit.slots.map(() => new Map<string, number>());
  const passes = passing(world.context[mode]);
  const options = world.facts.map((fact, at) => {
    const out: Option[] = [];
    if (!inMode(fact, mode)) return out;
    for (const [guiseOrder, candidate] of world.guises[at]!.entries()) {
      /** Many slots have the same filters above them. */
      let filters: readonly Filter[] | undefined;
      let fine = false;
      for (const [slot, asked] of finder.asked(candidate)) {
        const items = coveredItems(slot, candidate, asked, names[slot.index]!);
        if (!items) continue;
        if (slot.filters !== filters) {
          filters = slot.filters;
          fine = passes(filters, candidate);
        }
        if (fine) out.push({ fact, guise: candidate.guise, slot, items, guiseOrder });
      }
    }
    return out.length < 2 ? out : out.sort((a, b) => a.slot.index - b.slot.index || a.guiseOrder - b.guiseOrder);
  });
  const items = unit.slots.map((slot, at) => itemsOf(slot).length + names[at]!.size);
  return { unit, mode, world, options, items };
}

const passing =
  (context: FilterContext) =>
  (filters: readonly Filter[], candidate: Candidate): boolean =>
    filters.every(({ node, kind }) => kind.refuses(node, candidate, context) === undefined);

/** @returns undefined when the slot cannot take it: no item of an accepted version, or no credit in its system (A4) */
function coveredItems(
  slot: Slot,
  candidate: Candidate,
  asked: readonly number[],
  names: Map<string, number>,
): number[] | undefined {
  const { counts, system } = slot.demand;
  if (counts === 'credit') return candidate.guise.credit.has(system!) ? [] : undefined;
  const items = itemsOf(slot);
  // What else is told apart is numbered after the items.
  const number = (name: string) => {
    if (!names.has(name)) names.set(name, items.length + names.size);
    return names.get(name)!;
  };
  const matched = asked.filter((index) => covers(items[index]!, candidate));
  if (matched.length > 1) matched.sort((a, b) => a - b);
  if (items.length > 0 && matched.length === 0) return undefined;
  if (counts === 'items') return matched;
  if (counts === 'placements') return [number(`@${candidate.fact.rank}`)];
  const { achievements, decision } = candidate.guise;
  // An unspecified guise counts its source.
  return (decision?.to.mode === 'unspecified' ? [candidate.fact.holding.achievement] : achievements).map(number);
}

/** Why a slot that asks for a candidate may not take it; empty when it may (A8). */
export function refusals(slot: Slot, candidate: Candidate, context: FilterContext): ReasonCode[] {
  const out: ReasonCode[] = [];
  const items = itemsOf(slot).filter((item) => asks(item, candidate));
  if (items.length > 0 && !items.some((item) => covers(item, candidate))) out.push('version');
  const { counts, system } = slot.demand;
  if (counts === 'credit' && !candidate.guise.credit.has(system!)) out.push('system');
  for (const { node, kind } of slot.filters) {
    const code = kind.refuses(node, candidate, context);
    if (code) out.push(code);
  }
  return [...new Set(out)];
}
