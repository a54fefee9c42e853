import { dayIn, LIMITS } from '#kernel';
import type { CountsToward } from '#pages';
import type { VerifiedHolding } from '#verifier';
import type { ApiDeps } from '../deps.ts';
import { nameOf } from './names.ts';
import { matchesOf } from './pathway-matches.ts';

/** What a badge counts toward, of the first page of pathways; the API turns the pages. */
export async function towardOf(verified: VerifiedHolding, deps: ApiDeps): Promise<CountsToward> {
  const found = await matchesOf(verified, dayIn(deps.clock.now()), { limit: LIMITS.pageSizeMax }, deps);
  return {
    genuine: verified.holding !== undefined,
    pathways: await Promise.all(
      found.items.map(async (match) => ({
        ...match,
        path: `/pathways/${match.pathwayId}`,
        conferrer: await nameOf(match.conferrer, deps),
      })),
    ),
    more: found.next !== undefined,
  };
}
