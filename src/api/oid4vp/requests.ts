import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Device, WalletResponse } from '#presentation-requests';
import type { ApiDeps } from '../deps.ts';
import type { Handlers } from '../http/operation.ts';
import { publish } from '../http/publish.ts';

/** What wallets call (OpenID4VP 1.0: `request_uri`, `response_uri`), and the DID that they resolve for it. */
export function oid4vpRequests({
  presentationRequests,
}: Pick<ApiDeps, 'presentationRequests'>): Handlers<
  'getRequestObject' | 'postRequestObject' | 'sendPresentationResponse' | 'getServiceDid'
> {
  async function sendObject(request: FastifyRequest, reply: FastifyReply, form: Record<string, string>) {
    const { wallet_nonce: walletNonce, wallet_metadata: walletMetadata } = form;
    const token = await presentationRequests.requestObject({
      ...named(request),
      ...(walletNonce === undefined ? {} : { walletNonce }),
      ...(walletMetadata === undefined ? {} : { walletMetadata }),
    });
    return publish(request, reply, { body: token, type: 'application/oauth-authz-req+jwt', cache: 'never' });
  }

  return {
    getRequestObject: (request, reply) => sendObject(request, reply, {}),
    postRequestObject: (request, reply) => sendObject(request, reply, (request.body ?? {}) as Record<string, string>),

    async sendPresentationResponse(request, reply) {
      const { requestId, device } = named(request);
      reply.header('cache-control', 'no-store');
      return presentationRequests.respond(requestId, device, request.body as WalletResponse);
    },

    async getServiceDid(request, reply) {
      const body = JSON.stringify(await presentationRequests.didDocument());
      return publish(request, reply, { body, type: 'application/did+json', cache: 'key' });
    },
  };
}

function named(request: FastifyRequest): { requestId: string; device: Device } {
  const { requestId } = request.params as { requestId: string };
  return { requestId, device: (request.query as { device?: 'same' }).device ?? 'other' };
}
