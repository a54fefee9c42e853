import { dayIn, fieldProblem, isDay, type JsonObject, LIMITS, type PageRequest } from '#kernel';
import { type FoundMatch, itemTitle, type Matches } from '#pathways';
import type { VerifiedHolding, VerifyInput } from '#verifier';
import type { ApiDeps } from '../deps.ts';
import { linkNext, pageOf } from '../http/listing.ts';
import type { Handlers } from '../http/operation.ts';

interface MatchRequest {
  url?: string;
  credential?: JsonObject;
  text?: string;
  date?: string;
}

export function publicPathwayMatches(deps: ApiDeps): Handlers<'createPathwayMatches'> {
  const { verifier, clock, publicUrl } = deps;
  return {
    async createPathwayMatches(request, reply) {
      const { url, credential, text, date = dayIn(clock.now()) } = request.body as MatchRequest;
      if (!isDay(date)) throw fieldProblem('invalid-request', '/date', 'must be a day');
      const input: VerifyInput =
        url !== undefined ? { url } : credential !== undefined ? { document: credential } : { text: text! };
      const verified = await verifier.verifyHolding(input);
      const page = pageOf(request, LIMITS.pageSizeMax);
      const found = await matchesOf(verified, date, page, deps);
      reply.header('cache-control', 'no-store');
      linkNext(request, reply, found.next, publicUrl);
      const { verdict, recognition, sentence, specimen, credential: claims } = verified.report;
      return {
        ...{ date, genuine: verified.holding !== undefined, verdict, recognition, sentence, specimen },
        ...(claims ? { credential: { id: claims.id, name: claims.name ?? claims.achievementName } } : {}),
        looked: found.looked,
        items: found.items.map((match) => shown(match, publicUrl)),
        ...(found.next === undefined ? {} : { next: found.next }),
      };
    },
  };
}

/** A badge that is not genuine counts toward nothing, and no pathway is asked about it. */
export async function matchesOf(
  { holding }: VerifiedHolding,
  date: string,
  page: PageRequest,
  { matches }: Pick<ApiDeps, 'matches'>,
): ReturnType<Matches['find']> {
  return holding ? matches.find(holding, date, page) : { items: [], looked: 0 };
}

function shown({ pathwayId, version, name, conferrer, result, places, reasons }: FoundMatch, publicUrl: string) {
  return {
    pathway: { id: pathwayId, url: `${publicUrl}/pathways/${pathwayId}`, version, name, conferrer },
    result,
    places: places.map(({ node, text, items, guise, conditions }) => ({
      ...{ node, text },
      items: items.map(({ index, item }) => ({ index, title: itemTitle(item) })),
      ...(guise === undefined ? {} : { decision: guise }),
      conditions,
    })),
    reasons,
  };
}
