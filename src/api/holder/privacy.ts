import type { FastifyRequest } from 'fastify';
import type { Release } from '#holders';
import type { ApiDeps } from '../deps.ts';
import { holderCookie } from '../http/holder-cookie.ts';
import type { Handlers } from '../http/operation.ts';
import { tokenOf } from './sessions.ts';

/** What a learner chooses, takes and has erased (RA 10173, sections 16 and 18). */
export function holderPrivacy(
  deps: ApiDeps,
): Handlers<'chooseRelease' | 'letActAlone' | 'exportHolder' | 'planErasure' | 'eraseHolder'> {
  const { holders, releases, guardians, privacy } = deps;
  const cookie = holderCookie(deps.publicUrl);
  const parts = { holders, cookie };
  return {
    async chooseRelease(request, reply) {
      cookie.fromHere(request);
      const token = await tokenOf(request, parts);
      const { credentialId } = request.params as { credentialId: string };
      const chosen = await releases.choose({ token, credentialId, release: request.body as Release });
      reply.header('cache-control', 'no-store');
      const { name, comparison, page, chosenAt } = chosen;
      return { name, comparison, page, chosenAt };
    },

    async letActAlone(request, reply) {
      cookie.fromHere(request);
      const token = await tokenOf(request, parts);
      const { wardId } = request.params as { wardId: string };
      await guardians.letActAlone({ token, ward: wardId });
      return reply.code(204).header('cache-control', 'no-store').send();
    },

    async exportHolder(request, reply) {
      const found = await privacy.export(await tokenOf(request, parts), wardOf(request));
      reply.header('cache-control', 'no-store');
      reply.header('content-disposition', 'attachment; filename="tatak-export.json"');
      return found;
    },

    async planErasure(request, reply) {
      const plan = await privacy.plan(await tokenOf(request, parts), wardOf(request));
      reply.header('cache-control', 'no-store');
      return plan;
    },

    async eraseHolder(request, reply) {
      cookie.fromHere(request);
      const token = await tokenOf(request, parts);
      const { confirmation, ward } = request.body as { confirmation: string; ward?: string };
      const plan = await privacy.erase({ token, confirmation, ward });
      if (ward === undefined) cookie.clear(reply);
      reply.header('cache-control', 'no-store');
      return plan;
    },
  };
}

const wardOf = (request: FastifyRequest): string | undefined => (request.query as { ward?: string }).ward;
