import type { Logger } from 'pino';
import type { Clock, Random } from '#kernel';
import type { Keystore } from '#keystore';
import { createGuardedPost, type GuardedPost, type GuardedPostOptions } from '#net';
import type { Counters } from '#observability';
import type { Storage } from '#storage';
import {
  createSecretOf,
  createWebhooks,
  createWebhookWorker,
  LANES,
  PACE,
  type Pace,
  type Webhooks,
  type WebhookWorker,
} from '#webhooks';
import type { Config } from './config.ts';
import { derivedKey } from './derived-key.ts';

/** An answer is an acknowledgement: whoever has much to do does it afterwards. Milliseconds. */
const ANSWER_MS = 10_000;
/** Calls to one host: many institutions may use the same integration service, and a slow one of them has `LANES`. */
const PER_HOST = LANES * 8;

interface WebhookDeps extends Pick<Storage, 'reader' | 'transactor'> {
  config: Pick<Config, 'publicUrl' | 'loopback'>;
  keystore: Keystore;
  clock: Clock;
  random: Random;
  counters: Counters;
  logger: Logger;
  /** For tests: shorter waits, another resolver. */
  sending?: Partial<Pace & GuardedPostOptions> | undefined;
}

/** Endpoints of institutions, and whoever sends to them. Their secrets derive from the key of the authorisation server. */
export function openWebhooks(deps: WebhookDeps): { webhooks: Webhooks; worker: WebhookWorker; pace: Pace } {
  const { config, reader, transactor, clock, random, counters, logger } = deps;
  const { publicUrl, loopback } = config;
  const post: GuardedPost = createGuardedPost({ loopback, timeoutMs: ANSWER_MS, parallel: PER_HOST, ...deps.sending });
  const secretOf = createSecretOf(derivedKey(deps, 'webhooks'));
  const pace = { ...PACE, ...deps.sending };
  return {
    pace,
    webhooks: createWebhooks({ reader, transactor, clock, random, post, secretOf }),
    worker: createWebhookWorker({
      ...{ reader, transactor, clock, random, post, secretOf, publicUrl },
      ...{ pace, elapsed: () => performance.now() },
      onAttempt: (outcome) => counters.count('tatak_webhook_attempts_total', outcome),
      onDisabled: ({ tenant, webhookId }, reason) =>
        logger.warn({ tenant, webhookId, reason }, 'a webhook was disabled'),
      onError: (error) => logger.error({ err: error }, 'events could not be sent'),
    }),
  };
}
