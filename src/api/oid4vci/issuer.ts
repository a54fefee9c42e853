import type { FastifyReply, FastifyRequest } from 'fastify';
import { qrCodeSvg } from '#documents';
import { offerLinks } from '#offers';
import type { ApiDeps } from '../deps.ts';
import { negotiate } from '../http/negotiate.ts';
import type { Handler, Handlers } from '../http/operation.ts';
import { publish } from '../http/publish.ts';

const FORMS = ['application/json', 'application/jwt'] as const;

const slugOf = (request: FastifyRequest) => (request.params as { slug: string }).slug;

/** OpenID4VCI 1.0, 12.2: what an institution issues to wallets, and 4.1.3: one offer by reference. */
export function oid4vciIssuer({
  wallets,
  publicUrl,
}: Pick<ApiDeps, 'wallets' | 'publicUrl'>): Handlers<
  'getCredentialIssuerMetadata' | 'getCredentialIssuerMetadataBelow' | 'getCredentialOffer' | 'getCredentialOfferQr'
> {
  const metadata: Handler = async (request, reply) => {
    const slug = slugOf(request);
    const type = negotiate(request.headers.accept, FORMS);
    const signed = type === 'application/jwt' ? await wallets.signedMetadata(slug) : undefined;
    // A token is of its moment. Without one everybody gets what everybody must read.
    if (signed) return publish(request, reply, { body: signed, type, cache: 'never', negotiated: true });
    const body = JSON.stringify(await wallets.metadata(slug));
    return publish(request, reply, { body, type: FORMS[0], cache: 'fresh', negotiated: true });
  };
  const parametersOf = (request: FastifyRequest) => request.params as { slug: string; secret: string };

  return {
    getCredentialIssuerMetadata: metadata,
    getCredentialIssuerMetadataBelow: metadata,

    async getCredentialOffer(request, reply) {
      const { slug, secret } = parametersOf(request);
      const body = JSON.stringify(await wallets.credentialOffer(slug, secret));
      return sendPrivate(request, reply, body, 'application/json');
    },

    async getCredentialOfferQr(request, reply) {
      const { slug, secret } = parametersOf(request);
      await wallets.openOffer(slug, secret);
      const picture = await qrCodeSvg(offerLinks(publicUrl, slug, secret).credentialOfferLink);
      return sendPrivate(request, reply, picture, 'image/svg+xml');
    },
  };
}

/** Whoever has this has the badge: no cache keeps it, and no address that follows learns where it was. */
function sendPrivate(request: FastifyRequest, reply: FastifyReply, body: string, type: string) {
  reply.header('referrer-policy', 'no-referrer');
  return publish(request, reply, { body, type, cache: 'never' });
}
