import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AccreditationRole, AccreditationVerb } from '#accreditation';
import { LABELS } from '#framework';
import { dayIn, fieldProblem, Problem } from '#kernel';
import { renderRegister, renderRegistry } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { publishForms, SIGNED, splitSuffix } from '../http/documents.ts';
import { linkNext, pageOf } from '../http/listing.ts';
import type { Handlers } from '../http/operation.ts';
import { publish } from '../http/publish.ts';
import { siteOf } from '../http/site.ts';
import { grantViews } from './grant-views.ts';
import { asked, momentOf } from './moments.ts';

/** Grants on one page of a register: each of them is half a screen. */
const ON_A_PAGE = 25;

export function publicRegistry(
  deps: ApiDeps,
): Handlers<'getRegistry' | 'getRegister' | 'getRegisterPart' | 'getRegisterSnapshot'> {
  const { accreditations, publication, institutions, reader, clock, specimen, publicUrl } = deps;

  async function authority(slug: string) {
    const institution = await institutions.get(slug);
    if (!institution) throw new Problem('not-found', 'there is no such register');
    return { did: institutions.didOf(slug), name: institution.profile.name, slug };
  }

  async function registers() {
    return (await accreditations.registerIndex()).map(({ tenant, ...row }) => ({ slug: tenant, ...row }));
  }

  async function search(request: FastifyRequest, reply: FastifyReply) {
    const given = asked(request, ['q', 'role', 'verb', 'awardType', 'at', 'limit']);
    const { q, role, verb, awardType } = given;
    if (awardType !== undefined && !Object.hasOwn(LABELS.awardType, awardType)) {
      const detail = `must be one of ${Object.keys(LABELS.awardType).join(', ')}`;
      throw fieldProblem('invalid-request', '/query/awardType', detail);
    }
    const { at, knownAt } = momentOf(request, clock);
    const moment = { at, knownAt, asked: given.at === undefined ? {} : { at: given.at } };
    const { items, next } = await accreditations.search(
      {
        ownDid: institutions.didOf(''),
        ...(q === undefined ? {} : { text: q }),
        ...(role === undefined ? {} : { role: role as AccreditationRole }),
        ...(verb === undefined ? {} : { verb: verb as AccreditationVerb }),
        ...(awardType === undefined ? {} : { awardType }),
      },
      pageOf(request),
      moment,
    );
    const views = grantViews(deps, moment);
    linkNext(request, reply, next, publicUrl);
    return publishForms(request, reply, false, {
      types: ['application/json'],
      cache: 'fresh',
      json: async () =>
        JSON.stringify({ items: await Promise.all(items.map(views.row)), at, ...(next === undefined ? {} : { next }) }),
      page: async () =>
        renderRegistry(siteOf(request, specimen), {
          registers: await registers(),
          search: {
            asked: given,
            moment,
            grants: await Promise.all(items.map(views.page)),
            ...(next === undefined ? {} : { next }),
          },
        }),
    });
  }

  return {
    async getRegistry(request, reply) {
      const given = asked(request, ['q', 'role', 'verb', 'awardType', 'at', 'limit', 'cursor']);
      if (Object.keys(given).length > 0) return search(request, reply);
      const index = await registers();
      return publishForms(request, reply, false, {
        json: JSON.stringify({ registers: index }),
        types: ['application/json'],
        cache: 'fresh',
        page: () => renderRegistry(siteOf(request, specimen), { registers: index }),
      });
    },

    async getRegister(request, reply) {
      const { id: slug, jsonOnly } = splitSuffix((request.params as { slug: string }).slug);
      const moment = momentOf(request, clock);
      const who = await authority(slug);
      return publishForms(request, reply, jsonOnly, {
        json: () => publication.register(slug),
        types: SIGNED,
        cache: 'fresh',
        page: async () => {
          const views = grantViews(deps, moment);
          const page = pageOf(request, ON_A_PAGE);
          const { items, next } = await accreditations.list({ tenant: slug }, page, moment);
          const recorded = page.cursor === undefined ? await reader.successionsBy(slug) : [];
          const known = recorded.filter((row) => row.recordedAt <= moment.knownAt);
          return renderRegister(siteOf(request, specimen), {
            authority: who,
            backed: (await views.above(who.did)).anchored,
            moment,
            grants: await Promise.all(items.map(views.page)),
            ...(next === undefined ? {} : { next }),
            ...asked(request, ['limit']),
            continued: page.cursor !== undefined,
            successions: await Promise.all(known.map(views.succession)),
          });
        },
      });
    },

    async getRegisterPart(request, reply) {
      const { slug, sha256 } = request.params as { slug: string; sha256: string };
      await authority(slug);
      const body = await publication.part(slug, sha256);
      if (body === undefined) throw new Problem('not-found', 'the register has no such part, or none any more');
      return publish(request, reply, { body, type: 'application/json', cache: 'immutable' });
    },

    async getRegisterSnapshot(request, reply) {
      const { slug } = request.params as { slug: string };
      await authority(slug);
      const body = await publication.snapshot(slug);
      const name = `register-${slug}-${dayIn(clock.now())}.json`;
      reply.header('content-disposition', `attachment; filename="${name}"`);
      return publish(request, reply, { body, type: 'application/json', cache: 'fresh' });
    },
  };
}
