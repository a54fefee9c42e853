import type { AccreditationEventRecord, AccreditationRecord } from '#accreditation';
import { LIMITS, Problem } from '#kernel';
import { type GrantView, renderAccreditation, renderRegister, renderRegistry } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { publishForms, SIGNED, splitSuffix } from '../http/documents.ts';
import { negotiate } from '../http/negotiate.ts';
import type { Handlers } from '../http/operation.ts';
import { publish } from '../http/publish.ts';
import { siteOf } from '../http/site.ts';
import { nameOf } from './names.ts';

export function publicAccreditations(
  deps: ApiDeps,
): Handlers<'getAccreditation' | 'getRegistry' | 'getRegister' | 'getRecognizedEntities' | 'getOutputSchema'> {
  const { accreditations, publication, recognizedEntities, institutions, specimen } = deps;

  async function grantView(row: AccreditationRecord, events: readonly AccreditationEventRecord[]): Promise<GrantView> {
    return {
      id: row.accreditationId,
      accreditorName: await nameOf(row.accreditor, deps),
      accreditedName: await nameOf(row.accredited, deps),
      accreditedId: row.accredited,
      verb: row.verb,
      role: row.role,
      scope: row.scope,
      validFrom: row.validFrom,
      ...(row.validUntil === undefined ? {} : { validUntil: row.validUntil }),
      events: events.filter((event) => event.accreditationId === row.accreditationId),
    };
  }

  return {
    async getAccreditation(request, reply) {
      const { id, jsonOnly } = splitSuffix((request.params as { accreditationId: string }).accreditationId);
      const view = await accreditations.get(id);
      if (!view) throw new Problem('not-found', 'there is no such accreditation');
      return publishForms(request, reply, jsonOnly, {
        json: view.record.signed,
        types: SIGNED,
        cache: 'fresh',
        page: async () => renderAccreditation(siteOf(request, specimen), await grantView(view.record, view.events)),
      });
    },

    async getRegistry(request, reply) {
      const index = await accreditations.registerIndex();
      const registers = index.map(({ tenant, ...row }) => ({ slug: tenant, ...row }));
      return publishForms(request, reply, false, {
        json: JSON.stringify({ registers }),
        types: ['application/json'],
        cache: 'fresh',
        page: () => renderRegistry(siteOf(request, specimen), registers),
      });
    },

    async getRegister(request, reply) {
      const { id: slug, jsonOnly } = splitSuffix((request.params as { slug: string }).slug);
      const institution = await institutions.get(slug);
      if (!institution) throw new Problem('not-found', 'there is no such register');
      return publishForms(request, reply, jsonOnly, {
        json: await publication.register(slug),
        types: SIGNED,
        cache: 'fresh',
        page: async () => {
          const { items } = await accreditations.list({ tenant: slug }, { limit: LIMITS.pageSizeMax });
          const views = await Promise.all(items.map(({ record, events }) => grantView(record, events)));
          return renderRegister(siteOf(request, specimen), { slug, name: institution.profile.name, grants: views });
        },
      });
    },

    async getRecognizedEntities(request, reply) {
      const { slug } = request.params as { slug: string };
      const { part } = request.query as { part?: string };
      const body = await recognizedEntities.credential(slug, part === undefined ? undefined : Number(part));
      const type = negotiate(request.headers.accept, SIGNED);
      return publish(request, reply, { body, type, cache: 'fresh', negotiated: true });
    },

    async getOutputSchema(request, reply) {
      const { accreditationId } = request.params as { accreditationId: string };
      const body = await recognizedEntities.schema(accreditationId);
      if (body === undefined) throw new Problem('not-found', 'no schema says what this accreditation covers');
      return publish(request, reply, { body, type: 'application/schema+json', cache: 'definition' });
    },
  };
}
