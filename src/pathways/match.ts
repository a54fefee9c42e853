import { covers, type Fact, inMode, type Mode } from './candidates.ts';
import { compile, type Slot, type Unit } from './compile.ts';
import { amounts, assertDecision, prepare } from './facts.ts';
import { finderOf, itemsOf } from './finder.ts';
import { baseReasons, systemReasons } from './holding-results.ts';
import type { EquivalenceDecision, Holding, Pathway, Reason } from './model.ts';
import { createWorld, refusals, type World } from './options.ts';
import { type ReasonCode, reason } from './reasons.ts';
import type { Item, RuleNode } from './rule-model.ts';

/** Where a badge could serve. */
export interface Place {
  node: string;
  text: RuleNode['text'];
  /** Items it would cover; empty for a slot with a selector. */
  items: { index: number; item: Item }[];
  /** Id of the decision by which it would; absent when as itself. */
  guise?: string;
  /** What the rest of a wallet has to bring first; asked of no badge alone. */
  conditions: Reason[];
}

/** What one badge by itself is to one pathway. */
export interface PathwayMatch {
  /** `unknown`: it would serve if what could not be found out turns out well; never a yes. */
  result: 'serves' | 'does_not_count' | 'not_asked' | 'unknown';
  places: Place[];
  /** Why it may not be taken where it is asked for. */
  reasons: Reason[];
}

/** Of the wallet, not of the badge: a badge alone neither passes nor fails them. */
const OF_THE_WALLET = new Set<ReasonCode>(['prerequisite', 'sequence']);

/**
 * What a badge counts toward, without the rest of a wallet: every slot that asks for it in some guise and may take it.
 * Limits and sums are of a wallet and stay open. Pure.
 * @throws Problem `invalid-request` for malformed facts or decisions
 */
export function matchHolding(
  pathway: Pathway,
  holding: Holding,
  date: string,
  decisions: readonly EquivalenceDecision[] = [],
): PathwayMatch {
  decisions.forEach(assertDecision);
  const world = createWorld(prepare([holding], date), date, decisions, amounts({}));
  const { unit } = compile(pathway);
  // An entry requirement takes nothing, and still is something the badge counts for.
  const units = [unit, ...[...unit.fixed.values()].filter(({ negated }) => !negated).map((one) => one.unit)];
  const asked = units.flatMap((one) => askedIn(one, world));
  if (asked.length === 0) return { result: 'not_asked', places: [], reasons: [reason('not_asked')] };
  const fact = world.facts[0]!;
  const sure = placesIn(asked, fact, world, 'sure');
  if (sure.length > 0) return { result: 'serves', places: sure, reasons: [] };
  const codes = new Set(baseReasons(holding, date));
  for (const { slot, candidate } of asked)
    for (const code of refusedBy(slot, candidate, world, 'sure')) codes.add(code);
  const reasons = [...codes].flatMap((code) =>
    code === 'system' ? systemReasons(units, world, 0) : OF_THE_WALLET.has(code) ? [] : [reason(code)],
  );
  const hopeful = placesIn(asked, fact, world, 'hopeful');
  return { result: hopeful.length > 0 ? 'unknown' : 'does_not_count', places: hopeful, reasons };
}

interface Asked {
  slot: Slot;
  candidate: World['guises'][number][number];
}

const askedIn = (unit: Unit, world: World): Asked[] =>
  world.guises[0]!.flatMap((candidate) =>
    [...finderOf(unit).asked(candidate).keys()].map((slot) => ({ slot, candidate })),
  );

const refusedBy = (slot: Slot, candidate: Asked['candidate'], world: World, mode: Mode): ReasonCode[] =>
  refusals(slot, candidate, world.context[mode]);

function placesIn(asked: readonly Asked[], fact: Fact, world: World, mode: Mode): Place[] {
  if (!inMode(fact, mode)) return [];
  return asked.flatMap(({ slot, candidate }): Place[] => {
    const refused = refusedBy(slot, candidate, world, mode);
    if (refused.some((code) => !OF_THE_WALLET.has(code))) return [];
    const { id, text } = slot.placed.node;
    const covered = itemsOf(slot).flatMap((item, index) => (covers(item, candidate) ? [{ index, item }] : []));
    return [
      {
        ...{ node: id, text },
        items: covered,
        ...(candidate.guise.decision ? { guise: candidate.guise.decision.id } : {}),
        conditions: refused.map((code) => reason(code, id)),
      },
    ];
  });
}
