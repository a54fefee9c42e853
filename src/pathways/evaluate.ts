import { fieldProblem, formatAmount, isAmount, isDay, type Text } from '#kernel';
import { type Fact, inMode } from './candidates.ts';
import { type Compiled, compile } from './compile.ts';
import { amounts, assertDecision, prepare } from './facts.ts';
import { holdingResults } from './holding-results.ts';
import type { Evaluation, EvaluationInput, Placement, Verdict } from './model.ts';
import { coveredBy, nodeResults } from './node-results.ts';
import { createWorld, type World } from './options.ts';
import { carriesOver, waitingFor } from './outlook.ts';
import { reason } from './reasons.ts';
import { budgetOf } from './search.ts';
import { decided, type Solution, type SolveOptions, solve } from './solve.ts';
import { mattering } from './unknown-decisions.ts';
import { missingOf, waysToFinish } from './ways.ts';

/** Most steps that ways to finish may take: they are a help, not the answer. */
const WAYS_BUDGET = 5_000;

/**
 * What the holdings add up to (stacking A). Pure: no clock, no look-up; the answer does not depend on the order of the
 * holdings. A statement of eligibility, never an award.
 *
 * Two runs (A7): one with what is sure, one that also takes what is provisional or unknown. Met is met by the first;
 * pending by the second only. All that is shown is of the first.
 * @param options for tests: `plain` searches the whole without any reduction
 * @throws Problem `invalid-request` for an impossible day, conflicting ids, malformed facts or too many holdings
 */
export function evaluate(input: EvaluationInput, { plain = false }: { plain?: boolean } = {}): Evaluation {
  const { pathway, date } = input;
  const compiled = compile(pathway);
  const world = worldOf(input, compiled);
  const options: SolveOptions = { systems: compiled.systems, budget: budgetOf(input.budget), plain };
  const sure = solve(compiled.unit, world, 'sure', options);
  const hopeful = sure.score.open === 0 || !unsure(world) ? sure : solve(compiled.unit, world, 'hopeful', options);
  const found = stateOf(sure, hopeful);
  const unknown = mattering(input.unknownDecisions ?? [], found, compiled.unit, world);
  const state = unknown.length > 0 ? 'pending' : found;
  const nodes = nodeResults(compiled.nodes, sure, hopeful);
  if (state !== found) nodes[0]!.state = 'pending';
  const missing = state === 'met' ? [] : missingOf(sure, nodes);
  const placements = placementsOf(sure);
  return {
    state,
    proved: { verdict: state !== 'undecided', ...sure.proved },
    outstanding: sure.score.open,
    bound: sure.bound,
    date,
    pathway: { id: pathway.id, name: pathway.name, version: pathway.version, conferrer: pathway.conferrer },
    sentence: SENTENCES[state],
    nodes,
    placements,
    used: placements.flatMap(({ holding, node, items }) => items.map((item) => ({ holding, node, item }))),
    total: Object.fromEntries(compiled.systems.map((system, at) => [system, formatAmount(sure.score.total[at]!)])),
    ...holdingResults(sure),
    missing,
    waysToFinish:
      state === 'met'
        ? []
        : waysToFinish(sure, missing, (other) => nodeResults(compiled.nodes, other, other), {
            ...options,
            budget: budgetOf(Math.min(WAYS_BUDGET, options.budget.left)),
          }),
    exitAwards: compiled.exits
      .filter(({ unit }) => solve(unit, world, 'sure', { ...options, openOnly: true }).score.open === 0)
      .map(({ award, node }) => ({ award, node })),
    carriesOver: state === 'met' ? carriesOver(compiled, sure) : {},
    waitingFor: [
      ...(found === 'pending' || found === 'undecided' ? waitingFor(found, sure, hopeful) : []),
      ...unknown.map((decision) => ({ decision, reasons: [reason('decision_unknown')] })),
    ],
  };
}

function worldOf(
  { holdings, date, decisions = [], carried = {}, carriedStated = {} }: EvaluationInput,
  compiled: Compiled,
): World {
  if (!isDay(date)) throw fieldProblem('invalid-request', '/date', 'must be a day, YYYY-MM-DD');
  for (const [system, amount] of [...Object.entries(carried), ...Object.entries(carriedStated)]) {
    if (!isAmount(amount)) throw fieldProblem('invalid-request', `/carried/${system}`, 'must be an amount');
  }
  decisions.forEach(assertDecision);
  const ids = new Set(decisions.map(({ id }) => id));
  if (ids.size < decisions.length) throw fieldProblem('invalid-request', '/decisions', 'has one id twice');
  const facts = prepare(holdings, date);
  assertDirections(facts, compiled);
  return createWorld(facts, date, decisions, amounts(carried), amounts(carriedStated));
}

/** A result that says the opposite of the scale is an error, not a bad result (A4, resultThreshold). */
function assertDirections(facts: readonly Fact[], { thresholds }: Compiled): void {
  for (const { scale, direction } of thresholds) {
    const wrong = facts.find(({ holding: { result } }) => result?.scale === scale && result.direction !== direction);
    if (wrong) {
      const detail = `the result of ${wrong.holding.id} runs against the direction of its scale`;
      throw fieldProblem('invalid-request', '/credentials', detail);
    }
  }
}

/** Whether the two runs can differ at all. */
const unsure = ({ facts, carried }: World): boolean =>
  [...carried.hopeful].some(([system, amount]) => amount !== (carried.sure.get(system) ?? 0)) ||
  facts.some(
    (fact) =>
      inMode(fact, 'hopeful') &&
      (fact.standing === 'hopeful' || fact.holding.accredited.some(({ answer }) => answer === 'unknown')),
  );

function stateOf(sure: Solution, hopeful: Solution): Verdict {
  if (sure.score.open === 0) return 'met';
  if (!decided(sure)) return 'undecided';
  if (hopeful.score.open === 0) return 'pending';
  return decided(hopeful) ? 'unmet' : 'undecided';
}

/** In the order of the tree, then of the items, then of the ids. */
function placementsOf({ score }: Solution): Placement[] {
  return [...score.placed]
    .sort((a, b) => a.slot.index - b.slot.index || (coveredBy(a)[0] ?? 0) - (coveredBy(b)[0] ?? 0))
    .map((option) => ({
      holding: option.fact.holding.id,
      node: option.slot.placed.node.id,
      items: coveredBy(option),
      ...(option.guise.decision ? { guise: option.guise.decision.id } : {}),
    }));
}

const SENTENCES: Record<Verdict, Text> = {
  met: {
    en: 'The requirements are met. The conferrer decides on the award.',
    fil: 'Natugunan ang mga kahingian. Ang magkakaloob ang magpapasiya sa gawad.',
  },
  pending: {
    en: 'It cannot be decided yet: something could not be found out.',
    fil: 'Hindi pa mapagpapasiyahan: may hindi pa natitiyak.',
  },
  unmet: { en: 'The requirements are not met yet.', fil: 'Hindi pa natutugunan ang mga kahingian.' },
  undecided: {
    en: 'It was not decided: there are more combinations than were tried.',
    fil: 'Hindi napagpasiyahan: mas marami ang kombinasyon kaysa nasubok.',
  },
};
