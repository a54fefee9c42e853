import { viewOf } from './assess.ts';
import type { Mode } from './candidates.ts';
import type { Evaluation, NodeResult } from './model.ts';
import { openOfSome, type Plan, planOf } from './plan.ts';
import { type Solution, type SolveOptions, solve } from './solve.ts';

type Missing = Evaluation['missing'];

const MOST_WAYS = 3;
/** Alternatives that are looked into. */
const MOST_TRIES = 6;

/**
 * Up to three ways to finish: what the best assignment leaves open, then what the best ones with another alternative of an
 * anyOf do (A6). None contains another.
 * @param resultsOf node results of another solution
 */
export function waysToFinish(
  best: Solution,
  missing: Missing,
  resultsOf: (solution: Solution) => readonly NodeResult[],
  options: SolveOptions,
): Missing[] {
  const ways = missing.length > 0 ? [missing] : [];
  const { unit, wallet } = best;
  const mode: Mode = wallet.mode;
  for (const forced of others(best).slice(0, MOST_TRIES)) {
    if (ways.length >= MOST_WAYS) break;
    const other = solve(unit, wallet.world, mode, { ...options, forced });
    const way = missingOf(other, resultsOf(other));
    if (way.length > 0 && !ways.some((known) => contains(way, known) || contains(known, way))) ways.push(way);
  }
  return ways;
}

const key = ({ node, item }: Missing[number]): string => `${node} ${item ?? ''}`;

function contains(large: Missing, small: Missing): boolean {
  const keys = new Set(large.map(key));
  return small.every((one) => keys.has(key(one)));
}

/** Alternatives on the mandatory path that were not chosen, in the order of the tree. */
function others({ unit, score, rules }: Solution): Plan[] {
  const view = viewOf(score.placed, rules);
  const walk = (plan: Plan | undefined): Plan[] => {
    if (!plan || plan.advisory || !('children' in plan)) return [];
    if (plan.type !== 'some') return plan.children.flatMap(walk);
    const { chosen, sum } = openOfSome(plan, view);
    // What is met needs no other way.
    if (sum.open === 0) return [];
    return [...plan.children.filter((child) => !chosen.includes(child)), ...chosen.flatMap(walk)];
  };
  return walk(planOf(unit));
}

/** What is open on the mandatory path, below the alternatives that were chosen. */
export function missingOf({ unit, score, rules }: Solution, results: readonly NodeResult[]): Missing {
  const view = viewOf(score.placed, rules);
  const byId = new Map(results.map((result) => [result.id, result]));
  const walk = (plan: Plan | undefined): Missing => {
    if (!plan || plan.advisory) return [];
    if (plan.type === 'all') return plan.children.flatMap(walk);
    if (plan.type === 'some') {
      const { chosen } = openOfSome(plan, view);
      return plan.children.filter((child) => chosen.includes(child)).flatMap(walk);
    }
    const { id } = plan.placed.node;
    return (byId.get(id)?.missing ?? []).map((one) => ({ node: id, ...one }));
  };
  return walk(planOf(unit));
}
