import { isObject } from '#kernel';
import type { AccreditationScope, AwardFacts, Bad, Dimension, DimensionName } from './dimension.ts';
import { achievement, achievementVersion } from './dimensions/achievement.ts';
import { pqfLevelRange } from './dimensions/level-range.ts';
import {
  awardType,
  learningRoute,
  participationMode,
  profession,
  psfSector,
  site,
  unitOfCompetency,
} from './dimensions/lists.ts';
import { maxCredit } from './dimensions/max-credit.ts';
import { psced, psgc } from './dimensions/places.ts';
import { trainingRegulation } from './dimensions/training-regulation.ts';

const TABLE: { readonly [Name in DimensionName]-?: Dimension<Name> } = {
  awardType,
  pqfLevelRange,
  achievement,
  achievementVersion,
  trainingRegulation,
  unitOfCompetency,
  psced,
  profession,
  psfSector,
  site,
  psgc,
  participationMode,
  maxCredit,
  learningRoute,
};

/** Every dimension, in the order in which a mismatch is reported. */
export const DIMENSIONS = Object.values(TABLE) as readonly Dimension[];

/** Objects inside a scope carry a class in a signed grant; it says nothing more. */
const CLASSES: Partial<Record<DimensionName, string>> = {
  pqfLevelRange: 'PhLevelRange',
  achievementVersion: 'PhVersionRange',
  trainingRegulation: 'PhTrainingRegulation',
  psced: 'PhClassification',
  maxCredit: 'PhCredit',
};

/** The first dimension that does not match; undefined when all stated ones do. */
export function scopeMismatch(scope: AccreditationScope, facts: AwardFacts): Dimension['reason'] | undefined {
  for (const dimension of DIMENSIONS) {
    const limit = scope[dimension.name];
    if (limit !== undefined && !dimension.matches(limit as never, facts)) return dimension.reason;
  }
  return undefined;
}

/** Scope only narrows: whatever the outer item limits, the inner one limits at least as much. */
export function scopeContains(outer: AccreditationScope, inner: AccreditationScope): boolean {
  return DIMENSIONS.every(({ name, contains }) => outer[name] === undefined || contains(outer[name] as never, inner));
}

/** Every fault of one scope item. An item without a dimension would match every award of every kind: nobody means that. */
export function checkScope(item: unknown, at: string, bad: Bad): void {
  if (!isObject(item)) {
    bad(at, 'must be an object');
    return;
  }
  for (const key of Object.keys(item)) if (!Object.hasOwn(TABLE, key)) bad(`${at}/${key}`, 'is not known');
  const stated = DIMENSIONS.filter(({ name }) => item[name] !== undefined);
  if (stated.length === 0) bad(at, `must state at least one of ${Object.keys(TABLE).join(', ')}`);
  for (const { name, check } of stated) check(item[name], `${at}/${name}`, bad);
}

/** In a signed document: the same, with the classes the context needs. */
export function scopeDocument(item: AccreditationScope) {
  const members = Object.entries(item).map(([name, limit]) => {
    const type = CLASSES[name as DimensionName];
    const typed = (value: object) => (type ? { type: [type], ...value } : value);
    const out = Array.isArray(limit)
      ? limit.map((one) => (isObject(one) ? typed(one) : one))
      : isObject(limit)
        ? typed(limit)
        : limit;
    return [name, out];
  });
  return { type: ['PhAccreditationScope'], ...Object.fromEntries(members) };
}

/**
 * One item of a signed grant. A dimension we do not know limits the grant in a way we cannot test: such an item is
 * unreadable, not unlimited.
 */
export function readScope(value: unknown): AccreditationScope | undefined {
  if (!isObject(value)) return undefined;
  const out: Record<string, unknown> = {};
  for (const [key, limit] of Object.entries(value)) {
    if (key === 'type' || key === 'id') continue;
    const list = LISTS.has(key) && !Array.isArray(limit) ? [limit] : limit;
    out[key] = Array.isArray(list) ? list.map(withoutClass) : withoutClass(list);
  }
  let readable = true;
  checkScope(out, '', () => {
    readable = false;
    return undefined;
  });
  return readable ? (out as AccreditationScope) : undefined;
}

/** Members that are sets: JSON-LD may write a set of one as its only member. */
const LISTS: ReadonlySet<string> = new Set(
  Object.keys(TABLE).filter((key) => !['pqfLevelRange', 'maxCredit'].includes(key)),
);

function withoutClass(value: unknown): unknown {
  if (!isObject(value)) return value;
  const { type: _, id: __, ...members } = value;
  return members;
}
