import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#kernel';
import { PlatformRefusal, RegistrationRefusal } from '#oauth';
import type { ApiDeps } from '../deps.ts';
import type { Handlers } from '../http/operation.ts';
import { formOf, oauthRequestOf } from '../oauth/answers.ts';

/** What OB 3.0, 7, asks of an authorisation server beyond the endpoints that wallets use as well. Errors as RFC 6749, 5.2. */
export function ob3Platforms({ oauth }: Pick<ApiDeps, 'oauth'>): Handlers<'registerPlatform' | 'revokePlatformToken'> {
  return {
    async registerPlatform(request, reply) {
      const made = await oauth.registerPlatform(request.body).catch(refused);
      reply.code(201).header('cache-control', 'no-store').header('pragma', 'no-cache');
      return made;
    },

    revokePlatformToken: (request, reply) => revokeForPlatform(oauth, request, reply),
  };
}

/** Also where wallets give their tokens back: which of the two addresses a platform uses makes no difference. */
export async function revokeForPlatform(
  oauth: ApiDeps['oauth'],
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { headers } = oauthRequestOf(request);
  await oauth.revokePlatformToken({ headers, form: formOf(request.body) }).catch((error: unknown) => {
    // RFC 6749, 5.2: by the scheme that was used.
    const unknown = error instanceof PlatformRefusal && error.error === 'invalid_client';
    if (unknown) reply.header('www-authenticate', 'Basic realm="tatak"');
    return refused(error);
  });
  return reply.code(200).header('cache-control', 'no-store').send();
}

/** @throws Problem with the code of OAuth; anything else as it is */
function refused(error: unknown): never {
  if (!(error instanceof RegistrationRefusal || error instanceof PlatformRefusal)) throw error;
  const kind = error.error === 'invalid_client' ? 'unauthenticated' : 'invalid-request';
  throw new Problem(kind, error.message, { extensions: { error: error.error } });
}
