import type { Keystore } from '#keystore';
import type { Counters } from '#observability';
import { createOffers, type Offers, type OffersDeps, offerLinks } from '#offers';
import type { Storage } from '#storage';
import { derivedKey } from './derived-key.ts';

/** Offers, whose links and codes are derived from the key of the authorisation server: opened at its first use. */
export function openOffers(
  deps: Omit<OffersDeps, 'key' | 'counter' | 'reader' | 'transactor'> &
    Pick<Storage, 'reader' | 'transactor'> & { keystore: Keystore; counters: Counters },
): Offers {
  return createOffers({
    ...deps,
    counter: { refused: (reason) => deps.counters.count('tatak_offer_refusals_total', reason) },
    key: derivedKey(deps, 'offers'),
  });
}

/** The claim link of an offer that can be taken, for the message about it. */
export const createOfferLink =
  (offers: Pick<Offers, 'byId' | 'keysOf'>, publicUrl: string) =>
  async (offerId: string): Promise<string | undefined> => {
    const offer = await offers.byId(offerId);
    const keys = offer && (await offers.keysOf(offer));
    return offer && keys && offerLinks(publicUrl, offer.tenant, keys.secret).claimUrl;
  };
