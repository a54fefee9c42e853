import { achievementWith, numbers, oneOf } from '../badge-schema.ts';
import type { AccreditationScope, Dimension } from '../dimension.ts';
import { checkObjects } from '../members.ts';
import { checkList, isIri } from './lists.ts';

type VersionRange = NonNullable<AccreditationScope['achievementVersion']>[number];

/** The definition itself, in any version. */
export const achievement: Dimension<'achievement'> = {
  name: 'achievement',
  reason: 'scope_achievement',
  check: (limit, at, bad) => checkList(limit, at, isIri, 'must be an absolute IRI', bad),
  matches: (limit, award) => award.achievement !== undefined && limit.includes(award.achievement),
  contains(limit, inner) {
    // An inner scope that names versions of it names the definition too.
    const named = inner.achievement ?? inner.achievementVersion?.map((range) => range.achievement);
    return named?.every((id) => limit.includes(id)) ?? false;
  },
  schema: (limit) => achievementWith({ id: oneOf(limit) }),
};

const VERSION = /^[1-9]\d{0,5}$/;

/** Versions are whole numbers here; a version of another form is outside every range. */
function within(range: VersionRange, id: string, version: string | undefined): boolean {
  if (range.achievement !== id || version === undefined || !VERSION.test(version)) return false;
  return Number(version) >= Number(range.from ?? 0) && Number(version) <= Number(range.to ?? Number.POSITIVE_INFINITY);
}

function covers(outer: VersionRange, inner: VersionRange): boolean {
  return (
    outer.achievement === inner.achievement &&
    Number(outer.from ?? 0) <= Number(inner.from ?? 0) &&
    Number(outer.to ?? Number.POSITIVE_INFINITY) >= Number(inner.to ?? Number.POSITIVE_INFINITY)
  );
}

/** Versions of a definition: a new one is outside until the accreditor says otherwise. */
export const achievementVersion: Dimension<'achievementVersion'> = {
  name: 'achievementVersion',
  reason: 'scope_achievement_version',
  check: (limit, at, bad) =>
    checkObjects(limit, at, bad, ['achievement', 'from', 'to'], (range, here) => {
      if (typeof range.achievement !== 'string' || !isIri(range.achievement)) {
        bad(`${here}/achievement`, 'must be an absolute IRI');
      }
      for (const end of ['from', 'to'] as const) {
        if (range[end] !== undefined && !(typeof range[end] === 'string' && VERSION.test(range[end]))) {
          bad(`${here}/${end}`, 'must be a version, a whole number as text');
        }
      }
      if (Number(range.from ?? 0) > Number(range.to ?? Number.POSITIVE_INFINITY)) {
        bad(`${here}/to`, 'must not be below from');
      }
    }),
  matches: (limit, award) =>
    award.achievement !== undefined && limit.some((range) => within(range, award.achievement!, award.version)),
  contains: (limit, inner) =>
    inner.achievementVersion?.every((range) => limit.some((outer) => covers(outer, range))) ?? false,
  schema: (limit) => ({
    anyOf: limit.map((range) =>
      achievementWith({
        id: { const: range.achievement },
        version: numbers(Number(range.from ?? 1), Number(range.to ?? 999_999)),
      }),
    ),
  }),
};
