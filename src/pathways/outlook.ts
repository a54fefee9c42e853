import { formatAmount, parseAmount } from '#kernel';
import type { Fact, Mode } from './candidates.ts';
import type { Compiled } from './compile.ts';
import { contextOf, totalOf } from './conditions.ts';
import { baseReasons } from './holding-results.ts';
import type { Evaluation } from './model.ts';
import { type ReasonCode, reason } from './reasons.ts';
import type { CreditMin } from './rule-model.ts';
import type { Solution } from './solve.ts';
import { within } from './tree.ts';

/** What a pending answer waits for: all that is unknown about what the hopeful run counts (A7). */
export function waitingFor(
  state: 'pending' | 'undecided',
  sure: Solution,
  hopeful: Solution,
): Evaluation['waitingFor'] {
  const { world } = sure.wallet;
  const waiting = new Map<Fact, Set<ReasonCode>>();
  const look = ({ score, leaves, unit }: Solution): void => {
    for (const { fact, slot, ...candidate } of score.placed) {
      const codes: ReasonCode[] = baseReasons(fact.holding, world.date);
      for (const { node, kind } of slot.filters) {
        // Whatever refuses it now and not then: unknown by itself, or something before it is.
        const code = kind.refuses(node, { fact, guise: candidate.guise }, world.context.sure);
        if (code) codes.push(code);
      }
      if (codes.length > 0) waiting.set(fact, new Set([...(waiting.get(fact) ?? []), ...codes]));
    }
    for (const [placed, leaf] of leaves) if (!unit.fixed.get(placed)!.negated) look(leaf);
  };
  if (state === 'pending') {
    look(hopeful);
    // Under a `not` it is the sure run that takes in what is unknown.
    for (const [placed, leaf] of sure.leaves) if (sure.unit.fixed.get(placed)!.negated) look(leaf);
  }
  if (state === 'pending' && waiting.size === 0 && !restsOnStated(hopeful)) {
    // What is only looked at (an average of all that matches) waits for everything that is unknown.
    for (const fact of world.facts) {
      if (fact.standing === 'hopeful') waiting.set(fact, new Set(baseReasons(fact.holding, world.date)));
      else if (fact.standing === 'sure' && fact.holding.accredited.some(({ answer }) => answer === 'unknown'))
        waiting.set(fact, new Set(['unknown']));
    }
  }
  const out: Evaluation['waitingFor'] = [...waiting]
    .sort(([a], [b]) => a.rank - b.rank)
    .map(([fact, codes]) => ({ holding: fact.holding.id, reasons: [...codes].map((code) => reason(code)) }));
  if (state === 'pending' && restsOnStated(hopeful)) out.push({ reasons: [reason('carried_stated')] });
  if (state === 'undecided') out.push({ reasons: [reason('undecided')] });
  return out;
}

/** Whether a sum is reached only with what was stated. */
function restsOnStated({ unit, wallet, score, leaves }: Solution): boolean {
  const short = unit.checks.some((check) => {
    const { node } = check.placed;
    if (node.kind !== 'creditMin') return false;
    const { system, min } = node as CreditMin;
    const total = totalOf(
      score.placed.filter(({ slot }) => check.slots.includes(slot.index)),
      system,
    );
    const carried = (mode: Mode) => contextOf(check, { ...wallet, mode }).carried(system);
    const need = parseAmount(min);
    return total + carried('sure') < need && total + carried('hopeful') >= need;
  });
  return short || [...leaves.values()].some(restsOnStated);
}

/** What is handed on when met: at most `max` of the credit that could count and was not needed (A4, carryOver). */
export function carriesOver({ carryOvers }: Compiled, { wallet, score }: Solution): Record<string, string> {
  const placed = new Set(score.placed.map(({ fact }) => fact.holding.awardId));
  const out: Record<string, number> = {};
  for (const { node, parent } of carryOvers) {
    const awards = new Set(placed);
    let sum = 0;
    for (const list of wallet.options) {
      const option = list.find(({ slot }) => parent && within(slot.placed, parent));
      // A copy of an award is the same award.
      if (!option || awards.has(option.fact.holding.awardId)) continue;
      awards.add(option.fact.holding.awardId);
      sum += option.guise.credit.get(node.system) ?? 0;
    }
    out[node.system] = Math.max(out[node.system] ?? 0, Math.min(sum, parseAmount(node.max)));
  }
  return Object.fromEntries(Object.entries(out).map(([system, sum]) => [system, formatAmount(sum)]));
}
