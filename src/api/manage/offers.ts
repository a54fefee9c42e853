import { actorOf } from '#auth';
import type { MailLang, MailView } from '#delivery';
import { fieldProblem, Problem } from '#kernel';
import { type Confirmation, type OfferState, type OfferView, offerLinks } from '#offers';
import type { ApiDeps } from '../deps.ts';
import { pageOf, sendPage } from '../http/listing.ts';
import { type Handlers, principalOf } from '../http/operation.ts';

export function manageOffers({
  offers,
  offersByMail,
  publicUrl,
}: Pick<ApiDeps, 'offers' | 'offersByMail' | 'publicUrl'>): Handlers<
  'createOffer' | 'listOffers' | 'readOffer' | 'withdrawOffer' | 'resendOffer'
> {
  /** Each with what became of the last message about it. */
  async function shown(tenant: string, views: readonly OfferView[]) {
    const mail = await offersByMail.lastMail(
      tenant,
      views.map(({ offerId }) => offerId),
    );
    return views.map((view) => showOffer(view, publicUrl, mail.get(view.offerId)));
  }
  const show = async (offer: OfferView) => (await shown(offer.tenant, [offer]))[0];

  return {
    async createOffer(request, reply) {
      const principal = principalOf(request);
      const { tenant } = principal;
      const { deliver, lang, ...body } = request.body as CreateBody;
      if (deliver === undefined && lang !== undefined) {
        throw fieldProblem('invalid-request', '/lang', 'is the language of the mail: say deliver');
      }
      const asked = { ...body, tenant, actor: actorOf(principal) };
      const { offer, secret, txCode } =
        deliver === undefined
          ? await offers.create(asked)
          : await offersByMail.create({ ...asked, ...(lang === undefined ? {} : { lang }) });
      reply.code(201).header('location', `${publicUrl}/v1/offers/${offer.offerId}`).header('cache-control', 'no-store');
      return {
        ...(await show(offer)),
        ...offerLinks(publicUrl, tenant, secret),
        ...(txCode === undefined ? {} : { txCode }),
      };
    },

    async listOffers(request, reply) {
      const { credentialId, state } = request.query as { credentialId?: string; state?: OfferState };
      const filter = {
        tenant: principalOf(request).tenant,
        ...(credentialId === undefined ? {} : { credentialId }),
        ...(state === undefined ? {} : { state }),
      };
      const { items, ...rest } = await offers.list(filter, pageOf(request));
      const page = { items: await shown(filter.tenant, items), ...rest };
      return sendPage(request, reply, page, (item) => item, publicUrl);
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

    async resendOffer(request, reply) {
      const principal = principalOf(request);
      const { offerId } = request.params as { offerId: string };
      const { lang } = (request.body ?? {}) as { lang?: MailLang };
      const asked = { tenant: principal.tenant, offerId, actor: actorOf(principal) };
      reply.code(202);
      return show(await offersByMail.resend({ ...asked, ...(lang === undefined ? {} : { lang }) }));
    },
  };
}

interface CreateBody {
  credentialId: string;
  confirmation?: Confirmation;
  lifetimeDays?: number;
  deliver?: 'mail';
  lang?: MailLang;
}

function showOffer(offer: OfferView, publicUrl: string, mail: MailView | undefined) {
  const { offerId: id, credentialId, awardId, confirmation, tries, state } = offer;
  const { createdAt, expiresAt, holders, takenAt, takenBy, acceptedAt, withdrawnBy } = offer;
  return {
    ...{ id, credentialId, credentialUrl: `${publicUrl}/credentials/${credentialId}`, awardId },
    ...{ confirmation, state, createdAt, expiresAt, wrongCodes: tries },
    ...(holders === undefined ? {} : { holders, takenAt, takenBy }),
    ...(acceptedAt === undefined ? {} : { acceptedAt }),
    ...(withdrawnBy === undefined ? {} : { withdrawnBy }),
    ...(mail === undefined ? {} : { delivery: showMail(mail) }),
  };
}

/** Nothing of where it went or what it said. */
function showMail({ state, attempts, lang, createdAt, dueAt, settledAt, lastAnswer }: MailView) {
  return {
    ...{ state, attempts, lang, createdAt },
    ...(state === 'queued' ? { nextAttemptAt: dueAt } : { settledAt }),
    ...(lastAnswer === undefined ? {} : { lastAnswer }),
  };
}
