import { parseAmount } from '#kernel';
import type { Candidate } from './candidates.ts';
import type { Check, Limit, Slot, Unit } from './compile.ts';
import { acceptsDecision } from './finder.ts';
import type { Option, Wallet } from './options.ts';
import type { CheckContext, Form } from './rule-kind.ts';
import { type Placed, scopeOf } from './tree.ts';

/** Something about a set of placements that must hold; less never breaks it (A5). */
export interface Bar {
  slots: readonly number[];
  broken(counted: readonly Option[]): boolean;
  /** Of one more. @param counted does not break it */
  brokenBy?(one: Option, counted: readonly Option[]): boolean;
}

/** Every limit of a unit: those that are nodes, caps of decisions, and that a capstone comes last (A3). */
export function barsOf({ unit, world }: Wallet): Bar[] {
  return [
    ...unit.limits.map(barOfLimit),
    ...unit.slots.filter(({ demand }) => demand.last).map((slot) => barOfCapstone(unit, slot)),
    ...world.decisions.flatMap((decision): Bar[] => {
      const { id, cap, credit } = decision;
      const slots = unit.slots.filter((slot) => acceptsDecision(slot, decision)).map(({ index }) => index);
      if (cap === undefined || slots.length === 0) return [];
      const [most, each] = [parseAmount(cap), parseAmount(credit.value)];
      // Credit is never cut to fit: so many whole placements (A2).
      const broken: Bar['broken'] = (counted) =>
        counted.filter(({ guise }) => guise.decision?.id === id).length * each > most;
      return [{ slots, broken }];
    }),
  ];
}

const barOfLimit = ({ placed: { node }, kind, slots }: Limit): Bar => ({
  slots,
  broken: (counted) => kind.broken(node, counted),
  brokenBy: (one, counted) => kind.brokenBy?.(node, one, counted) ?? kind.broken(node, [...counted, one]),
});

function barOfCapstone(unit: Unit, slot: Slot): Bar {
  const scope = scopeOf(slot.placed, unit.top);
  const slots = scope ? slotsBelow(unit, scope) : [slot.index];
  return {
    slots,
    broken: (counted) => {
      const last = counted.find((one) => one.slot === slot)?.fact.holding.awarded;
      return last !== undefined && counted.some(({ fact }) => fact.holding.awarded > last);
    },
  };
}

const slotsBelow = (unit: Unit, scope: Placed): number[] =>
  unit.slots.filter(({ placed }) => under(placed, scope)).map(({ index }) => index);

function under(placed: Placed, scope: Placed): boolean {
  for (let at: Placed | undefined = placed; at; at = at.parent) if (at === scope) return true;
  return false;
}

export function contextOf(check: Check, wallet: Wallet): CheckContext {
  const { world, options } = wallet;
  const inScope = new Set(check.slots);
  const all = () => options.flatMap((list) => list.filter(({ slot }) => inScope.has(slot.index)));
  let matched: Candidate[] | undefined;
  return {
    date: world.date,
    conferrers: check.conferrers,
    carried: (system) => Math.min(world.carried[wallet.mode].get(system) ?? 0, check.carry.get(system) ?? 0),
    get candidates() {
      return all();
    },
    matched() {
      matched ??= matchedOf(wallet, inScope);
      return matched;
    },
  };
}

/** Each holding once, own guise; of copies of one award only one. */
function matchedOf({ options }: Wallet, inScope: ReadonlySet<number>): Candidate[] {
  const awards = new Map<string, Candidate>();
  for (const list of options) {
    const first = list.find(({ slot, guise }) => inScope.has(slot.index) && !guise.decision);
    if (first && !awards.has(first.fact.holding.awardId)) awards.set(first.fact.holding.awardId, first);
  }
  return [...awards.values()];
}

export interface Forms {
  check: Check;
  forms: readonly Form[];
  /** As `check.slots`. */
  scope: ReadonlySet<number>;
}

export const formsOf = (check: Check, wallet: Wallet): Forms => ({
  check,
  forms: check.kind.forms(check.placed.node, contextOf(check, wallet)),
  scope: new Set(check.slots),
});

/** Exact, by whole numbers of any size. */
export function holds({ forms, scope }: Forms, placed: readonly Option[]): boolean {
  const counted = placed.filter(({ slot }) => scope.has(slot.index));
  return forms.every(({ of, atLeast, total }) => {
    const sum = counted.reduce((all, one) => all + of(one), 0n);
    return sum - (total === undefined ? 0n : BigInt(cutOff(counted, total))) >= atLeast;
  });
}

/** What truncating slots do not hand on of a system (A4, creditMin). */
export function cutOff(counted: readonly Option[], system: string): number {
  const sums = new Map<Slot, number>();
  for (const { slot, guise } of counted) {
    if (slot.demand.truncate === undefined || slot.demand.system !== system) continue;
    sums.set(slot, (sums.get(slot) ?? 0) + (guise.credit.get(system) ?? 0));
  }
  return [...sums].reduce((cut, [slot, sum]) => cut + Math.max(0, sum - slot.demand.truncate!), 0);
}

/** Total of what was placed, as handed on (A4). */
export const totalOf = (placed: readonly Option[], system: string): number =>
  placed.reduce((sum, { guise }) => sum + (guise.credit.get(system) ?? 0), 0) - cutOff(placed, system);
