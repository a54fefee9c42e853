import type { Unit } from './compile.ts';
import type { Verdict } from './model.ts';
import type { World } from './options.ts';

/**
 * Unknown decisions that could change the verdict. A decision only ever adds ways to place a holding, so it can turn unmet
 * into met, and met into unmet only inside a `not`. What it says is unknown, so that any holding could stand for anything
 * asked for where it is accepted, and free another one for another place: short of having no holding or no such place, its
 * absence proves nothing (A7: unknown is never a pass and never a fail).
 */
export function mattering(
  ids: readonly string[],
  state: Verdict,
  unit: Unit,
  { facts }: Pick<World, 'facts'>,
): readonly string[] {
  if (ids.length === 0 || state === 'undecided' || !facts.some(({ standing }) => standing !== 'never')) return [];
  const units = state === 'met' ? closedUnits(unit) : [unit, ...below(unit)];
  const slots = units.flatMap((one) => one.slots);
  return ids.filter((id) =>
    // Who decided it is as unknown as the rest.
    slots.some(({ equivalences }) => equivalences.some(({ decisions }) => !decisions || decisions.has(id))),
  );
}

const below = (unit: Unit): Unit[] => [...unit.fixed.values()].flatMap((leaf) => [leaf.unit, ...below(leaf.unit)]);

/** Everything inside a `not`. */
const closedUnits = (unit: Unit): Unit[] =>
  [...unit.fixed.values()].flatMap((leaf) =>
    leaf.negated ? [leaf.unit, ...below(leaf.unit)] : closedUnits(leaf.unit),
  );
