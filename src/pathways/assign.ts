import { bestFlow, type Edge, lexicographic, type Work } from './flow.ts';
import { creditIn } from './holdings.ts';
import type { Holding } from './model.ts';
import type { CreditCheck, ItemPlace, Problem, Slot } from './problem.ts';

/** One holding in one item of one slot. A certificate that covers several units of a slot occurs once for each. */
export interface Placement {
  slot: Slot;
  item: number;
  holding: Holding;
}

/**
 * The best placement when every holding serves one item: most items that are required, then most credit for the checks in
 * the given order, then advisory items, then few holdings, then the preferred ones. Two holdings of one achievement are
 * never both placed.
 * @param beyondMin whether slots may take more than their minimum
 * @param fixed placements already decided; their holdings' achievements and their items are out of play
 */
export function assign(
  problem: Problem,
  order: readonly CreditCheck[],
  beyondMin: boolean,
  fixed: readonly Placement[],
  rank: ReadonlyMap<string, number>,
  work: Work,
): Placement[] {
  const taken = new Set(fixed.map((placement) => placement.holding.achievement));
  const filled = new Set(fixed.map((placement) => `${placement.slot.id} ${placement.item}`));
  const gain = (parts: { required?: number; credit?: number[]; advisory?: number; placed?: number; rank?: number }) =>
    lexicographic([
      parts.required ?? 0,
      ...order.map((_, index) => parts.credit?.[index] ?? 0),
      parts.advisory ?? 0,
      -(parts.placed ?? 0),
      -(parts.rank ?? 0),
    ]);

  const edges: Edge[] = [];
  const arcs: { edge: number; place: ItemPlace; holding: Holding }[] = [];
  const vertices = new Map<string, number>();
  const vertex = (name: string): number => {
    if (!vertices.has(name)) vertices.set(name, vertices.size + 2);
    return vertices.get(name)!;
  };
  for (const slot of problem.slots) {
    const open = slot.items.filter((place) => !filled.has(`${slot.id} ${place.index}`));
    const have = slot.items.length - open.length;
    for (const place of open) {
      const item = vertex(`item ${slot.id} ${place.index}`);
      for (const holding of bestOfEach(place.eligible, slot, order)) {
        if (taken.has(holding.achievement)) continue;
        const credit = order.map((check) => (check.slots.has(slot.id) ? creditIn(holding, check.system) : 0));
        const group = `achievement ${holding.achievement}`;
        if (!vertices.has(group)) edges.push({ from: 0, to: vertex(group), capacity: 1, gain: 0n });
        arcs.push({ edge: edges.length, place, holding });
        edges.push({
          from: vertex(group),
          to: item,
          capacity: 1,
          gain: gain({ credit, placed: 1, rank: rank.get(holding.id) ?? 0 }),
        });
      }
      edges.push({ from: item, to: vertex(`slot ${slot.id}`), capacity: 1, gain: 0n });
    }
    const reward = gain(slot.mandatory ? { required: 1 } : { advisory: 1 });
    const slotVertex = vertex(`slot ${slot.id}`);
    edges.push({ from: slotVertex, to: 1, capacity: Math.max(0, slot.min - have), gain: reward });
    const beyond = slot.max - Math.max(slot.min, have);
    if (beyondMin && beyond > 0) edges.push({ from: slotVertex, to: 1, capacity: beyond, gain: 0n });
  }
  const flow = bestFlow(vertices.size + 2, edges, work);
  const placed = arcs.filter(({ edge }) => flow[edge] === 1);
  return [...fixed, ...placed.map(({ place, holding }) => ({ slot: place.slot, item: place.index, holding }))];
}

/** Of several holdings of one achievement only one can be placed: that with most credit, else the preferred one. */
function bestOfEach(eligible: readonly Holding[], slot: Slot, order: readonly CreditCheck[]): Holding[] {
  const best = new Map<string, Holding>();
  const worth = (holding: Holding) =>
    lexicographic(order.map((check) => (check.slots.has(slot.id) ? creditIn(holding, check.system) : 0)));
  for (const holding of eligible) {
    const known = best.get(holding.achievement);
    if (!known || worth(holding) > worth(known)) best.set(holding.achievement, holding);
  }
  return [...best.values()];
}
