import type { FastifyRequest } from 'fastify';
import { KEPT_NOTE, renderKeptReport } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { addressKey } from '../http/address-key.ts';
import { publishForms, splitSuffix } from '../http/documents.ts';
import type { Handlers } from '../http/operation.ts';
import { siteOf } from '../http/site.ts';
import { namesOf } from './names.ts';

export function publicKeptReports(deps: ApiDeps): Handlers<'getKeptReport'> {
  const { keptReports, publicUrl, specimen } = deps;
  return {
    async getKeptReport(request, reply) {
      const { id, jsonOnly } = splitSuffix((request.params as { report: string }).report);
      const { keptAt, endsAt, report, names } = await keptReports.read(id);
      // For whoever was given the address, and nobody who searches.
      reply.header('x-robots-tag', 'noindex, nofollow');
      return publishForms(request, reply, jsonOnly, {
        json: JSON.stringify({ id: addressOf(publicUrl, id), keptAt, endsAt, note: KEPT_NOTE, report }),
        types: ['application/json'],
        page: () => renderKeptReport(siteOf(request, specimen), { id, keptAt, endsAt, report, names }),
        cache: 'never',
      });
    },
  };
}

/**
 * Keeps a report because the visitor asked for that: with what this service calls its parties today, without what was sent.
 * @param dids of `namedIn(report)`
 * @throws Problem `rate-limited`
 */
export async function keepReport(
  request: FastifyRequest,
  report: object,
  dids: readonly string[],
  deps: ApiDeps,
): Promise<{ url: string; endsAt: string }> {
  const content = { report, names: Object.fromEntries(await namesOf(dids, deps)) };
  const { id, endsAt } = await deps.keptReports.keep(content, addressKey(request.ip));
  return { url: addressOf(deps.publicUrl, id), endsAt };
}

const addressOf = (publicUrl: string, id: string): string => `${publicUrl}/verifications/${id}`;
