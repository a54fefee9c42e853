import { EVENT_TYPES, type EventType, seqOfEvent } from '#events';
import {
  type Clock,
  fieldProblem,
  formatInstant,
  type Page,
  type PageRequest,
  Problem,
  parseDateTimeStamp,
  type Random,
  randomId,
  type Transactor,
} from '#kernel';
import type { GuardedPost } from '#net';
import type { DeliveryFilter, DeliveryRecord, WebhookReader, WebhookRecord, WebhookWrite } from './ports.ts';
import { KEPT_DAYS, keptFrom } from './project.ts';
import type { SecretOf } from './secrets.ts';

/** Of one institution. */
const WEBHOOKS_MAX = 10;
/** After a change of the secret the one before signs as well for so long. Milliseconds. */
const BOTH_MS = 24 * 3_600_000;

export interface WebhookInput {
  url: string;
  description?: string | null;
  eventTypes?: string[] | null;
}

/** Who acts, for the log. */
interface Acting {
  tenant: string;
  actor: string;
}

type OfWebhook = Acting & { webhookId: string };

export interface Webhooks {
  /**
   * Told of what happens from now on. @returns the secret, which is shown nowhere else
   * @throws Problem `invalid-request`; `conflict` when the institution has too many; `not-found` without the institution
   */
  create(input: WebhookInput & Acting): Promise<{ webhook: WebhookRecord; secret: string }>;
  list(tenant: string, page: PageRequest): Promise<Page<WebhookRecord>>;
  /** @throws Problem `not-found`, as all that follow */
  get(tenant: string, webhookId: string): Promise<WebhookRecord>;
  /** `active: true` sends again, what was missed first: up to 30 days of it. @throws Problem `invalid-request` */
  change(input: Partial<WebhookInput> & { active?: boolean } & OfWebhook): Promise<WebhookRecord>;
  remove(of: OfWebhook): Promise<void>;
  /** Another secret; the one before signs as well for a day. @throws Problem `conflict` while it still does */
  rotateSecret(of: OfWebhook): Promise<{ webhook: WebhookRecord; secret: string }>;
  /** Sends a `webhook.test` to it, by the way that every event goes. @throws Problem `conflict` when it is not active */
  test(of: OfWebhook): Promise<void>;
  deliveries(filter: DeliveryFilter, page: PageRequest): Promise<Page<DeliveryRecord>>;
  /** The newest first. */
  latestDeliveries(filter: DeliveryFilter, limit: number): Promise<DeliveryRecord[]>;
  delivery(tenant: string, webhookId: string, eventId: string): Promise<DeliveryRecord>;
  /** Once more, whatever became of it. */
  redeliver(of: OfWebhook & { eventId: string }): Promise<DeliveryRecord>;
  /**
   * Everything once more from an instant on, or after an event, of the last 30 days.
   * @throws Problem `invalid-request`
   */
  replay(of: OfWebhook & { since?: string; afterEvent?: string }): Promise<WebhookRecord>;
}

export interface WebhooksDeps {
  reader: WebhookReader & { institution(tenant: string): Promise<object | undefined> };
  transactor: Transactor<WebhookWrite>;
  clock: Clock;
  random: Random;
  post: Pick<GuardedPost, 'assertAllowed'>;
  secretOf: SecretOf;
}

