// Brute-force evaluation: every assignment is made, those that break a limit are dropped, the best of the rest is the answer.
// Written from the specification of stacking (part A) and the data contract only. READINGS are where it leaves a choice.
//
// READINGS
//  1. A code item is covered in the own guise only (rule-model.ts: "own guise only"); a `code` selector reads the
//     competencies in any guise, for a decision never changes them (A2).
//  2. Under a decision an absent category is no category, in all three modes; the source's own category does not remain.
//     An unspecified guise has `to.category` only. awardType and sector are unchanged, as provider, route and level are.
//  3. A block and an unspecified guise have no version: an item with versions, or a versionPin that selects it, fails.
//  4. An `equivalence` node is data, not a filter: decisions of ancestors are accepted inside a `not` too. The same for
//     `conferrer`. A cap counts placements in what is being evaluated: a `not` starts its own count.
//  5. `repeatable` chooseN: k is the number of placements, with `items` as with `select`, for min and for max.
//  6. A slot may hold a placement that covers nothing new (never in a met optimum, but in an unmet one credit decides).
//  7. Truncation cuts the slot's own system only; creditMax and every check but creditMin sum whole credits.
//  8. Limits of a slot itself (max, exactly one, order of a capstone) hold for an advisory slot too. Filters and limits
//     with binding Mandatory hold also below an advisory composite. An advisory meta node works as a mandatory one.
//  9. Capstone order looks at the nearest enclosing allOf; with none (or none inside the `not`) there is nothing else.
// 10. anyOf/nOf: a child "took" when a taking slot below it (not in a `not`) holds something, advisory slots included;
//     the remaining children are ordered by outstanding, then advisory outstanding; alternatives not used add neither.
// 11. What moves to the advisory total is the mandatory and the advisory outstanding of the advisory node together.
// 12. The scope of a check under an exit award's node is as in the tree, but only slots below that node are filled.
// 13. Levels 2 and 6, and `total`, are over the declared systems (else those that the tree names), no others.
// 14. Level 8 is compared id by id: slot and guise of the first id, then of the second.
// 15. Copies (equal awardId): at most one is placed, also in repeatable slots. In an average `matched` one of the eligible
//     copies counts (earliest expiry, then smallest id). In prerequisites any copy serves. An unplaced copy is surplus.
// 16. Average `matched` asks slots in the scope that take: neither `consume: false` nor inside a `not`.
// 17. accreditedAtAward without authority: one yes is yes, else one unknown is unknown. With authority only answers of
//     it, and an unknown that is of no authority.
// 18. Not countable: slots outside a `not`, `consume: false` and advisory ones included; all reasons over all of these
//     slots that ask for it and all its guises there. `unknown` stands for an unknown accreditation and an unknown state.
// 19. Surplus: unplaced, and eligible for some slot that takes, outside a `not`, limits not asked.
// 20. The version of an item and `system` are reasons, not part of the matcher: a creditMin slot asks for whatever its selector selects. A credit
//     of 0 is in the system.
// 21. A residency body's own award counts as residency in any guise, for the provider never changes.
// 22. With a carryOver of the same system in the check's own allOf, min(carried, max) is added; not of one further up.
// 23. shareMax without values: a holding that has no such value is in the whole, and in no part.
// 24. `consume: false`: alone means without any other slot, so a capstone's order and caps see only itself.
// 25. Under `not`, the least outstanding over all assignments of the child decides; its limits and not-twice hold inside.
// 26. What was only stated to be carried counts as provisional does: in the hopeful run.
// 27. An unknown decision can say anything. It leaves a met pathway met, unless a slot inside a `not` accepts it, and an unmet
//     one unmet only where no slot accepts it or nothing is held; the base filter of the hopeful run says what is held.
import { isDeepStrictEqual } from 'node:util';
import type { EvaluationInput, Holding } from '../../../src/pathways/model.ts';
import type { RuleNode } from '../../../src/pathways/rule-model.ts';
import { byCodePoint, written } from './amounts.ts';
import { enumerate, least, options } from './enumerate.ts';
import { eligible, reasons } from './filters.ts';
import { asksFor, equivalencesOf, guises, matches, type Placed, type World } from './guises.ts';
import { allowed } from './limits.ts';
import { compare, type Score, scoreOf } from './objective.ts';
import { isSlot, openNodes, systemsOf, treeOf } from './tree.ts';

export interface OracleAnswer {
  state: 'met' | 'unmet' | 'pending';
  outstanding: number;
  advisoryOutstanding: number;
  /** By holding. */
  placements: { holding: string; node: string; guise?: string }[];
  total: Record<string, string>;
  notCountable: { holding: string; codes: string[] }[];
  surplus: string[];
  exitAwards: string[];
}

