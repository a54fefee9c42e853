import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HolderIdentifier, HolderSessionRecord } from '#holders';
import { fieldProblem, type JsonObject, Problem } from '#kernel';
import type { ApiDeps } from '../deps.ts';
import { type HolderCookie, holderCookie } from '../http/holder-cookie.ts';
import type { Handlers } from '../http/operation.ts';

/** Cookie text of a session that is in force. @throws Problem `unauthenticated` */
export async function tokenOf(request: FastifyRequest, { holders, cookie }: HolderParts): Promise<string> {
  const token = cookie.read(request);
  if (token === undefined || !(await holders.session(token))) {
    throw new Problem('unauthenticated', 'there is no holder session: ask for a code first');
  }
  return token;
}

export interface HolderParts {
  holders: ApiDeps['holders'];
  cookie: HolderCookie;
}

/** Another cookie for the same session, after something was proven in it. */
export async function renewed(reply: FastifyReply, token: string, { holders, cookie }: HolderParts) {
  const next = await holders.renew(token);
  const session = await holders.session(next);
  if (!session) throw new Problem('unauthenticated', 'the session is over');
  cookie.set(reply, next, session);
  return session;
}

/** A session for whoever asks for a code: the one they have, or a new one. */
export async function opened(request: FastifyRequest, reply: FastifyReply, { holders, cookie }: HolderParts) {
  const known = cookie.read(request);
  if (known !== undefined && (await holders.session(known))) return known;
  const { token, session } = await holders.open();
  cookie.set(reply, token, session);
  return token;
}

export function holderSessions(
  deps: ApiDeps,
): Handlers<
  'sendHolderCode' | 'confirmHolderCode' | 'readHolder' | 'endHolder' | 'createHolderChallenge' | 'addHolderKey'
> {
  const { holders } = deps;
  const parts = { holders, cookie: holderCookie(deps.publicUrl) };
  const { cookie } = parts;
  return {
    async sendHolderCode(request, reply) {
      cookie.fromHere(request);
      const { email, lang = 'en' } = request.body as { email: string; lang?: 'en' | 'fil' };
      const token = await opened(request, reply, parts);
      await holders.sendCode({ token, email, lang });
      reply.code(202).header('cache-control', 'no-store');
      return { sent: true };
    },

    async confirmHolderCode(request, reply) {
      cookie.fromHere(request);
      const token = await tokenOf(request, parts);
      const outcome = await holders.confirmCode({ token, ...(request.body as { email: string; code: string }) });
      if (outcome !== 'right') throw fieldProblem('invalid-request', '/code', CODE_WORDS[outcome], outcome);
      reply.header('cache-control', 'no-store');
      return showSession(await renewed(reply, token, parts));
    },

    async readHolder(request, reply) {
      const session = await holders.session(await tokenOf(request, parts));
      reply.header('cache-control', 'no-store');
      return showSession(session!);
    },

    async endHolder(request, reply) {
      cookie.fromHere(request);
      const token = cookie.read(request);
      if (token !== undefined) await holders.end(token);
      cookie.clear(reply);
      return reply.code(204).header('cache-control', 'no-store').send();
    },

    async createHolderChallenge(request, reply) {
      cookie.fromHere(request);
      const challenge = await holders.keyChallenge(await tokenOf(request, parts));
      reply.code(201).header('cache-control', 'no-store');
      return challenge;
    },

    async addHolderKey(request, reply) {
      cookie.fromHere(request);
      const token = await tokenOf(request, parts);
      const { presentation } = request.body as { presentation: string | JsonObject };
      const identifier = await holders.addKey({ token, presentation });
      await renewed(reply, token, parts);
      reply.code(201).header('cache-control', 'no-store');
      return showIdentifier(identifier);
    },
  };
}

const CODE_WORDS = {
  wrong: 'this is not the code that was sent last',
  dead: 'there is no code to compare it with any more: ask for another',
};

function showSession({ expiresAt, identifiers }: HolderSessionRecord) {
  return { expiresAt, identifiers: identifiers.map(showIdentifier) };
}

/** The institution by its slug, as it stands in addresses. */
export function showIdentifier({ kind, value, vouchedBy, provenAt }: HolderIdentifier) {
  return { kind, value, ...(vouchedBy === undefined ? {} : { vouchedBy }), provenAt };
}
