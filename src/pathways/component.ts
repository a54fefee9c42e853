import type { Rules } from './assess.ts';
import type { Bar, Forms } from './conditions.ts';
import type { Option } from './options.ts';
import type { Plan } from './plan.ts';

/** A part of a plan, and whether it stands below something advisory. */
export interface Part {
  plan: Plan;
  advisory: boolean;
}

/** What shares holdings, achievements, limits or checks and so has to be decided together (B3). */
export interface Component {
  rules: Rules;
  parts: readonly Part[];
  /** Slots by their place in the unit. */
  slots: readonly number[];
  /** How many things each slot of the unit can tell apart. */
  items: readonly number[];
  /** By holding: what can be done with it; first what expires first, then by id (A6, levels 5 and 7). */
  holdings: readonly (readonly Option[])[];
  bars: readonly Bar[];
  /** Checks by their place in the unit. */
  checks: readonly number[];
}

/** One linear condition in numbers. */
export interface Linear {
  check: number;
  of: readonly number[];
  atLeast: number;
  /** No sum of it can pass 2^53; else it only bounds, and `assess` decides. */
  exact: boolean;
}

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** @param flat every option of the component; coefficients are in its numbering */
export function linearsOf(checks: readonly number[], forms: readonly Forms[], flat: readonly Option[]): Linear[] {
  return checks.flatMap((check) => {
    const inScope = new Set(forms[check]!.check.slots);
    return forms[check]!.forms.map((form): Linear => {
      const raw = flat.map((option) => (inScope.has(option.slot.index) ? form.of(option) : 0n));
      const divisor = raw.reduce(gcd, form.atLeast) || 1n;
      const of = raw.map((one) => one / divisor);
      const atLeast = form.atLeast / divisor;
      const most = of.reduce((sum, one) => sum + abs(one), abs(atLeast));
      // What a slot cuts off is not linear: without the cut it is a bound.
      const cuts = form.total !== undefined && flat.some(({ slot }) => slot.demand.truncate !== undefined);
      return { check, of: of.map(Number), atLeast: Number(atLeast), exact: most <= SAFE && !cuts };
    });
  });
}

const abs = (value: bigint): bigint => (value < 0n ? -value : value);

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [abs(a), abs(b)];
  while (y > 0n) [x, y] = [y, x % y];
  return x;
}
