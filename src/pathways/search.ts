import { LIMITS } from '#kernel';
import { assess, compareLists, compareScores, type Score, viewOf } from './assess.ts';
import { hopeless, tablesOf, upperTotals } from './bounds.ts';
import type { Component } from './component.ts';
import type { Option } from './options.ts';
import { openOfParts } from './plan.ts';
import { SearchState } from './search-state.ts';

/** Search nodes left. Counted, not timed: the answer must not depend on the machine. */
export interface Budget {
  left: number;
}

export const budgetOf = (nodes: number = LIMITS.pathwaySearchNodes): Budget => ({ left: nodes });

/**
 * What is asked: the fewest outstanding (`open`), or with that number known the best of the remaining levels of A6, which
 * begin with most credit when something is outstanding anywhere (`unmet`) and leave it out when nothing is (`met`).
 */
export type Goal = 'open' | 'met' | 'unmet';

export interface Found {
  placed: readonly Option[];
  open: number;
  /** Nothing better exists. */
  proved: boolean;
  /** Nothing better exists in levels 1 to 3. */
  objective: boolean;
  /** No assignment has fewer outstanding. */
  bound: number;
}

/**
 * Exact branch and bound over the holdings of a component, in canonical order: each goes into one slot in one guise, or
 * nowhere. What it answers was assessed literally; a bound never claims more than the specification gives.
 * @param start an assignment that is allowed
 */
export function search(component: Component, goal: Goal, start: readonly Option[], budget: Budget): Found {
  const state = new SearchState(component);
  const tables = tablesOf(state);
  const top = state.bestOpen();
  const bound = top.open;
  const most = upperTotals(state, tables);
  let best = scoreOf(component, start);
  let complete = true;
  let dived = false;
  const compare = goal === 'unmet' ? compareUnmet : compareScores;

  const record = (): void => {
    dived = true;
    const score = scoreOf(component, [...state.placed()]);
    if (compare(score, best) < 0) best = score;
  };

  const finished = (): boolean => {
    const [now, then] = [state.now(), state.bestOpen()];
    if (now.open !== then.open) return false;
    if (goal === 'open') return true;
    if (now.advisory !== then.advisory) return false;
    if (goal === 'met') return true;
    const { systems } = component.rules;
    return (
      compareLists(
        systems.map((system) => state.total(system)),
        upperTotals(state, tables),
      ) === 0
    );
  };

  const visit = (): void => {
    if (goal === 'open' && best.open <= bound) return;
    // The first way down is always gone, so that there is an answer.
    if (budget.left <= 0 && dived) {
      complete = false;
      return;
    }
    budget.left -= state.weight;
    if (hopeless(state, tables, best, goal)) {
      dived = true;
      return;
    }
    if (state.depth === state.size || finished()) {
      record();
      return;
    }
    const useful: number[] = [];
    const others: number[] = [];
    for (const at of state.optionsAt(state.depth)) {
      if (state.fits(at)) (goal === 'unmet' || state.helps(at) ? useful : others).push(at);
    }
    const take = (at: number) => {
      state.place(at);
      visit();
      state.unplace(at);
    };
    useful.forEach(take);
    state.skip();
    visit();
    state.unskip();
    others.forEach(take);
  };

  visit();
  const proved = complete || (goal === 'open' && best.open <= bound);
  // What reaches every bound of levels 1 to 3 is the best in them, however the search ended.
  const reached =
    best.open <= bound && best.advisory <= top.advisory && (goal !== 'unmet' || compareLists(best.total, most) >= 0);
  return {
    placed: best.placed,
    open: best.open,
    proved,
    objective: proved || (goal !== 'open' && reached),
    bound: proved ? best.open : bound,
  };
}

/** Of a component alone: what stands outside it is not its matter. */
export const openOf = ({ rules, parts }: Component, placed: readonly Option[]): number =>
  openOfParts(parts, viewOf(placed, rules)).open;

/** The same, in all levels. */
function scoreOf(component: Component, placed: readonly Option[]): Score {
  const { rules, parts } = component;
  return assess(placed, { ...rules, parts });
}

/** With it, although nothing may be open in this component: something is elsewhere. */
const compareUnmet = (a: Score, b: Score): number =>
  a.open - b.open || compareScores({ ...a, open: 1 }, { ...b, open: 1 });
