import type { CreditMin, EarnedWithin, ResultThreshold, RuleNode } from '../rule-model.ts';
import { accreditedAtAward } from './accredited-at-award.ts';
import { allOf } from './all-of.ts';
import { anyOf } from './any-of.ts';
import { assessedOnly } from './assessed-only.ts';
import { capstone } from './capstone.ts';
import { carryOver } from './carry-over.ts';
import { categoryMin } from './category-min.ts';
import { chooseN } from './choose-n.ts';
import { conferrer } from './conferrer.ts';
import { creditMax } from './credit-max.ts';
import { creditMin, creditMinSlot } from './credit-min.ts';
import { currentAt } from './current-at.ts';
import { earnedWithin, earnedWithinSpan } from './earned-within.ts';
import { equivalence } from './equivalence.ts';
import { exitAward } from './exit-award.ts';
import { levelFloor } from './level-floor.ts';
import { levelShare } from './level-share.ts';
import { nOf } from './n-of.ts';
import { noOverlap } from './no-overlap.ts';
import { not } from './not.ts';
import { perPeriodMin } from './per-period-min.ts';
import { prerequisite } from './prerequisite.ts';
import { requireAll } from './require-all.ts';
import { residencyMin } from './residency-min.ts';
import { resultAverage, resultThreshold } from './result-threshold.ts';
import type { CheckKind, FilterKind, LimitKind, PlainKind, SlotKind } from './rule.ts';
import { sequence } from './sequence.ts';
import { shareMax, shareMin } from './share.ts';
import { singleUse } from './single-use.ts';
import { supervisionFloor } from './supervision-floor.ts';
import { versionPin } from './version-pin.ts';

/** A kind of whatever node: only ever called with nodes of its own kind. */
// biome-ignore lint/suspicious/noExplicitAny: the table is the one place where the kind and its node meet
export type AnyKind = PlainKind<any> | FilterKind<any> | LimitKind<any> | CheckKind<any> | SlotKind<any>;

/** Every kind there is. A new kind is a file and a line here. */
export const RULES: { readonly [K in RuleNode['kind']]: AnyKind & { kind: string } } = {
  ...{ allOf, anyOf, nOf, not },
  ...{ requireAll, chooseN, capstone, creditMin },
  ...{ creditMax, noOverlap, earnedWithin },
  ...{ currentAt, accreditedAtAward, assessedOnly, supervisionFloor, levelFloor, versionPin, singleUse },
  ...{ prerequisite, sequence, resultThreshold },
  ...{ shareMin, shareMax, residencyMin, levelShare, categoryMin, perPeriodMin },
  ...{ equivalence, carryOver, conferrer, exitAward },
};

/** Kinds that are of another class by their members (A3). */
const OTHER = {
  creditMin: (node: CreditMin) => (node.select ? creditMinSlot : undefined),
  earnedWithin: (node: EarnedWithin) => (node.mode === 'span' ? earnedWithinSpan : undefined),
  resultThreshold: (node: ResultThreshold) => (node.mode === 'average' ? resultAverage : undefined),
};

/** The other faces, for whatever goes through all kinds. */
export const FACES: readonly AnyKind[] = [...Object.values(RULES), creditMinSlot, earnedWithinSpan, resultAverage];

/** The kind of a node. @throws Error for an unknown one: it must not be skipped */
export function kindOf(node: RuleNode): AnyKind {
  const kind = Object.hasOwn(RULES, node.kind) ? RULES[node.kind] : undefined;
  if (!kind) throw new Error(`no rule kind ${String(node.kind)}`);
  const other = Object.hasOwn(OTHER, node.kind)
    ? (OTHER[node.kind as keyof typeof OTHER] as (node: RuleNode) => AnyKind | undefined)(node)
    : undefined;
  return other ?? kind;
}
