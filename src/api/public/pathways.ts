import { Problem } from '#kernel';
import { renderPathway } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { publishForms, SIGNED, splitSuffix } from '../http/documents.ts';
import type { Handlers } from '../http/operation.ts';
import { siteOf } from '../http/site.ts';
import { nameOf } from './names.ts';
import { nodeOf, readPathwayDocument } from './pathway-view.ts';

export function publicPathways(deps: ApiDeps): Handlers<'getPathway'> {
  return {
    async getPathway(request, reply) {
      const { id, jsonOnly } = splitSuffix((request.params as { pathwayId: string }).pathwayId);
      const { version } = request.query as { version?: string };
      const row = await deps.reader.pathway(id, version === undefined ? undefined : Number(version));
      if (!row) throw new Problem('not-found', 'there is no such pathway');
      return publishForms(request, reply, jsonOnly, {
        json: row.signed,
        types: SIGNED,
        cache: 'definition',
        page: async () => {
          const { name, conferrer, realism, rule } = readPathwayDocument(row.signed);
          const site = siteOf(request, deps.specimen);
          return renderPathway(site, {
            url: `${deps.publicUrl}/pathways/${id}`,
            name,
            conferrer: await nameOf(conferrer, deps),
            version: String(row.version),
            specimen: deps.specimen || realism === 'Illustrative',
            root: nodeOf(rule),
          });
        },
      });
    },
  };
}
