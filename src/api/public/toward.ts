import { dayIn, LIMITS, Problem } from '#kernel';
import type { CountsToward } from '#pages';
import type { VerifiedHolding } from '#verifier';
import type { ApiDeps } from '../deps.ts';
import { within } from '../http/within.ts';
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

/** What is not known by then is left out of a page. Milliseconds. */
const PATIENCE_MS = 1_200;
/** Pathways change seldom; a link that many open at once is checked once. */
const KEPT_MS = 10_000;
const KEPT = 200;

export interface OwnToward {
  /**
   * What a badge of this service counts toward, a few seconds old at most.
   * @returns undefined while that is not known: a register elsewhere may be slow, and our page does not wait for it
   */
  of(badge: { credentialId: string; signed: string }): Promise<CountsToward | undefined>;
}

/** For the pages of badges of our own. To find out is as much work as a verification, and pages are not counted as such. */
export function createOwnToward(deps: ApiDeps): OwnToward {
  const kept = new Map<string, { until: number; found: Promise<CountsToward | undefined> }>();

  async function find(signed: string): Promise<CountsToward | undefined> {
    try {
      return await towardOf(await deps.verifier.verifyHolding({ text: signed }), deps);
    } catch (error) {
      if (error instanceof Problem) return undefined;
      throw error;
    }
  }

  function ask(credentialId: string, signed: string): Promise<CountsToward | undefined> {
    const now = deps.clock.now().getTime();
    const known = kept.get(credentialId);
    if (known && known.until > now) return known.found;
    const found = find(signed);
    kept.delete(credentialId);
    kept.set(credentialId, { until: now + KEPT_MS, found });
    // A failure is not kept; whoever asked is told of it.
    found.catch(() => kept.delete(credentialId));
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
    return found;
  }

  return {
    of: ({ credentialId, signed }) => within(PATIENCE_MS, ask(credentialId, signed)),
  };
}
