import { formatAmount } from '#kernel';
import { inMode } from './candidates.ts';
import type { Unit } from './compile.ts';
import { finderOf } from './finder.ts';
import type { Evaluation, Holding, Reason } from './model.ts';
import { type Option, refusals, type World } from './options.ts';
import { creditReason, type ReasonCode, reason } from './reasons.ts';
import type { Solution } from './solve.ts';

type Lists = Required<Pick<Evaluation, 'surplus' | 'notCountable' | 'notes'>>;

/** Every holding that is not simply used, and exactly why (A8). */
export function holdingResults(sure: Solution): Lists {
  const { world } = sure.wallet;
  const placed = new Map(sure.score.placed.map((option) => [option.fact, option]));
  // A slot that takes nothing asks too, but leaves no surplus.
  const looking = [...sure.unit.fixed.values()].filter(({ negated }) => !negated).map(({ unit }) => unit);
  const out: Lists = { surplus: [], notCountable: [], notes: [] };
  const awards = new Set(sure.score.placed.map(({ fact }) => fact.holding.awardId));
  const once = sure.score.placed.filter(({ slot }) => !slot.repeatable);
  const achievements = new Set(once.flatMap(({ fact, guise }) => [fact.holding.achievement, ...guise.achievements]));
  const whyNot = ({ awardId, achievement }: Holding): ReasonCode =>
    awards.has(awardId) ? 'same_award' : achievements.has(achievement) ? 'same_achievement' : 'not_needed';
  const sums = sumsOf(sure.unit);
  for (const [at, fact] of world.facts.entries()) {
    const { id } = fact.holding;
    const option = placed.get(fact);
    if (option) {
      const notes = creditNotes(option, sums[option.slot.index]!);
      if (notes.length > 0) out.notes.push({ holding: id, reasons: notes });
      continue;
    }
    const refused = refusalsOf(sure.unit, sure, at);
    const seen = looking.length === 0 ? NONE : looking.flatMap((unit) => refusalsOf(unit, sure, at));
    if (refused.length + seen.length === 0) {
      out.notes.push({ holding: id, reasons: [reason('not_asked')] });
    } else if (inMode(fact, 'sure') && refused.some((codes) => codes.length === 0)) {
      out.surplus.push({ holding: id, reasons: [reason(whyNot(fact.holding))] });
    } else if (!(inMode(fact, 'sure') && seen.some((codes) => codes.length === 0))) {
      // What an entry requirement can take counts there, and is neither used up nor left over.
      const codes = new Set([...baseReasons(fact.holding, world.date), ...refused.flat(), ...seen.flat()]);
      const reasons = [...codes].flatMap((code) =>
        code === 'system' ? systemReasons([sure.unit, ...looking], world, at) : [reason(code)],
      );
      if (reasons.length > 0) out.notCountable.push({ holding: id, reasons });
    }
  }
  return out;
}

const NONE: ReasonCode[][] = [];

/** For every slot that asks for the holding in some guise: why it may not take it. */
function refusalsOf(unit: Unit, { wallet: { world } }: Solution, at: number): ReasonCode[][] {
  const finder = finderOf(unit);
  return world.guises[at]!.flatMap((candidate) =>
    [...finder.asked(candidate).keys()].map((slot) => refusals(slot, candidate, world.context.sure)),
  );
}

/** One for each credit system that a slot asks for and the holding has in no guise for it. */
export function systemReasons(units: readonly Unit[], world: World, at: number): Reason[] {
  const asked = units.flatMap((unit) => {
    const finder = finderOf(unit);
    return world.guises[at]!.flatMap((candidate) =>
      [...finder.asked(candidate).keys()].flatMap(({ demand: { counts, system } }) =>
        counts === 'credit' && system !== undefined && !candidate.guise.credit.has(system) ? [system] : [],
      ),
    );
  });
  const { credit } = world.facts[at]!.holding;
  return [...new Set(asked)].map((system) => creditReason('system', credit, system));
}

/** Why the base filter leaves it out of the sure run (A1). */
export function baseReasons({ state, awarded, completion }: Holding, date: string): ReasonCode[] {
  const out: ReasonCode[] = [];
  if (awarded > date) out.push('future');
  if (completion === 'provisional') out.push('provisional');
  if (state === 'unknown') out.push('status_unknown');
  else if (state !== 'active') out.push(state);
  return out;
}

const texts = (credit: ReadonlyMap<string, number>): Record<string, string> =>
  Object.fromEntries([...credit].map(([system, amount]) => [system, formatAmount(amount)]));

/** By slot: the sums of credit that what it takes is part of. */
function sumsOf({ slots, checks }: Unit): { id: string; system: string }[][] {
  const out = slots.map((): { id: string; system: string }[] => []);
  for (const { placed, slots } of checks) {
    const { node } = placed;
    if (node.kind === 'creditMin') for (const slot of slots) out[slot]!.push(node);
  }
  return out;
}

/** A credential can be counted and still add nothing to a sum; the explanation names it (A2). */
function creditNotes({ guise }: Option, sums: readonly { id: string; system: string }[]): Reason[] {
  return sums
    .filter(({ system }) => (guise.credit.get(system) ?? 0) === 0)
    .map(({ id, system }) =>
      guise.credit.size > 0 ? creditReason('other_system', texts(guise.credit), system, id) : reason('no_credit', id),
    );
}
