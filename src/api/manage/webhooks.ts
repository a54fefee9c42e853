import { actorOf } from '#auth';
import type { DeliveryRecord, DeliveryState, WebhookInput, WebhookRecord } from '#webhooks';
import type { ApiDeps } from '../deps.ts';
import { pageOf, sendPage } from '../http/listing.ts';
import { type Handlers, principalOf } from '../http/operation.ts';

type Operation =
  | 'createWebhook'
  | 'listWebhooks'
  | 'readWebhook'
  | 'changeWebhook'
  | 'deleteWebhook'
  | 'rotateWebhookSecret'
  | 'testWebhook'
  | 'replayWebhook'
  | 'listWebhookDeliveries'
  | 'readWebhookDelivery'
  | 'redeliverWebhookEvent';

type Request = Parameters<typeof principalOf>[0];

export function manageWebhooks({ webhooks, publicUrl }: Pick<ApiDeps, 'webhooks' | 'publicUrl'>): Handlers<Operation> {
  const tenantOf = (request: Request) => principalOf(request).tenant;
  const params = (request: Request) => request.params as { webhookId: string; eventId: string };
  const of = (request: Request) => {
    return { ...params(request), tenant: tenantOf(request), actor: actorOf(principalOf(request)) };
  };
  return {
    async createWebhook(request, reply) {
      const { tenant, actor } = of(request);
      const { webhook, secret } = await webhooks.create({ ...(request.body as WebhookInput), tenant, actor });
      reply.code(201).header('cache-control', 'no-store');
      reply.header('location', `${publicUrl}/v1/webhooks/${webhook.webhookId}`);
      return { webhook: show(webhook), secret };
    },
    async listWebhooks(request, reply) {
      return sendPage(request, reply, await webhooks.list(tenantOf(request), pageOf(request)), show, publicUrl);
    },
    async readWebhook(request) {
      return show(await webhooks.get(tenantOf(request), params(request).webhookId));
    },
    async changeWebhook(request) {
      const changes = request.body as Partial<WebhookInput> & { active?: boolean };
      return show(await webhooks.change({ ...changes, ...of(request) }));
    },
    async deleteWebhook(request, reply) {
      await webhooks.remove(of(request));
      return reply.code(204).send();
    },
    async rotateWebhookSecret(request, reply) {
      const { webhook, secret } = await webhooks.rotateSecret(of(request));
      reply.header('cache-control', 'no-store');
      return { webhook: show(webhook), secret };
    },
    async testWebhook(request, reply) {
      await webhooks.test(of(request));
      return reply.code(202).send();
    },
    async replayWebhook(request, reply) {
      const where = request.body as { since?: string; afterEvent?: string };
      reply.code(202);
      return show(await webhooks.replay({ ...where, ...of(request) }));
    },
    async listWebhookDeliveries(request, reply) {
      const { state } = request.query as { state?: DeliveryState };
      const filter = { tenant: tenantOf(request), webhookId: params(request).webhookId };
      const page = await webhooks.deliveries({ ...filter, ...(state ? { state } : {}) }, pageOf(request));
      return sendPage(request, reply, page, showDelivery, publicUrl);
    },
    async readWebhookDelivery(request) {
      const { webhookId, eventId } = params(request);
      const delivery = await webhooks.delivery(tenantOf(request), webhookId, eventId);
      return { ...showDelivery(delivery), event: JSON.parse(delivery.payload) };
    },
    async redeliverWebhookEvent(request, reply) {
      reply.code(202);
      return showDelivery(await webhooks.redeliver(of(request)));
    },
  };
}

function show(row: WebhookRecord) {
  const { webhookId, url, description, eventTypes, state, createdAt, disabledAt, disabledReason } = row;
  const { failures, failingSince, restUntil, previousUntil } = row;
  return {
    ...{ webhookId, url, description, eventTypes, state, createdAt, failures, failingSince, restUntil },
    ...{ previousSecretUntil: previousUntil, disabledAt, disabledReason },
  };
}

function showDelivery(row: DeliveryRecord) {
  const { eventId, eventType: type, subject, eventAt, state, attempts, dueAt, settledAt } = row;
  const { lastAt, lastStatus, lastFault, lastMs } = row;
  return {
    ...{ eventId, type, subject, eventAt, state, attempts },
    ...(state === 'pending' ? { nextAttemptAt: dueAt } : {}),
    ...{ lastAttemptAt: lastAt, lastStatus, lastFault, lastDurationMs: lastMs, settledAt },
  };
}
