import { SYSTEM_TENANT } from '#auth';
import type { ErasureRecord } from '#holders';
import type { ApiDeps } from '../deps.ts';
import { pageOf, sendPage } from '../http/listing.ts';
import { type Handlers, principalOf } from '../http/operation.ts';

/** What learners had erased: told to their institutions, and kept aside for a store that is restored. */
export function manageErasures(deps: ApiDeps): Handlers<'listErasures'> {
  const show = ({ tenant: institution, ...rest }: ErasureRecord) => ({ institution, ...rest });
  return {
    async listErasures(request, reply) {
      const { tenant } = principalOf(request);
      const page = await deps.reader.erasures(tenant === SYSTEM_TENANT ? undefined : tenant, pageOf(request));
      return sendPage(request, reply, page, show, deps.publicUrl);
    },
  };
}
