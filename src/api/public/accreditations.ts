import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AccreditationView } from '#accreditation';
import { LIMITS, Problem } from '#kernel';
import { type MomentView, renderAccreditation, renderInstitutionAccreditations } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { publishForms, SIGNED, splitSuffix } from '../http/documents.ts';
import type { Handlers } from '../http/operation.ts';
import { siteOf } from '../http/site.ts';
import { grantViews } from './grant-views.ts';
import { momentOf } from './moments.ts';

/** Grants to one institution in one answer; there are rarely more than a dozen. */
const SHOWN = 400;

export function publicAccreditations(
  deps: ApiDeps,
): Handlers<'getAccreditation' | 'getInstitutionAccreditations' | 'getInstitutionAccreditationsDocument'> {
  const { accreditations, institutions, clock, specimen } = deps;

  async function grantsTo(accredited: string, moment: MomentView) {
    const grants: AccreditationView[] = [];
    let cursor: string | undefined;
    do {
      const request = { limit: LIMITS.pageSizeMax, ...(cursor === undefined ? {} : { cursor }) };
      const { items, next } = await accreditations.list({ accredited }, request, moment);
      grants.push(...items);
      cursor = next;
    } while (cursor !== undefined && grants.length < SHOWN);
    return { grants, complete: cursor === undefined };
  }

  /** All forms of what one institution may do. */
  async function ofInstitution(request: FastifyRequest, reply: FastifyReply, jsonOnly: boolean) {
    const { slug } = request.params as { slug: string };
    const moment = momentOf(request, clock);
    const institution = await institutions.get(slug);
    if (!institution) throw new Problem('not-found', 'there is no such institution');
    const did = institutions.didOf(slug);
    const views = grantViews(deps, moment);
    const { grants, complete } = await grantsTo(did, moment);
    const successions = await views.successionsOf(did);
    return publishForms(request, reply, jsonOnly, {
      types: ['application/json'],
      cache: 'fresh',
      json: async () =>
        JSON.stringify({
          institution: views.asParty(await views.party(did)),
          at: moment.at,
          knownAt: moment.knownAt,
          complete,
          accreditations: await Promise.all(grants.map(views.row)),
          successions: successions.map(views.successionRow),
        }),
      page: async () =>
        renderInstitutionAccreditations(siteOf(request, specimen), {
          institution: { did, name: institution.profile.name, slug },
          moment,
          grants: await Promise.all(grants.map(views.page)),
          successions: await Promise.all(successions.map(views.succession)),
          complete,
        }),
    });
  }

  return {
    async getAccreditation(request, reply) {
      const { id, jsonOnly } = splitSuffix((request.params as { accreditationId: string }).accreditationId);
      const moment = momentOf(request, clock);
      const found = await accreditations.get(id, moment);
      if (!found) throw new Problem('not-found', 'there is no such accreditation');
      return publishForms(request, reply, jsonOnly, {
        json: found.record.signed,
        types: SIGNED,
        cache: 'fresh',
        page: async () => {
          const views = grantViews(deps, moment);
          const { links } = await views.aboveGrant(found);
          return renderAccreditation(siteOf(request, specimen), {
            moment,
            grant: await views.page(found),
            above: await Promise.all(links.map(views.page)),
          });
        },
      });
    },

    getInstitutionAccreditations: (request, reply) => ofInstitution(request, reply, false),
    getInstitutionAccreditationsDocument: (request, reply) => ofInstitution(request, reply, true),
  };
}
