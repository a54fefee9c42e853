import type { OAuthDeps } from '#oauth';
import type { OfferRecord } from '#offers';
import { anOffer } from './world.ts';

/** Offers as far as the authorisation server looks at them: open ones by their secret, five wrong codes counted. */
export interface TestOffers {
  offers: OAuthDeps['offers'];
  add(more: Partial<OfferRecord>): { offer: OfferRecord; secret: string };
  /** Wrong codes counted for an offer. */
  triesOf(offerId: string): number;
  setTxCode(offerId: string, txCode: string): void;
}

export function testOffers(): TestOffers {
  const bySecret = new Map<string, OfferRecord>();
  const codes = new Map<string, { right: string; tries: number }>();
  return {
    offers: {
      async tryTxCode(offerId, txCode) {
        const kept = codes.get(offerId);
        if (!kept || kept.tries >= 5) return 'locked';
        if (txCode === kept.right) return 'right';
        kept.tries += 1;
        return 'wrong';
      },
      bySecret: async (secret) => bySecret.get(secret),
      isOpen: ({ state }) => state === 'open',
    },
    add(more) {
      const secret = `secret-${anOffer()}`;
      const offer: OfferRecord = {
        ...{ tenant: 'none', offerId: anOffer(), credentialId: '', awardId: '', secretSha256: '' },
        ...{ confirmation: 'email', tries: 0, state: 'open' },
        ...{ createdAt: '2026-01-01T00:00:00Z', expiresAt: '2099-01-01T00:00:00Z' },
        ...more,
      };
      bySecret.set(secret, offer);
      return { offer, secret };
    },
    triesOf: (offerId) => codes.get(offerId)?.tries ?? 0,
    setTxCode: (offerId, right) => void codes.set(offerId, { right, tries: 0 }),
  };
}
