import { fieldProblem, isDay, type Text } from '#kernel';
import { holdingResults } from './holding-results.ts';
import { type Judged, judge } from './holdings.ts';
import type { Evaluation, Holding, NodeResult, Pathway, State } from './model.ts';
import { nodeResults } from './node-results.ts';
import { reason } from './reasons.ts';
import { type Solution, solve } from './solve.ts';

export interface EvaluationInput {
  pathway: Pathway;
  /** Verified credentials of one person. */
  holdings: readonly Holding[];
  /** The day to evaluate for, in Asia/Manila. */
  date: string;
}

/**
 * What the holdings add up to. Pure: no clock, no look-up; the answer does not depend on the order of the holdings. A
 * statement of eligibility, never an award.
 *
 * Two runs: one with what is sure, one that also takes what is provisional or could not be found out. Met is met by the
 * first; pending by the second only. Revoked, suspended, unaccredited and future awards never count.
 * @throws Problem `invalid-request` for an impossible day, conflicting ids, malformed facts or too many holdings
 */
export function evaluate({ pathway, holdings, date }: EvaluationInput): Evaluation {
  if (!isDay(date)) throw fieldProblem('invalid-request', '/date', 'must be a day, YYYY-MM-DD');
  const root = pathway.root;
  const judged = judge(holdings, date);
  const sure = solve(root, take(judged, 'sure'), date);
  const unsure = judged.some(({ standing }) => standing === 'hopeful');
  const hopeful = sure.outstanding === 0 || !unsure ? sure : solve(root, take(judged, 'sure', 'hopeful'), date);
  const nodes = nodeResults(root, sure, hopeful);
  const { state } = nodes[0]!;
  return {
    state,
    date,
    pathway: { id: pathway.id, name: pathway.name, version: pathway.version, conferrer: pathway.conferrer },
    sentence: sentence(state),
    nodes,
    used: sure.placements
      .map(({ slot, item, holding }) => ({ holding: holding.id, node: slot.id, item }))
      .sort((a, b) => order(nodes, a.node) - order(nodes, b.node) || a.item - b.item),
    ...holdingResults(root, judged, sure),
    missing: state === 'met' ? [] : missing(nodes, sure),
    waitingFor: state === 'pending' ? waitingFor(judged, hopeful) : [],
  };
}

const take = (judged: readonly Judged[], ...standings: Judged['standing'][]): Holding[] =>
  judged.filter(({ standing }) => standings.includes(standing)).map(({ holding }) => holding);

const order = (nodes: readonly NodeResult[], id: string): number => nodes.findIndex((node) => node.id === id);

function missing(nodes: readonly NodeResult[], sure: Solution): Evaluation['missing'] {
  const required = new Set(
    [...sure.problem.slots, ...sure.problem.checks].filter((one) => one.mandatory).map(({ id }) => id),
  );
  return nodes.flatMap((node) =>
    required.has(node.id) ? (node.missing ?? []).map((one) => ({ node: node.id, ...one })) : [],
  );
}

function waitingFor(judged: readonly Judged[], hopeful: Solution): Evaluation['waitingFor'] {
  const placed = new Set(hopeful.placements.map(({ holding }) => holding.id));
  const out: Evaluation['waitingFor'] = judged
    .filter(({ standing, holding }) => standing === 'hopeful' && placed.has(holding.id))
    .map(({ holding, reasons }) => ({ holding: holding.id, reasons: reasons.map((code) => reason(code)) }));
  // The hopeful run has every holding of the sure one and more: what it proves impossible is impossible.
  if (!hopeful.proved) out.push({ reasons: [reason('undecided')] });
  return out;
}

function sentence(state: State): Text {
  switch (state) {
    case 'met':
      return {
        en: 'The requirements are met. The conferrer decides on the award.',
        fil: 'Natugunan ang mga kahingian. Ang magkakaloob ang magpapasiya sa gawad.',
      };
    case 'pending':
      return {
        en: 'It cannot be decided yet: something could not be found out.',
        fil: 'Hindi pa mapagpapasiyahan: may hindi pa natitiyak.',
      };
    case 'unmet':
      return { en: 'The requirements are not met yet.', fil: 'Hindi pa natutugunan ang mga kahingian.' };
    default:
      throw new Error(`no sentence for ${String(state satisfies never)}`);
  }
}
