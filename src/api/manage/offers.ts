import { actorOf } from '#auth';
import { Problem } from '#kernel';
import { type Confirmation, type OfferState, type OfferView, offerLinks } from '#offers';
import type { ApiDeps } from '../deps.ts';
import { pageOf, sendPage } from '../http/listing.ts';
import { type Handlers, principalOf } from '../http/operation.ts';

export function manageOffers({
  offers,
  publicUrl,
}: Pick<ApiDeps, 'offers' | 'publicUrl'>): Handlers<'createOffer' | 'listOffers' | 'readOffer' | 'withdrawOffer'> {
  const show = (offer: OfferView) => showOffer(offer, publicUrl);
  return {
    async createOffer(request, reply) {
      const principal = principalOf(request);
      const { tenant } = principal;
      const body = request.body as { credentialId: string; confirmation?: Confirmation; lifetimeDays?: number };
      const { offer, secret, txCode } = await offers.create({ ...body, tenant, actor: actorOf(principal) });
      reply.code(201).header('location', `${publicUrl}/v1/offers/${offer.offerId}`).header('cache-control', 'no-store');
      return { ...show(offer), ...offerLinks(publicUrl, tenant, secret), ...(txCode === undefined ? {} : { txCode }) };
    },

    async listOffers(request, reply) {
      const { credentialId, state } = request.query as { credentialId?: string; state?: OfferState };
      const filter = {
        tenant: principalOf(request).tenant,
        ...(credentialId === undefined ? {} : { credentialId }),
        ...(state === undefined ? {} : { state }),
      };
      return sendPage(request, reply, await offers.list(filter, pageOf(request)), show, publicUrl);
    },

    async readOffer(request) {
      const { offerId } = request.params as { offerId: string };
      const found = await offers.byId(offerId);
      if (found?.tenant !== principalOf(request).tenant) throw new Problem('not-found', 'there is no such offer');
      return show(found);
    },

    async withdrawOffer(request) {
      const principal = principalOf(request);
      const { offerId } = request.params as { offerId: string };
      return show(await offers.withdraw({ tenant: principal.tenant, offerId, actor: actorOf(principal) }));
    },
  };
}

function showOffer(offer: OfferView, publicUrl: string) {
  const { offerId: id, credentialId, awardId, confirmation, tries, state } = offer;
  const { createdAt, expiresAt, holders, takenAt, takenBy, acceptedAt } = offer;
  return {
    ...{ id, credentialId, credentialUrl: `${publicUrl}/credentials/${credentialId}`, awardId },
    ...{ confirmation, state, createdAt, expiresAt, wrongCodes: tries },
    ...(holders === undefined ? {} : { holders, takenAt, takenBy }),
    ...(acceptedAt === undefined ? {} : { acceptedAt }),
  };
}
