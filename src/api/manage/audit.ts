import { SYSTEM_TENANT } from '#auth';
import type { ApiDeps } from '../deps.ts';
import { pageOf, sendPage } from '../http/listing.ts';
import { type Handlers, principalOf } from '../http/operation.ts';

export function manageAudit(deps: ApiDeps): Handlers<'listAudit'> {
  return {
    async listAudit(request, reply) {
      const { tenant } = principalOf(request);
      const page = await deps.reader.auditEntries(tenant === SYSTEM_TENANT ? undefined : tenant, pageOf(request));
      return sendPage(request, reply, page, (entry) => entry, deps.publicUrl);
    },
  };
}