export function createWebhooks(deps: WebhooksDeps): Webhooks {
  const { reader, transactor, clock, random, secretOf } = deps;
  const now = () => formatInstant(clock.now());

  const entry = ({ tenant, actor }: Acting, operation: string, object: string, detail = {}): WebhookWrite => ({
    ...{ op: 'audit.append', at: now(), tenant, actor, operation: `webhook.${operation}`, object, detail },
  });

  async function mustGet(tenant: string, webhookId: string): Promise<WebhookRecord> {
    const webhook = await reader.webhook(tenant, webhookId);
    if (!webhook) throw new Problem('not-found', 'there is no such webhook');
    return webhook;
  }

  async function mustGetDelivery(tenant: string, webhookId: string, eventId: string): Promise<DeliveryRecord> {
    await mustGet(tenant, webhookId);
    const seq = seqOfEvent(eventId);
    const delivery = seq === undefined ? undefined : await reader.delivery(tenant, webhookId, seq);
    if (delivery?.eventId !== eventId) throw new Problem('not-found', 'this event was not sent there, or is forgotten');
    return delivery;
  }

  /** An address that could never be sent to is refused at once; a name that leads elsewhere, when it is sent to. */
  function assertUrl(url: string): void {
    const parsed = URL.parse(url);
    if (parsed?.hash !== '') throw fieldProblem('invalid-request', '/url', 'must be an address without fragment');
    try {
      deps.post.assertAllowed(url);
    } catch (error) {
      if (error instanceof Problem) throw fieldProblem('invalid-request', '/url', error.message, 'fetch_refused');
      throw error;
    }
  }

  return {
    async create({ tenant, actor, url, description, eventTypes }) {
      if (!(await reader.institution(tenant))) throw new Problem('not-found', 'there is no such institution');
      assertUrl(url);
      const types = typesOf(eventTypes ?? undefined);
      const webhookId = randomId(random);
      const row: Omit<WebhookRecord, 'position'> = {
        ...{ tenant, webhookId, url, state: 'active', edition: 1, createdAt: now(), createdBy: actor },
        ...{ fence: 0, failures: 0 },
        ...(description ? { description } : {}),
        ...(types ? { eventTypes: types } : {}),
      };
      const secret = await secretOf(webhookId, 1);
      await transactor.commit([
        { op: 'webhook.insert', row, most: WEBHOOKS_MAX },
        entry({ tenant, actor }, 'create', webhookId, { host: new URL(url).host }),
      ]);
      return { webhook: await mustGet(tenant, webhookId), secret };
    },

    list: (tenant, page) => reader.webhooks(tenant, page),

    get: mustGet,

    async change({ tenant, actor, webhookId, url, description, eventTypes, active }) {
      const webhook = await mustGet(tenant, webhookId);
      if (url !== undefined) assertUrl(url);
      const types = eventTypes === undefined ? {} : { eventTypes: typesOf(eventTypes ?? undefined) ?? null };
      const starts = active === true && webhook.state !== 'active';
      const trusted = { failures: 0, failingSince: null, restUntil: null } as const;
      await transactor.commit([
        {
          ...{ op: 'webhook.change', tenant, webhookId },
          set: {
            ...(url === undefined ? {} : { url, ...trusted }),
            ...(description === undefined ? {} : { description: description || null }),
            ...types,
            ...(starts ? { state: 'active', ...trusted, disabledAt: null, disabledReason: null } : {}),
            ...(active === false && webhook.state === 'active' ? { state: 'paused' } : {}),
          },
        },
        entry({ tenant, actor }, 'change', webhookId, {
          ...(url === undefined ? {} : { host: new URL(url).host }),
          ...(active === undefined ? {} : { active }),
        }),
      ]);
      return mustGet(tenant, webhookId);
    },

    async remove({ tenant, actor, webhookId }) {
      await mustGet(tenant, webhookId);
      const gone = entry({ tenant, actor }, 'delete', webhookId);
      await transactor.commit([{ op: 'webhook.remove', tenant, webhookId }, gone]);
    },

    async rotateSecret({ tenant, actor, webhookId }) {
      const webhook = await mustGet(tenant, webhookId);
      if (webhook.previousUntil !== undefined && webhook.previousUntil > now()) {
        throw new Problem(
          'conflict',
          `the secret was replaced already; the one before is good until ${webhook.previousUntil}`,
        );
      }
      const edition = webhook.edition + 1;
      const previousUntil = formatInstant(new Date(clock.now().getTime() + BOTH_MS));
      await transactor.commit([
        { op: 'webhook.change', tenant, webhookId, set: { edition, previousUntil } },
        entry({ tenant, actor }, 'rotateSecret', webhookId, { edition }),
      ]);
      return { webhook: await mustGet(tenant, webhookId), secret: await secretOf(webhookId, edition) };
    },

    async test({ tenant, actor, webhookId }) {
      const { state } = await mustGet(tenant, webhookId);
      if (state !== 'active') throw new Problem('conflict', `the webhook is ${state}`);
      await transactor.commit([entry({ tenant, actor }, 'test', webhookId)]);
    },

    async deliveries(filter, page) {
      await mustGet(filter.tenant, filter.webhookId);
      return reader.deliveries(filter, page);
    },

    latestDeliveries: (filter, limit) => reader.latestDeliveries(filter, limit),

    delivery: mustGetDelivery,

    async redeliver({ tenant, actor, webhookId, eventId }) {
      const { seq } = await mustGetDelivery(tenant, webhookId, eventId);
      await transactor.commit([
        { op: 'webhook.redeliver', tenant, webhookId, seq, at: now() },
        entry({ tenant, actor }, 'redeliver', webhookId, { event: eventId }),
      ]);
      return mustGetDelivery(tenant, webhookId, eventId);
    },

    async replay({ tenant, actor, webhookId, since, afterEvent }) {
      const webhook = await mustGet(tenant, webhookId);
      if ((since === undefined) === (afterEvent === undefined)) {
        throw fieldProblem('invalid-request', '', 'exactly one of since and afterEvent says where to begin');
      }
      const position = since === undefined ? afterOf(afterEvent!) : await reader.entryBefore(tenant, instantOf(since));
      if (position > webhook.position) {
        throw fieldProblem('invalid-request', since === undefined ? '/afterEvent' : '/since', 'has not been sent yet');
      }
      await transactor.commit([
        { op: 'webhook.change', tenant, webhookId, set: { position } },
        entry({ tenant, actor }, 'replay', webhookId, { after: position }),
      ]);
      return mustGet(tenant, webhookId);
    },
  };

  function instantOf(text: string): string {
    const instant = parseDateTimeStamp(text);
    if (!instant) throw fieldProblem('invalid-request', '/since', 'is no date and time with offset');
    const since = formatInstant(instant);
    if (since < keptFrom(clock.now())) {
      throw fieldProblem('invalid-request', '/since', `is more than ${KEPT_DAYS} days ago`);
    }
    return since;
  }
}

function afterOf(eventId: string): number {
  const seq = seqOfEvent(eventId);
  if (seq === undefined) throw fieldProblem('invalid-request', '/afterEvent', 'is no id of an event');
  return seq;
}

function typesOf(given: readonly string[] | undefined): EventType[] | undefined {
  if (given === undefined) return undefined;
  for (const [at, type] of given.entries()) {
    if (!EVENT_TYPES.includes(type as EventType) || type === 'webhook.test') {
      throw fieldProblem('invalid-request', `/eventTypes/${at}`, 'is no type of event that can be chosen', 'enum');
    }
    if (given.indexOf(type) !== at) throw fieldProblem('invalid-request', `/eventTypes/${at}`, 'stands there twice');
  }
  return [...given] as EventType[];
}