/** Same id and same content twice is one holding; different content is an input error. */
function distinct(holdings: readonly Holding[]): Holding[] {
  const found = new Map<string, Holding>();
  for (const holding of holdings) {
    const known = found.get(holding.id);
    if (known !== undefined && !isDeepStrictEqual(known, holding)) throw new Error(`two contents: ${holding.id}`);
    found.set(holding.id, holding);
  }
  return [...found.values()];
}

export function worldOf(input: EvaluationInput): World {
  const tree = treeOf(input.pathway.root);
  const systems = input.pathway.systems ?? systemsOf(tree);
  return { input, tree, holdings: distinct(input.holdings), hopeful: false, systems, alone: new Map() };
}

interface Best {
  placed: readonly Placed[];
  score: Score;
}

function bestOf(world: World): Best {
  const { root } = world.tree;
  let best: Best | undefined;
  enumerate(options(world, world.tree.slots.get(root.id)!), (placed) => {
    if (!allowed(world, root, placed)) return;
    const score = scoreOf(world, placed);
    if (best === undefined || compare(score, best.score) < 0) best = { placed: [...placed], score };
  });
  return best!;
}

function notCountableOf(world: World): OracleAnswer['notCountable'] {
  const slots = openNodes(world.tree.root).filter(isSlot);
  return world.holdings.flatMap((holding) => {
    const asked = slots.flatMap((slot) =>
      guises(world, slot, holding)
        .filter((guise) => asksFor(slot, guise))
        .map((guise) => [...reasons(world, slot, guise), ...(matches(slot, guise) ? [] : ['version'])]),
    );
    if (asked.length === 0 || asked.some((against) => against.length === 0)) return [];
    return [{ holding: holding.id, codes: [...new Set(asked.flat())].sort() }];
  });
}

function surplusOf(world: World, placed: readonly Placed[]): string[] {
  const slots = world.tree.slots.get(world.tree.root.id)!;
  return world.holdings
    .filter((holding) => placed.every((one) => one.guise.holding.id !== holding.id))
    .filter((holding) =>
      slots.some((slot) => guises(world, slot, holding).some((guise) => eligible(world, slot, guise))),
    )
    .map((holding) => holding.id);
}

function exitAwardsOf(world: World): string[] {
  return world.tree.nodes.flatMap((node) => {
    if (node.kind !== 'exitAward') return [];
    const asked = world.tree.nodes.find((one) => one.id === node.node)!;
    return least(world, asked).mandatory === 0 ? [node.award] : [];
  });
}

/** Reading 27. */
function couldMatter({ input, tree, holdings }: World, state: OracleAnswer['state']): boolean {
  const held = holdings.some((one) => one.awarded <= input.date && ['active', 'unknown'].includes(one.state));
  const closed = (node: RuleNode) => tree.allAbove.get(node.id)!.some((above) => above.kind === 'not');
  const slots = tree.nodes.filter((node) => isSlot(node) && (state !== 'met' || closed(node)));
  const accepts = (id: string) =>
    slots.some((slot) => equivalencesOf(tree, slot).some((rule) => rule.decisions?.includes(id) ?? true));
  return held && (input.unknownDecisions ?? []).some(accepts);
}

export function oracle(input: EvaluationInput): OracleAnswer {
  const sure = worldOf(input);
  const best = bestOf(sure);
  const { open } = best.score;
  const hopes = (): boolean => least({ ...sure, hopeful: true }, sure.tree.root).mandatory === 0;
  const state = open.mandatory === 0 ? 'met' : hopes() ? 'pending' : 'unmet';
  return {
    state: couldMatter(sure, state) ? 'pending' : state,
    outstanding: open.mandatory,
    advisoryOutstanding: open.advisory,
    placements: best.placed
      .map(({ slot, guise }) => ({
        holding: guise.holding.id,
        node: slot.id,
        ...(guise.decision === undefined ? {} : { guise: guise.decision.id }),
      }))
      .sort((a, b) => byCodePoint(a.holding, b.holding)),
    total: Object.fromEntries(sure.systems.map((system, index) => [system, written(best.score.credit[index]!)])),
    notCountable: notCountableOf(sure).sort((a, b) => byCodePoint(a.holding, b.holding)),
    surplus: surplusOf(sure, best.placed).sort(byCodePoint),
    exitAwards: exitAwardsOf(sure).sort(byCodePoint),
  };
}
