import type { ApiDeps } from '#api';
import type { OfferView } from '#offers';

const ID = '0123456789abcdefghjkmnpqrs';
const at = '2026-01-01T00:00:00Z';

/** One offer of the institution `abc`. @param said records a call and answers */
export function stubOffers(
  deps: ApiDeps,
  said: <T>(name: string, answer: T) => (...args: never[]) => Promise<T>,
): void {
  const offer: OfferView = {
    ...{ tenant: 'abc', offerId: ID, credentialId: ID, awardId: 'urn:uuid:1', confirmation: 'txCode', tries: 0 },
    ...{ state: 'open', createdAt: at, expiresAt: '2026-02-01T00:00:00Z' },
  };
  Object.assign(deps, {
    exchanges: {
      open: said('exchanges.open', { url: 'http://localhost:8480/vc-api/workflows/claim/exchanges/x', expires: at }),
      read: said('exchanges.read', { id: 'urn:x', state: 'pending', sequence: 0, expires: at }),
      protocols: said('exchanges.protocols', {
        protocols: { interact: 'http://localhost:8480/vc-api/interactions/x?iuv=1' },
      }),
      message: said('exchanges.message', {}),
    },
    offers: {
      create: said('offers.create', { offer, secret: 's'.repeat(32), txCode: '012345' }),
      list: said('offers.list', { items: [offer] }),
      bySecret: async (secret: string) => (secret === ID ? { ...offer, confirmation: 'none' } : undefined),
      isOpen: () => true,
      tryTxCode: async () => 'right',
      accept: async () => {},
      byId: async (offerId: string) => (offerId === ID ? offer : undefined),
      withdraw: said('offers.withdraw', { ...offer, state: 'withdrawn' as const }),
    },
    offersByMail: {
      create: said('offersByMail.create', { offer, secret: 's'.repeat(32) }),
      resend: said('offersByMail.resend', offer),
      async lastMail() {
        const sent = { tenant: 'abc', mailId: ID, kind: 'offer', lang: 'en', object: ID, state: 'sent', attempts: 1 };
        return new Map([[ID, { ...sent, dueAt: at, createdAt: at, settledAt: at, lastAnswer: '250 ok' }]]);
      },
    },
  });
}
