import type { JsonObject } from '#kernel';
import { objectWith } from './badge-schema.ts';
import type { AccreditationScope } from './dimension.ts';
import { DIMENSIONS } from './scope.ts';

const BADGE_TYPES = ['OpenBadgeCredential', 'AchievementCredential'];

/**
 * A JSON Schema of the badges that a scope covers. An item with a limit that JSON Schema cannot state is left out, so the
 * schema may accept less than the grant covers and never more.
 * @returns undefined when no item can be stated
 */
export function outputSchema(scope: readonly AccreditationScope[]): JsonObject | undefined {
  const items = scope.flatMap((item) => itemSchema(item) ?? []);
  if (items.length === 0) return undefined;
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...objectWith({
      type: { type: 'array', contains: { enum: BADGE_TYPES } },
      // One subject with one achievement: what is judged must be what another reader takes it to be.
      credentialSubject: objectWith({ achievement: { type: 'object' } }),
    }),
    anyOf: items,
  };
}

function itemSchema(item: AccreditationScope): JsonObject | undefined {
  const stated = DIMENSIONS.filter(({ name }) => item[name] !== undefined);
  // Nothing stated would be no limit at all, and a member that is no dimension would be a limit lost.
  if (stated.length === 0 || stated.length !== Object.keys(item).length) return undefined;
  const limits = stated.map(({ name, schema }) => schema(item[name] as never));
  return limits.every((limit) => limit !== undefined) ? { allOf: limits } : undefined;
}
