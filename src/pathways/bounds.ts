import { compareLists, openOfSlot, type Score } from './assess.ts';
import type { Plan } from './plan.ts';
import type { Goal } from './search.ts';
import type { SearchState } from './search-state.ts';

/** Tables that do not change during a search. */
export interface Tables {
  /** By system: credit that can still come, by depth. */
  toCome: readonly Float64Array[];
  /** By system: least and most credit of one holding from a depth on. */
  least: readonly Float64Array[];
  most: readonly Float64Array[];
  /** Depths in the order of ids. */
  byRank: readonly number[];
  /** Most that one placement can do for a slot. */
  stride: ReadonlyMap<number, number>;
  /** Slots that cannot take more placements than their limit. */
  capped: readonly number[];
}

export function tablesOf(state: SearchState): Tables {
  const { flat, size, component } = state;
  const { systems } = component.rules;
  const credit = (system: string) => (at: number) => flat[at]!.guise.credit.get(system) ?? 0;
  const cut = flat.some(({ slot }) => slot.demand.truncate !== undefined);
  const extreme = (system: string, start: number, pick: (a: number, b: number) => number) => {
    const out = new Float64Array(size + 1).fill(start);
    for (let depth = size - 1; depth >= 0; depth--) {
      out[depth] = out[depth + 1]!;
      for (const at of state.optionsAt(depth)) out[depth] = pick(out[depth]!, credit(system)(at));
    }
    return out;
  };
  const stride = new Map<number, number>();
  for (const { slot, guise, items } of flat) {
    const { counts, system } = slot.demand;
    const here = counts === 'credit' ? guise.credit.get(system!)! : items.length;
    stride.set(slot.index, Math.max(stride.get(slot.index) ?? 0, here));
  }
  const rank = (depth: number) => flat[state.firstOf[depth]!]!.fact.rank;
  return {
    toCome: systems.map((system) => state.suffix(credit(system))),
    least: systems.map((system) =>
      cut ? new Float64Array(size + 1) : extreme(system, Number.POSITIVE_INFINITY, Math.min),
    ),
    most: systems.map((system) => extreme(system, 0, Math.max)),
    byRank: [...Array(size).keys()].sort((a, b) => rank(a) - rank(b)),
    stride,
    capped: component.slots.filter((index) => {
      const { demand, repeatable, placed } = component.rules.slots[index]!;
      if (demand.limit === undefined || demand.counts === 'credit') return false;
      if (demand.counts === 'placements') return true;
      if (repeatable) return false;
      const items = 'items' in placed.node ? (placed.node.items ?? []) : [];
      return demand.counts === 'achievements' ? true : items.every(({ achievement }) => achievement !== undefined);
    }),
  };
}

/** Whether nothing below here can be better than `best`, level by level (A6). */
export function hopeless(state: SearchState, tables: Tables, best: Score, goal: Goal): boolean {
  const lower = state.bestOpen();
  if (goal === 'open') return lower.open >= best.open;
  if (lower.open !== best.open) return lower.open > best.open;
  if (goal === 'unmet') {
    const credit = compareLists(upperTotals(state, tables), best.total);
    if (credit !== 0) return credit < 0;
  }
  if (lower.advisory !== best.advisory) return lower.advisory > best.advisory;
  const placed = state.placed();
  const more = Math.max(
    best.open === 0 ? extraMet(state, tables) : 0,
    goal === 'unmet' ? extraUnmet(state, tables, best) : 0,
  );
  const left = best.placed.length - placed.length;
  if (more !== left) return more > left;
  if (left > state.size - state.depth) return true;
  // From here on exactly `left` more: compare the best conceivable lists.
  const expires = placed.map(({ fact }) => fact.expires);
  for (let next = 0; next < left; next++) expires.push(state.flat[state.firstOf[state.depth + next]!]!.fact.expires);
  const early = compareLists(expires, best.expires);
  if (early !== 0) return early > 0;
  const totals = state.component.rules.systems.map(
    (system, index) => state.total(system) + (left > 0 ? left * tables.least[index]![state.depth]! : 0),
  );
  const surplus = compareLists(totals, best.total);
  if (surplus !== 0) return surplus > 0;
  return notBetterByIds(state, tables, best, left);
}

function notBetterByIds(state: SearchState, tables: Tables, best: Score, left: number): boolean {
  const ranks = state.placed().map(({ fact }) => fact.rank);
  let wanted = left;
  for (const depth of tables.byRank) {
    if (wanted === 0) break;
    if (depth < state.depth) continue;
    ranks.push(state.flat[state.firstOf[depth]!]!.fact.rank);
    wanted--;
  }
  const ids = compareLists(
    ranks.sort((a, b) => a - b),
    best.placed.map(({ fact }) => fact.rank),
  );
  if (ids !== 0) return ids > 0;
  // The same holdings: only their places can still be better (level 8).
  const here = new Map(state.placed().map((option) => [option.fact, option]));
  for (const other of best.placed) {
    const option = here.get(other.fact) ?? firstOption(state, other.fact.rank, tables);
    const place = option.slot.index - other.slot.index || option.guiseOrder - other.guiseOrder;
    if (place !== 0) return place > 0;
  }
  return true;
}

