import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CredentialAnswer, WalletCall } from '#wallets';
import type { ApiDeps } from '../deps.ts';
import type { Handlers } from '../http/operation.ts';

/** OpenID4VCI 1.0, 7 to 11: what a wallet calls. Errors leave in the shape of the standard (`errors.ts`). */
export function oid4vciWallet({
  wallets,
}: Pick<ApiDeps, 'wallets'>): Handlers<
  'oid4vciNonce' | 'oid4vciCredential' | 'oid4vciDeferredCredential' | 'oid4vciNotification'
> {
  return {
    async oid4vciNonce(request, reply) {
      const c_nonce = await wallets.nonce(slugOf(request));
      reply.header('cache-control', 'no-store');
      return { c_nonce };
    },

    async oid4vciCredential(request, reply) {
      return answer(reply, await wallets.credential(callOf(request)));
    },

    async oid4vciDeferredCredential(request, reply) {
      return answer(reply, await wallets.deferred(callOf(request)));
    },

    async oid4vciNotification(request, reply) {
      await wallets.notification(callOf(request));
      return reply.code(204).send();
    },
  };
}

const slugOf = (request: FastifyRequest) => (request.params as { slug: string }).slug;

const callOf = (request: FastifyRequest): WalletCall => ({
  tenant: slugOf(request),
  authorization: request.headers.authorization,
  body: request.body,
});

/** What was signed is put into the answer as it is stored: no member of it is written again. */
function answer(reply: FastifyReply, found: CredentialAnswer): FastifyReply {
  reply.header('cache-control', 'no-store').type('application/json');
  if (found.state === 'deferred') {
    const { transactionId: transaction_id, interval } = found;
    return reply.code(202).send(Buffer.from(JSON.stringify({ transaction_id, interval })));
  }
  const credentials = found.credentials.map((text) => `{"credential":${text}}`).join(',');
  const notification = JSON.stringify(found.notificationId);
  return reply.code(200).send(Buffer.from(`{"credentials":[${credentials}],"notification_id":${notification}}`));
}
