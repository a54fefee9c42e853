import type { ApiDeps } from '#api';
import { Problem } from '#kernel';
import type { DeliveryRecord, WebhookRecord } from '#webhooks';

const at = '2026-03-14T08:00:00Z';
const EVENT_ID = 'evt_1_0123456789abcdef';

/** One webhook of `abc`, to which one event was delivered. */
export function stubWebhooks(deps: ApiDeps, id: string, calls: unknown[][]): void {
  const webhook: WebhookRecord = {
    ...{ tenant: 'abc', webhookId: id, url: 'https://hooks.college.example/x', description: 'LMS', state: 'active' },
    ...{ edition: 1, position: 3, createdAt: at, createdBy: 'key:1', fence: 0, failures: 0 },
  };
  const event = { version: '1', id: EVENT_ID, type: 'credential.issued', createdAt: at, institution: 'abc', data: {} };
  const delivery: DeliveryRecord = {
    ...{
      tenant: 'abc',
      webhookId: id,
      seq: 1,
      eventId: EVENT_ID,
      eventType: 'credential.issued',
      subject: id,
      eventAt: at,
    },
    ...{ payload: JSON.stringify(event), state: 'delivered', attempts: 1, dueAt: at, lastAt: at, lastStatus: 204 },
    ...{ lastMs: 12, settledAt: at },
  };
  const said = <T>(name: string, tenant: string, args: unknown, value: T): T => {
    calls.push([`webhooks.${name}`, tenant, args]);
    if (tenant !== 'abc' && name !== 'list' && name !== 'create') {
      throw new Problem('not-found', 'there is no such webhook');
    }
    return value;
  };
  Object.assign(deps, {
    webhooks: {
      create: async (input) => said('create', input.tenant, input, { webhook, secret: 'whsec_AA==' }),
      list: async (tenant, page) => said('list', tenant, page, { items: tenant === 'abc' ? [webhook] : [] }),
      get: async (tenant, of) => said('get', tenant, of, webhook),
      change: async (input) => said('change', input.tenant, input, webhook),
      remove: async (of) => said('remove', of.tenant, of, undefined),
      rotateSecret: async (of) => said('rotateSecret', of.tenant, of, { webhook, secret: 'whsec_AA==' }),
      test: async (of) => said('test', of.tenant, of, undefined),
      deliveries: async (filter) => said('deliveries', filter.tenant, filter, { items: [delivery] }),
      latestDeliveries: async (filter) => said('latestDeliveries', filter.tenant, filter, [delivery]),
      delivery: async (tenant, of) => said('delivery', tenant, of, delivery),
      redeliver: async (of) => said('redeliver', of.tenant, of, delivery),
      replay: async (of) => said('replay', of.tenant, of, webhook),
    },
  } satisfies Pick<ApiDeps, 'webhooks'>);
}
