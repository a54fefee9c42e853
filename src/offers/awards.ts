import type { AwardOffer, OfferParts } from './offers.ts';
import { refusalOf } from './standing.ts';

/** By web copy; nothing for one that was never offered. */
export async function offersOfAwards(
  { reader, clock, secrets }: Pick<OfferParts, 'reader' | 'clock' | 'secrets'>,
  tenant: string,
  credentialIds: readonly string[],
): Promise<Map<string, AwardOffer>> {
  const found = new Map<string, AwardOffer>();
  for (const [credentialId, offer] of await reader.offersOf(tenant, credentialIds)) {
    const refusal = refusalOf(offer, clock.now());
    // What was taken in time stays taken.
    const state = offer.state === 'open' ? (refusal ?? 'open') : offer.state;
    const keys = refusal === undefined ? await secrets.keysOf(offer) : undefined;
    found.set(credentialId, { state, ...(keys ? { keys } : {}) });
  }
  return found;
}
