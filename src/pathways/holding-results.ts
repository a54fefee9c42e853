import { creditIn, type Judged } from './holdings.ts';
import { createFinder, refusals } from './match.ts';
import type { Evaluation, Item, Reason, RuleNode, SlotNode } from './model.ts';
import { type ReasonCode, reason } from './reasons.ts';
import type { Solution } from './solve.ts';
import { flatten, isSlot, type Placed } from './tree.ts';

/** Every holding that is not simply used, and exactly why. */
export function holdingResults(
  root: RuleNode,
  judged: readonly Judged[],
  sure: Solution,
): Pick<Evaluation, 'surplus' | 'notCountable'> {
  const slots = flatten(root).filter((placed): placed is Placed<SlotNode> => isSlot(placed.node));
  const usedAchievements = new Set(sure.placements.map(({ holding }) => holding.achievement));
  const currentOn = new Map(sure.problem.slots.map((slot) => [slot.id, slot.currentOn]));
  const find = createFinder(judged.map(({ holding }) => holding));
  const askedFor = new Map(judged.map(({ holding }) => [holding.id, [] as { node: SlotNode; item: Item }[]]));
  for (const { node } of slots) {
    for (const item of node.items) {
      for (const { id } of find(item)) askedFor.get(id)!.push({ node, item });
    }
  }
  const out: Pick<Evaluation, 'surplus' | 'notCountable'> = { surplus: [], notCountable: [] };
  for (const { holding, standing, reasons } of judged) {
    const places = sure.placements.filter((placement) => placement.holding.id === holding.id);
    if (places.length > 0) {
      const notes = creditNotes(places, sure);
      if (notes.length > 0) out.notCountable.push({ holding: holding.id, reasons: notes });
      continue;
    }
    const asked = askedFor.get(holding.id)!;
    const codes: ReasonCode[] = [...reasons];
    if (asked.length === 0) codes.push('not_asked');
    const refused = asked.map(({ node, item }) => refusals(item, holding, currentOn.get(node.id)));
    if (asked.length > 0 && refused.every((list) => list.length > 0)) codes.push(...new Set(refused.flat()));
    if (standing === 'sure' && codes.length === 0) {
      const repeat = usedAchievements.has(holding.achievement);
      out.surplus.push({ holding: holding.id, reasons: [reason(repeat ? 'same_achievement' : 'not_needed')] });
    } else {
      out.notCountable.push({ holding: holding.id, reasons: [...new Set(codes)].map((code) => reason(code)) });
    }
  }
  return out;
}

/** A credential can serve an item and still add nothing to a sum. */
function creditNotes(places: readonly Solution['placements'][number][], { problem }: Solution): Reason[] {
  const { holding } = places[0]!;
  return problem.checks
    .filter((check) => places.some(({ slot }) => check.slots.has(slot.id)) && creditIn(holding, check.system) === 0)
    .map((check) => reason(Object.keys(holding.credit).length > 0 ? 'other_system' : 'no_credit', check.id));
}
