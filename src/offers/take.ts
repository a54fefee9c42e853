import type { IssuedForm } from '#credentials';
import { formatInstant, Problem, UniqueViolation } from '#kernel';
import type { OfferParts } from './offers.ts';
import type { Door, OfferRecord, TakenForm } from './ports.ts';
import { goneAs, refusalOf } from './standing.ts';

interface Taking {
  offerId: string;
  holders: readonly string[];
  door: Door;
}

/**
 * The offer becomes taken in the commit that stores the intents of the forms: a crash leaves both or neither, and what is
 * left is finished when the same holders ask again, or at the next start.
 */
export async function takeOffer(deps: OfferParts, taking: Taking): Promise<TakenForm[]> {
  try {
    return await attempt(deps, taking);
  } catch (error) {
    if (error instanceof Problem) deps.counter?.refused(String(error.extensions.code ?? error.kind));
    throw error;
  }
}

async function attempt(deps: OfferParts, taking: Taking): Promise<TakenForm[]> {
  const { reader, clock, issuer } = deps;
  const { offerId, holders, door } = taking;
  const offer = await reader.offer(offerId);
  if (!offer) throw new Problem('not-found', 'there is no such offer');
  const { tenant, credentialId } = offer;
  const call = { tenant, credentialId, holders, offerId, actor: `offer:${offerId}` };
  const refusal = refusalOf(offer, clock.now());
  if (refusal === undefined) {
    const take = { op: 'offer.take', offerId, holders: [...holders], door, at: formatInstant(clock.now()) } as const;
    try {
      return (await issuer.issueForms({ ...call, take })).map(takenForm);
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
      // Somebody was faster: whoever reads it now knows who, or why not.
      const now = await reader.offer(offerId);
      const found = now && refusalOf(now, clock.now());
      if (!now || found === undefined) throw new Problem('unavailable', 'the offer is changed by others: try again');
      if (!isTheirs(now, taking)) throw goneAs(found, error);
    }
  } else if (!isTheirs(offer, taking) || refusal === 'expired') {
    throw goneAs(refusal);
  }
  return (await issuer.issueForms(call)).map(takenForm);
}

/** Whoever took it asks again: an answer that was lost on its way. */
function isTheirs(offer: OfferRecord, { holders }: Taking): boolean {
  const first = offer.holders ?? [];
  return offer.state === 'taken' && first.length === holders.length && first.every((one, at) => one === holders[at]);
}

function takenForm({ credentialId, subjectId, url, text, jwt }: IssuedForm): TakenForm {
  return { credentialId, subjectId, url, document: text, jwt };
}
