import { actorOf } from '#auth';
import { Problem } from '#kernel';
import type { PathwayInput, PathwayRecord } from '#pathways';
import type { ApiDeps } from '../deps.ts';
import { pageOf, sendPage } from '../http/listing.ts';
import { type Handlers, principalOf } from '../http/operation.ts';
import { splice } from '../http/splice.ts';
import { readPathwayDocument } from '../public/pathway-view.ts';

export function managePathways(
  deps: ApiDeps,
): Handlers<'createPathway' | 'listPathways' | 'readPathway' | 'createPathwayVersion'> {
  const { pathways, reader, publicUrl } = deps;
  const show = (row: PathwayRecord) => ({
    id: row.pathwayId,
    url: `${publicUrl}/pathways/${row.pathwayId}`,
    version: row.version,
    name: readPathwayDocument(row.signed).name,
    sha256: row.sha256,
    createdAt: row.createdAt,
  });
  return {
    async createPathway(request, reply) {
      const principal = principalOf(request);
      const input = request.body as PathwayInput;
      const row = await pathways.create({ ...input, tenant: principal.tenant, actor: actorOf(principal) });
      reply.code(201).type('application/json').header('location', `${publicUrl}/v1/pathways/${row.pathwayId}`);
      return reply.send(splice(show(row), 'credential', row.signed));
    },

    async listPathways(request, reply) {
      const page = await reader.pathways(principalOf(request).tenant, pageOf(request));
      return sendPage(request, reply, page, show, publicUrl);
    },

    async readPathway(request, reply) {
      const { pathwayId } = request.params as { pathwayId: string };
      const { version } = request.query as { version?: string };
      const row = await reader.pathway(pathwayId, version === undefined ? undefined : Number(version));
      if (!row || row.tenant !== principalOf(request).tenant)
        throw new Problem('not-found', 'there is no such pathway');
      return reply.type('application/json').send(splice(show(row), 'credential', row.signed));
    },

    async createPathwayVersion(request, reply) {
      const principal = principalOf(request);
      const { pathwayId } = request.params as { pathwayId: string };
      const row = await pathways.addVersion({
        ...(request.body as PathwayInput),
        tenant: principal.tenant,
        pathwayId,
        actor: actorOf(principal),
      });
      reply.code(201).type('application/json');
      reply.header('location', `${publicUrl}/v1/pathways/${pathwayId}?version=${row.version}`);
      return reply.send(splice(show(row), 'credential', row.signed));
    },
  };
}
