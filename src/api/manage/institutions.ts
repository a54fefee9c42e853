import { actingTenant, actorOf } from '#auth';
import type { ApprovalPolicy, Institution, InstitutionProfile } from '#institutions';
import { Problem } from '#kernel';
import type { ApiDeps } from '../deps.ts';
import { pageOf, sendPage } from '../http/listing.ts';
import { type Handlers, principalOf } from '../http/operation.ts';

export function manageInstitutions(
  deps: ApiDeps,
): Handlers<
  | 'createInstitution'
  | 'listInstitutions'
  | 'readInstitution'
  | 'updateInstitution'
  | 'setIssuingPolicy'
  | 'setRetentionPolicy'
> {
  const { institutions } = deps;
  const show = (row: Institution) => ({
    slug: row.tenant,
    did: institutions.didOf(row.tenant),
    url: `${deps.publicUrl}/institutions/${row.tenant}`,
    profile: row.profile,
    issuing: { approval: row.approval ?? 'one-person' },
    retention: { recipientRetentionDays: row.recipientRetentionDays ?? 0 },
    createdAt: row.createdAt,
  });
  return {
    async createInstitution(request, reply) {
      const { slug, profile } = request.body as { slug: string; profile: InstitutionProfile };
      const row = await institutions.create({ slug, profile, actor: actorOf(principalOf(request)) });
      reply.code(201).header('location', `${deps.publicUrl}/v1/institutions/${row.tenant}`);
      return show(row);
    },

    async listInstitutions(request, reply) {
      return sendPage(request, reply, await institutions.list(pageOf(request)), show, deps.publicUrl);
    },

    async readInstitution(request) {
      const { slug } = request.params as { slug: string };
      const row = await institutions.get(actingTenant(principalOf(request), slug));
      if (!row) throw new Problem('not-found', 'there is no such institution');
      return show(row);
    },

    async updateInstitution(request) {
      const { slug } = request.params as { slug: string };
      const { profile } = request.body as { profile: InstitutionProfile };
      const principal = principalOf(request);
      const tenant = actingTenant(principal, slug);
      return show(await institutions.updateProfile({ tenant, profile, actor: actorOf(principal) }));
    },

    async setIssuingPolicy(request) {
      const { slug } = request.params as { slug: string };
      const { approval } = request.body as { approval: ApprovalPolicy };
      const principal = principalOf(request);
      const tenant = actingTenant(principal, slug);
      return show(await institutions.setApproval({ tenant, approval, actor: actorOf(principal) }));
    },

    async setRetentionPolicy(request) {
      const { slug } = request.params as { slug: string };
      const { recipientRetentionDays: days } = request.body as { recipientRetentionDays: number };
      const principal = principalOf(request);
      const tenant = actingTenant(principal, slug);
      return show(await institutions.setRetention({ tenant, days, actor: actorOf(principal) }));
    },
  };
}
