import { actorOf } from '#auth';
import { readTarget, type StatusAction } from '#credentials';
import type { ApiDeps } from '../deps.ts';
import { type Handlers, principalOf } from '../http/operation.ts';

interface Body {
  action: StatusAction;
  reason: string;
  credentials?: string[];
  batchId?: string;
  keyId?: string;
}

export function manageStatuses({ status }: ApiDeps): Handlers<'changeStatuses'> {
  return {
    async changeStatuses(request, reply) {
      const principal = principalOf(request);
      const { action, reason, ...target } = request.body as Body;
      const idempotencyKey = request.headers['idempotency-key'] as string | undefined;
      const done = await status.changeMany({
        ...{ tenant: principal.tenant, actor: actorOf(principal), action, reason, of: readTarget(target) },
        ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
      });
      reply.header('cache-control', 'no-store');
      const { at, rows, more, published } = done;
      return {
        at,
        changed: rows.filter(({ outcome }) => outcome === 'changed').length,
        results: rows.map(({ credentialId: id, ...row }) => ({ id, ...row })),
        more,
        published,
      };
    },
  };
}
