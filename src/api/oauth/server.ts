import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#kernel';
import type { ApiDeps } from '../deps.ts';
import type { Handlers } from '../http/operation.ts';
import { publish } from '../http/publish.ts';
import { formOf, oauthRequestOf, sendOAuthAnswer } from './answers.ts';

type Operation =
  | 'getAuthorizationServer'
  | 'getAuthorizationServerOf'
  | 'getOAuthKeys'
  | 'createOAuthToken'
  | 'revokeOAuthToken';

/** Programs on one side, the authorisation server on the other; nothing is decided here. */
export function oauthServer({ oauth, institutions }: Pick<ApiDeps, 'oauth' | 'institutions'>): Handlers<Operation> {
  const metadata = (request: FastifyRequest, reply: FastifyReply) =>
    publish(request, reply, { body: JSON.stringify(oauth.metadata()), type: 'application/json', cache: 'definition' });
  const form = async (request: FastifyRequest, reply: FastifyReply) => {
    const asked = { ...oauthRequestOf(request), form: formOf(request.body) };
    return sendOAuthAnswer(
      reply,
      await oauth.answer({ ...asked, headers: { ...asked.headers, accept: 'application/json' } }),
    );
  };
  return {
    async getAuthorizationServer(request, reply) {
      return metadata(request, reply);
    },

    /** Some wallets look below the credential issuer's own path: it is the same server for all. */
    async getAuthorizationServerOf(request, reply) {
      const { slug } = request.params as { slug: string };
      if (!(await institutions.get(slug))) throw new Problem('not-found', 'there is no such institution');
      return metadata(request, reply);
    },

    async getOAuthKeys(request, reply) {
      return sendOAuthAnswer(reply, await oauth.answer(oauthRequestOf(request)));
    },

    createOAuthToken: form,
    revokeOAuthToken: form,
  };
}
