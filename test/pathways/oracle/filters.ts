// Which holdings may be taken: base filter (A1) and filters (A4), as the list of reasons against (A8).
import type { Holding } from '../../../src/pathways/model.ts';
import { SUPERVISION } from '../../../src/pathways/model.ts';
import type {
  AccreditedAtAward,
  ResultThreshold,
  RuleNode,
  SlotNode,
  VersionPin,
} from '../../../src/pathways/rule-model.ts';
import { amount } from './amounts.ts';
import { minus } from './dates.ts';
import { type Guise, guises, isItem, matches, own, selected, type World } from './guises.ts';
import { besideAbove } from './tree.ts';

/** Reasons of the base filter; provisional and unknown pass in the hopeful run. */
export function baseReasons(world: World, holding: Holding): string[] {
  const reasons: string[] = [];
  if (holding.awarded > world.input.date) reasons.push('future');
  if (holding.completion === 'provisional' && !world.hopeful) reasons.push('provisional');
  if (holding.state === 'unknown' && !world.hopeful) reasons.push('unknown');
  if (holding.state === 'suspended' || holding.state === 'revoked' || holding.state === 'annulled') {
    reasons.push(holding.state);
  }
  return reasons;
}

/** The base-filtered wallet. */
export const wallet = (world: World): Holding[] =>
  world.holdings.filter((holding) => baseReasons(world, holding).length === 0);

/** What the wallet holds, in its own guise, on or before the day on which this was awarded. */
const hasBefore = (world: World, guise: Guise, asked: (one: Guise) => boolean): boolean =>
  wallet(world).some((one) => asked(own(one)) && one.awarded <= guise.holding.awarded);

function accreditation(node: AccreditedAtAward, holding: Holding): 'yes' | 'unknown' | 'no' {
  const answers = holding.accredited
    .filter((one) => one.role === node.role && (node.authority === undefined || one.authority === node.authority))
    .map((one) => one.answer);
  // An unknown that is of no authority could have been any authority's yes.
  const open = holding.accredited.some(
    (one) => one.role === node.role && one.authority === undefined && one.answer === 'unknown',
  );
  return answers.includes('yes') ? 'yes' : open || answers.includes('unknown') ? 'unknown' : 'no';
}

function versionPasses(world: World, node: VersionPin, guise: Guise): boolean {
  if (node.select !== undefined && !selected(node.select, guise)) return true;
  if (guise.version === undefined) return false;
  if (node.versions.includes(guise.version)) return true;
  if (!node.transition?.versions.includes(guise.version)) return false;
  const day = node.transition.by === 'evaluation' ? world.input.date : guise.holding.awarded;
  return day <= node.transition.acceptUntil;
}

export function reaches(node: ResultThreshold, result: Holding['result']): boolean {
  if (result?.scale !== node.scale) return false;
  const [value, threshold] = [amount(result.value), amount(node.value)];
  return node.direction === 'LowerBetter' ? value <= threshold : value >= threshold;
}

/** Reasons of one filter against one guise. */
function filterReasons(world: World, node: RuleNode, guise: Guise): string[] {
  const { holding } = guise;
  const { date } = world.input;
  const unless = (passes: boolean, reason: string): string[] => (passes ? [] : [reason]);
  switch (node.kind) {
    case 'currentAt':
      return unless(holding.expires === undefined || holding.expires >= date, 'expired');
    case 'accreditedAtAward': {
      const answer = accreditation(node, holding);
      if (answer === 'unknown') return unless(world.hopeful, 'unknown');
      return unless(answer === 'yes', 'accreditation');
    }
    case 'assessedOnly':
      return unless(holding.assessed === true, 'notAssessed');
    case 'supervisionFloor': {
      const has = holding.supervision === undefined ? -1 : SUPERVISION.indexOf(holding.supervision);
      return unless(has >= SUPERVISION.indexOf(node.min), 'supervision');
    }
    case 'levelFloor':
      return unless(holding.level !== undefined && holding.level >= node.min, 'level');
    case 'versionPin':
      return unless(versionPasses(world, node, guise), 'version');
    case 'resultThreshold':
      return node.mode === 'each' ? unless(reaches(node, holding.result), 'result') : [];
    case 'earnedWithin': {
      if (node.mode !== 'evaluation') return [];
      return unless(minus(date, node.period) < holding.awarded && holding.awarded <= date, 'window');
    }
    case 'singleUse':
      return unless(!(holding.usedFor ?? []).some((target) => node.across.includes(target)), 'usedElsewhere');
    case 'prerequisite': {
      if (!selected(node.after, guise)) return [];
      return unless(
        hasBefore(world, guise, (one) => selected(node.before, one)),
        'prerequisite',
      );
    }
    case 'sequence': {
      const stands = node.items.every((item, index) => {
        const before = node.items[index - 1];
        if (before === undefined || !isItem(item, guise)) return true;
        return hasBefore(world, guise, (one) => isItem(before, one));
      });
      return unless(stands, 'sequence');
    }
    default:
      return [];
  }
}

/** All reasons why a slot whose matcher asks for it may not take it in this guise. */
export function reasons(world: World, slot: SlotNode, guise: Guise): string[] {
  const found = baseReasons(world, guise.holding);
  if (slot.kind === 'creditMin' && !guise.credit.has(slot.system)) found.push('system');
  for (const node of besideAbove(world.tree, slot)) {
    if (node.binding === 'Mandatory') found.push(...filterReasons(world, node, guise));
  }
  return found;
}

export const eligible = (world: World, slot: SlotNode, guise: Guise): boolean =>
  matches(slot, guise) && reasons(world, slot, guise).length === 0;

/** The guises in which a slot may take a holding. */
export const eligibleGuises = (world: World, slot: SlotNode, holding: Holding): Guise[] =>
  guises(world, slot, holding).filter((guise) => eligible(world, slot, guise));
