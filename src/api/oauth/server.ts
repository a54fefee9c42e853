import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#kernel';
import { RegistrationRefusal, saysPlatform } from '#oauth';
import type { ApiDeps } from '../deps.ts';
import type { Handlers } from '../http/operation.ts';
import { publish } from '../http/publish.ts';
import { revokeForPlatform } from '../ob3/platforms.ts';
import { formOf, oauthRequestOf, refuseShown, sendOAuthAnswer } from './answers.ts';

type Operation =
  | 'getAuthorizationServer'
  | 'getAuthorizationServerOf'
  | 'getOAuthKeys'
  | 'createOAuthToken'
  | 'revokeOAuthToken'
  | 'pushAuthorizationRequest'
  | 'registerOAuthWallet'
  | 'startAuthorization'
  | 'resumeAuthorization';

/** Programs on one side, the authorisation server on the other; nothing is decided here. */
export function oauthServer({
  oauth,
  institutions,
  wallets,
}: Pick<ApiDeps, 'oauth' | 'institutions' | 'wallets'>): Handlers<Operation> {
  const metadata = (request: FastifyRequest, reply: FastifyReply) =>
    publish(request, reply, { body: JSON.stringify(oauth.metadata()), type: 'application/json', cache: 'definition' });
  const form = async (request: FastifyRequest, reply: FastifyReply) => {
    const asked = { ...oauthRequestOf(request), form: formOf(request.body) };
    return sendOAuthAnswer(
      reply,
      await oauth.answer({ ...asked, headers: { ...asked.headers, accept: 'application/json' } }),
    );
  };
  /** In a browser: what cannot be told to the wallet is told to whoever looks. */
  const shown = async (request: FastifyRequest, reply: FastifyReply) => {
    const answer = await oauth.answer(oauthRequestOf(request));
    refuseShown(answer);
    return sendOAuthAnswer(reply, answer);
  };
  return {
    async getAuthorizationServer(request, reply) {
      return metadata(request, reply);
    },

    /** Some wallets look below the credential issuer's own path: it is the same server for all. */
    async getAuthorizationServerOf(request, reply) {
      const { slug } = request.params as { slug: string };
      const served = wallets.leniencies.has('server-metadata-alias') && (await institutions.get(slug));
      if (!served) throw new Problem('not-found', 'there is no such institution');
      return metadata(request, reply);
    },

    async getOAuthKeys(request, reply) {
      return sendOAuthAnswer(reply, await oauth.answer(oauthRequestOf(request)));
    },

    async registerOAuthWallet(request, reply) {
      const made = await oauth.register(request.body).catch((error: unknown) => {
        if (!(error instanceof RegistrationRefusal)) throw error;
        throw new Problem('invalid-request', error.message, { extensions: { error: error.error } });
      });
      reply.code(201).header('cache-control', 'no-store');
      return made;
    },

    startAuthorization: shown,
    resumeAuthorization: shown,
    pushAuthorizationRequest: form,
    createOAuthToken: form,
    async revokeOAuthToken(request, reply) {
      if (saysPlatform(request.headers.authorization)) return revokeForPlatform(oauth, request, reply);
      return form(request, reply);
    },
  };
}
