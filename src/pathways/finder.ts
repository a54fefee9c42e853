import { type Candidate, selects } from './candidates.ts';
import type { Slot, Unit } from './compile.ts';
import type { EquivalenceDecision } from './model.ts';
import type { Item, Select } from './rule-model.ts';

/** Finds the slots of a unit that ask for a candidate, without looking at each slot. */
export interface Finder {
  /** Slots whose matcher asks for it, with the items; versions of items are left to `versions`. */
  asked(candidate: Candidate): Map<Slot, number[]>;
}

const finders = new WeakMap<Unit, Finder>();

export function finderOf(unit: Unit): Finder {
  const known = finders.get(unit);
  if (known) return known;
  const byAchievement = new Map<string, [Slot, number][]>();
  const byCode = new Map<string, [Slot, number][]>();
  const selecting = new Selecting();
  const put = (index: Map<string, [Slot, number][]>, key: string, value: [Slot, number]) => {
    const list = index.get(key);
    if (list) list.push(value);
    else index.set(key, [value]);
  };
  for (const slot of unit.slots) {
    const { node } = slot.placed;
    if ('select' in node && node.select) selecting.add(slot, node.select);
    for (const [index, item] of itemsOf(slot).entries()) {
      if (item.achievement !== undefined) put(byAchievement, item.achievement, [slot, index]);
      else put(byCode, item.code ?? '', [slot, index]);
    }
  }
  const finder: Finder = {
    asked(candidate) {
      const out = new Map<Slot, number[]>();
      const add = ([slot, index]: [Slot, number]) => {
        if (!accepts(slot, candidate)) return;
        const list = out.get(slot);
        if (!list) out.set(slot, [index]);
        else if (!list.includes(index)) list.push(index);
      };
      for (const one of candidate.guise.achievements) byAchievement.get(one)?.forEach(add);
      if (!candidate.guise.decision) for (const code of candidate.fact.competencies) byCode.get(code)?.forEach(add);
      for (const { slot, select } of selecting.near(candidate)) {
        if (accepts(slot, candidate) && selects(select, candidate)) out.set(slot, []);
      }
      return out;
    },
  };
  finders.set(unit, finder);
  return finder;
}

/** What a candidate is asked for by a selector, member by member. */
const MEMBERS: readonly [keyof Select, (candidate: Candidate) => Iterable<string | undefined>][] = [
  ['achievement', ({ guise }) => guise.achievements],
  ['code', ({ fact }) => fact.competencies],
  ['category', ({ guise }) => [guise.category]],
  ['awardType', ({ fact }) => [fact.holding.awardType]],
  ['provider', ({ fact }) => [fact.holding.provider]],
  ['sector', ({ fact }) => [fact.holding.sector]],
  ['route', ({ fact }) => [fact.holding.route]],
];

const NONE: readonly { slot: Slot; select: Select }[] = [];

/** Slots with selectors, each under the values of one member that it states: every stated member has to match. */
class Selecting {
  private readonly byValue = MEMBERS.map(() => new Map<string | undefined, { slot: Slot; select: Select }[]>());
  /** Those that state none of them. */
  private readonly others: { slot: Slot; select: Select }[] = [];

  private count = 0;

  add(slot: Slot, select: Select): void {
    this.count++;
    const at = MEMBERS.findIndex(([member]) => select[member] !== undefined);
    const one = { slot, select };
    if (at < 0) this.others.push(one);
    for (const value of at < 0 ? [] : (select[MEMBERS[at]![0]] as readonly string[])) {
      const list = this.byValue[at]!.get(value);
      if (list) list.push(one);
      else this.byValue[at]!.set(value, [one]);
    }
  }

  /** All that can match, and more; in the order of the tree. */
  near(candidate: Candidate): readonly { slot: Slot; select: Select }[] {
    if (this.count === 0) return NONE;
    const lists = this.others.length > 0 ? [this.others] : [];
    for (const [at, [, valuesOf]] of MEMBERS.entries()) {
      const index = this.byValue[at]!;
      if (index.size === 0) continue;
      for (const value of valuesOf(candidate)) {
        const list = index.get(value);
        if (list) lists.push(list);
      }
    }
    if (lists.length < 2) return lists[0] ?? NONE;
    return [...new Set(lists.flat())].sort((a, b) => a.slot.index - b.slot.index);
  }
}

const accepts = (slot: Slot, { guise }: Candidate): boolean =>
  guise.decision === undefined || acceptsDecision(slot, guise.decision);

/** Whether an `equivalence` that acts on the slot accepts the decision. Who decided must be known where it is asked. */
export const acceptsDecision = ({ equivalences }: Slot, { id, decidedBy }: EquivalenceDecision): boolean =>
  equivalences.some(
    (one) =>
      (!one.decisions || one.decisions.has(id)) &&
      (!one.decidedBy || (decidedBy !== undefined && one.decidedBy.has(decidedBy))),
  );

export const itemsOf = (slot: Slot): readonly Item[] => {
  const { node } = slot.placed;
  return 'items' in node && node.items ? node.items : [];
};
