import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from '#auth';
import { LIMITS } from '#kernel';
import { type ConsoleProblem, type ListedDelivery, type ListedWebhook, renderWebhook, renderWebhooks } from '#pages';
import type { DeliveryRecord, DeliveryState, WebhookRecord } from '#webhooks';
import type { ApiDeps } from '../deps.ts';
import { pageOf } from '../http/listing.ts';
import { type Handlers, principalOf } from '../http/operation.ts';
import { createDesk, shownProblem } from './desk.ts';

/** Systems that are told of events, and what was sent to each. They are made and changed by the API. */
export function consoleWebhooks(
  deps: ApiDeps,
): Handlers<'getConsoleWebhooks' | 'getConsoleWebhook' | 'changeConsoleWebhook'> {
  const { webhooks } = deps;
  const desk = createDesk(deps);

  async function show(request: FastifyRequest, reply: FastifyReply, problem?: ConsoleProblem) {
    const { tenant } = principalOf(request);
    const { webhookId } = request.params as { webhookId: string };
    const { state } = request.query as { state?: DeliveryState };
    const webhook = await webhooks.get(tenant, webhookId);
    const only = state === undefined ? {} : { state };
    const latest = await webhooks.latestDeliveries({ tenant, webhookId, ...only }, LIMITS.pageSize);
    const body = renderWebhook(desk.site(request), await desk.officer(request), {
      ...{ webhook: listed(webhook), deliveries: latest.map(listedDelivery) },
      ...(state === undefined ? {} : { only: state }),
      ...(problem === undefined ? {} : { problem }),
    });
    return desk.send(request, reply, body);
  }

  return {
    async getConsoleWebhooks(request, reply) {
      const { items, next } = await webhooks.list(principalOf(request).tenant, pageOf(request));
      const body = renderWebhooks(desk.site(request), await desk.officer(request), {
        webhooks: items.map(listed),
        ...(next === undefined ? {} : { next }),
      });
      return desk.send(request, reply, body);
    },

    getConsoleWebhook: (request, reply) => show(request, reply),

    async changeConsoleWebhook(request, reply) {
      const principal = principalOf(request);
      const { webhookId } = request.params as { webhookId: string };
      const { action, eventId = '' } = request.body as { action: 'test' | 'redeliver'; eventId?: string };
      const of = { tenant: principal.tenant, webhookId, actor: actorOf(principal) };
      try {
        if (action === 'test') await webhooks.test(of);
        else await webhooks.redeliver({ ...of, eventId });
      } catch (error) {
        const { status, ...problem } = shownProblem(error);
        return show(request, reply.code(status), problem);
      }
      return desk.go(request, reply, `/console/webhooks/${webhookId}`);
    },
  };
}

function listed(row: WebhookRecord): ListedWebhook {
  const { webhookId, url, state, createdAt, description, eventTypes } = row;
  const { failingSince, restUntil, disabledAt, disabledReason } = row;
  return {
    ...{ webhookId, url, state, createdAt },
    ...(description === undefined ? {} : { description }),
    ...(eventTypes === undefined ? {} : { eventTypes }),
    ...(failingSince === undefined ? {} : { failingSince }),
    ...(restUntil === undefined ? {} : { restUntil }),
    ...(disabledAt === undefined || disabledReason === undefined ? {} : { disabledAt, disabledReason }),
  };
}

function listedDelivery(row: DeliveryRecord): ListedDelivery {
  const { eventId, eventType: type, eventAt, state, attempts, dueAt, lastStatus, lastFault } = row;
  return {
    ...{ eventId, type, eventAt, state, attempts },
    ...(lastStatus === undefined ? {} : { lastStatus }),
    ...(lastFault === undefined ? {} : { lastFault }),
    ...(state === 'pending' ? { nextAt: dueAt } : {}),
  };
}