function firstOption(state: SearchState, rank: number, { byRank }: Tables) {
  const depth = byRank.find((one) => state.flat[state.firstOf[one]!]!.fact.rank === rank)!;
  return state.flat[state.firstOf[depth]!]!;
}

/** Most credit that any completion can reach, system by system. */
export function upperTotals(state: SearchState, tables: Tables): number[] {
  return state.component.rules.systems.map((system, index) => {
    const byHolding = state.total(system) + tables.toCome[index]![state.depth]!;
    return tables.capped.length === 0 ? byHolding : Math.min(byHolding, byCaps(state, tables, system, byHolding));
  });
}

/** The same with full slots taken into account: what only fits there cannot all come. */
function byCaps(state: SearchState, { capped }: Tables, system: string, upper: number): number {
  let sum = upper;
  for (const index of capped) {
    const { slot, count } = state.slots.get(index)!;
    const room = slot.demand.limit! - count;
    const only: number[] = [];
    for (let depth = state.depth; depth < state.size; depth++) {
      let here = 0;
      let elsewhere = false;
      for (const at of state.optionsAt(depth)) {
        const option = state.flat[at]!;
        if (option.slot === slot) here = Math.max(here, option.guise.credit.get(system) ?? 0);
        else elsewhere = true;
      }
      if (!elsewhere) only.push(here);
    }
    if (only.length <= room) continue;
    only.sort((a, b) => b - a);
    // Holdings of one achievement are counted once in `upper` but maybe twice here: then this bound says nothing.
    if (sharesAchievements(state)) continue;
    sum -= only.slice(Math.max(0, room)).reduce((all, one) => all + one, 0);
  }
  return sum;
}

const sharing = new WeakMap<SearchState, boolean>();

function sharesAchievements(state: SearchState): boolean {
  let known = sharing.get(state);
  if (known === undefined) {
    const names = state.component.holdings.map(([first]) => first!.fact.holding.achievement);
    const awards = state.component.holdings.map(([first]) => first!.fact.holding.awardId);
    known = new Set(names).size < names.length || new Set(awards).size < awards.length;
    sharing.set(state, known);
  }
  return known;
}

/** At least so many more placements before nothing is open. */
function extraMet(state: SearchState, tables: Tables): number {
  let most = 0;
  let sum = 0;
  for (const { plan, advisory } of state.component.parts) if (!advisory) sum += needed(plan, state, tables);
  for (const [index, { check, of, atLeast }] of state.linears.entries()) {
    if (!isPart(state, check)) continue;
    const short = atLeast - state.sums[index]!;
    if (short <= 0) continue;
    const stride = Math.max(...of, 0);
    most = Math.max(most, stride > 0 ? Math.floor(short / stride + 1 - 1e-6) : 1);
  }
  return Math.max(most, sum);
}

const isPart = ({ component }: SearchState, check: number): boolean =>
  component.parts.some(
    ({ plan, advisory }) => !advisory && !plan.advisory && plan.type === 'check' && plan.index === check,
  );

function needed(plan: Plan, state: SearchState, tables: Tables): number {
  if (plan.advisory) return 0;
  switch (plan.type) {
    case 'slot': {
      const { slot, count } = state.slots.get(plan.index)!;
      const short = slot.demand.counts === 'credit' ? slot.demand.need - count : openOfSlot(slot, count);
      if (short <= 0) return 0;
      return Math.ceil(short / Math.max(1, tables.stride.get(plan.index) ?? 1));
    }
    case 'all':
      return plan.children.reduce((sum, child) => sum + needed(child, state, tables), 0);
    case 'some': {
      let sum = 0;
      let taken = 0;
      const others: number[] = [];
      for (const child of plan.children) {
        const need = needed(child, state, tables);
        if (child.slots.some((index) => state.slots.get(index)!.placed > 0)) {
          sum += need;
          taken++;
        } else others.push(need);
      }
      others.sort((a, b) => a - b);
      return others.slice(0, Math.max(0, plan.n - taken)).reduce((all, one) => all + one, sum);
    }
    default:
      return 0;
  }
}

/** At least so many more placements before it is as good as `best` in what is open and in credit. */
function extraUnmet(state: SearchState, tables: Tables, best: Score): number {
  let extra = state.now().open > best.open ? 1 : 0;
  for (const [index, system] of state.component.rules.systems.entries()) {
    const short = best.total[index]! - state.total(system);
    const most = tables.most[index]![state.depth]!;
    if (short > 0) extra = Math.max(extra, most > 0 ? Math.ceil(short / most) : 1);
  }
  return extra;
}
