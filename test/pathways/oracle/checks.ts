// What is asked of what was taken (A4, checks on C(scope)).
import type { Holding } from '../../../src/pathways/model.ts';
import type {
  AllOf,
  PerPeriodMin,
  ResidencyMin,
  ResultThreshold,
  RuleNode,
  Share,
} from '../../../src/pathways/rule-model.ts';
import { amount, byCodePoint, ONE, sum } from './amounts.ts';
import { minus } from './dates.ts';
import { eligible } from './filters.ts';
import { type Guise, own, type Placed, type World } from './guises.ts';
import { counted, creditOf } from './limits.ts';
import { scopeOf } from './tree.ts';

/** total(N) in one system; a truncating slot hands on no more than its max. */
export function total(world: World, node: RuleNode, placed: readonly Placed[], system: string): bigint {
  return sum(
    world.tree.slots.get(node.id)!.map((slot) => {
      const credit = creditOf(counted(world, slot, placed), system);
      if (slot.kind !== 'creditMin' || slot.excess !== 'truncate' || slot.max === undefined) return credit;
      if (slot.system !== system) return credit;
      const max = amount(slot.max);
      return credit < max ? credit : max;
    }),
  );
}

function carriedIn(world: World, scope: AllOf, system: string): bigint {
  const node = scope.children.find((child) => child.kind === 'carryOver' && child.system === system);
  if (node?.kind !== 'carryOver') return 0n;
  const { carried, carriedStated } = world.input;
  const stated = world.hopeful ? amount(carriedStated?.[system] ?? '0') : 0n;
  const [have, max] = [amount(carried?.[system] ?? '0') + stated, amount(node.max)];
  return have < max ? have : max;
}

/** part / whole >= percent / 100, of the stated total or of what is counted. */
function atLeast(part: bigint, whole: bigint, percent: string): boolean {
  return whole > 0n && part * 100n * ONE >= amount(percent) * whole;
}

const atMost = (part: bigint, whole: bigint, percent: string): boolean => part * 100n * ONE <= amount(percent) * whole;

function shareValue(by: Share['by'], { guise }: Placed): string | undefined {
  if (by === 'category') return guise.category;
  if (by === 'level') return guise.holding.level === undefined ? undefined : String(guise.holding.level);
  return guise.holding[by];
}

function shareMet(node: Share, here: readonly Placed[], whole: bigint): boolean {
  const part = (values: readonly string[]): bigint =>
    creditOf(
      here.filter((one) => {
        const value = shareValue(node.by, one);
        return value !== undefined && values.includes(value);
      }),
      node.system,
    );
  if (node.kind === 'shareMin') return atLeast(part(node.values ?? []), whole, node.percent);
  if (node.values !== undefined) return atMost(part(node.values), whole, node.percent);
  const single = here.flatMap((one) => shareValue(node.by, one) ?? []);
  return single.every((value) => atMost(part([value]), whole, node.percent));
}

/** Those of the rule, of the nearest conferrer, or the pathway's own. */
function bodiesOf(world: World, node: ResidencyMin): readonly string[] {
  if (node.bodies !== undefined) return node.bodies;
  for (const ancestor of world.tree.allAbove.get(node.id)!) {
    if (ancestor.kind !== 'allOf') continue;
    const conferrer = ancestor.children.find((child) => child.kind === 'conferrer');
    if (conferrer?.kind === 'conferrer') return conferrer.bodies;
  }
  return [world.input.pathway.conferrer];
}

function everyPeriod(world: World, node: PerPeriodMin, here: readonly Placed[]): boolean {
  const anchor = node.anchor ?? world.input.date;
  for (let k = 0; k < node.periods; k++) {
    const after = minus(anchor, node.period, k + 1);
    const until = minus(anchor, node.period, k);
    const inside = here.filter(({ guise: { holding } }) => after < holding.awarded && holding.awarded <= until);
    if (creditOf(inside, node.system) < amount(node.min)) return false;
  }
  return true;
}

/** Every holding that is eligible, own guise, for a slot in the scope; of copies of one award, one. */
function matched(world: World, scope: AllOf): Guise[] {
  const slots = world.tree.slots.get(scope.id)!;
  const found = world.holdings
    .filter((holding) => slots.some((slot) => eligible(world, slot, own(holding))))
    .sort(bySelection);
  return found.filter((holding, index) => found.findIndex((one) => one.awardId === holding.awardId) === index).map(own);
}

const expiryOf = (holding: Holding): string => holding.expires ?? '9999-99-99';
const bySelection = (a: Holding, b: Holding): number =>
  expiryOf(a) < expiryOf(b) ? -1 : expiryOf(a) > expiryOf(b) ? 1 : byCodePoint(a.id, b.id);

function averageMet(node: ResultThreshold, over: readonly Guise[]): boolean {
  let weight = 0n;
  let weighted = 0n;
  for (const { holding, credit } of over) {
    if (holding.result?.scale !== node.scale) continue;
    const units = credit.get(node.system!) ?? 0n;
    weight += units;
    weighted += units * amount(holding.result.value);
  }
  if (weight === 0n) return false;
  const threshold = amount(node.value) * weight;
  return node.direction === 'LowerBetter' ? weighted <= threshold : weighted >= threshold;
}

/** `placed` is the whole assignment. */
export function checkMet(world: World, node: RuleNode, placed: readonly Placed[]): boolean {
  const scope = scopeOf(world.tree, node);
  if (scope === undefined) throw new Error(`check without scope: ${node.id}`);
  const here = counted(world, scope, placed);
  const whole = (system: string, stated: string | undefined): bigint =>
    stated === undefined ? creditOf(here, system) : amount(stated);
  switch (node.kind) {
    case 'creditMin':
      return total(world, scope, placed, node.system) + carriedIn(world, scope, node.system) >= amount(node.min);
    case 'shareMin':
    case 'shareMax':
      return shareMet(node, here, whole(node.system, node.total));
    case 'residencyMin': {
      const bodies = bodiesOf(world, node);
      const part = creditOf(
        here.filter((one) => bodies.includes(one.guise.holding.provider)),
        node.system,
      );
      if (node.percent === undefined) return part >= amount(node.min!);
      return atLeast(part, whole(node.system, node.total), node.percent);
    }
    case 'levelShare': {
      const high = here.filter(({ guise: { holding } }) => holding.level !== undefined && holding.level >= node.level);
      return atLeast(creditOf(high, node.system), whole(node.system, node.total), node.percent);
    }
    case 'categoryMin': {
      const inside = here.filter(
        ({ guise }) => guise.category !== undefined && node.categories.includes(guise.category),
      );
      return creditOf(inside, node.system) >= amount(node.min);
    }
    case 'perPeriodMin':
      return everyPeriod(world, node, here);
    case 'resultThreshold': {
      const over = node.basis === 'matched' ? matched(world, scope) : here.map((one) => one.guise);
      return averageMet(node, over);
    }
    default:
      throw new Error(`no check: ${node.kind}`);
  }
}
