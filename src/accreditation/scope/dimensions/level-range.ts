import { isObject } from '#kernel';
import { achievementWith } from '../badge-schema.ts';
import type { Dimension } from '../dimension.ts';
import { onlyMembers } from '../members.ts';

function isLevel(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 8;
}

/** PQF levels, inclusive. An award without a level is outside every range. */
export const pqfLevelRange: Dimension<'pqfLevelRange'> = {
  name: 'pqfLevelRange',
  reason: 'scope_pqf_level',
  check(limit, at, bad) {
    if (!isObject(limit)) return bad(at, 'must be an object with from and to');
    onlyMembers(limit, ['from', 'to'], at, bad);
    if (!isLevel(limit.from)) bad(`${at}/from`, 'must be a PQF level, 1 to 8');
    if (!isLevel(limit.to)) return bad(`${at}/to`, 'must be a PQF level, 1 to 8');
    if (isLevel(limit.from) && limit.from > limit.to) return bad(`${at}/to`, 'must not be below from');
    return undefined;
  },
  matches: ({ from, to }, { pqfLevel }) => pqfLevel !== undefined && pqfLevel >= from && pqfLevel <= to,
  contains: ({ from, to }, { pqfLevelRange: inner }) => inner !== undefined && inner.from >= from && inner.to <= to,
  schema: ({ from, to }) => achievementWith({ pqfLevel: { type: 'integer', minimum: from, maximum: to } }),
};
