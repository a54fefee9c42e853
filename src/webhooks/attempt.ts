import { type Clock, formatInstant, Problem, type Random } from '#kernel';
import type { GuardedPost } from '#net';
import type { DeliveryOutcome, DeliveryRecord, WebhookRecord } from './ports.ts';
import { nextAttempt, type Pace, secondsOf } from './retries.ts';
import { type SecretOf, signedHeaders } from './secrets.ts';

export interface AttemptDeps {
  post: Pick<GuardedPost, 'send'>;
  secretOf: SecretOf;
  clock: Clock;
  random: Random;
  pace: Pace;
  /** Milliseconds that never jump. */
  elapsed: () => number;
}

export interface Attempted {
  outcome: DeliveryOutcome;
  /** `delivered`, the class of a status (`4xx`), or the fault: words of ours. */
  word: string;
  /** Seconds of patience that the endpoint asked for. */
  asked: number;
  /** It said that it is gone for good (410, Standard Webhooks 1.0). */
  gone: boolean;
}

/**
 * One attempt. Any 2xx is a success; everything else is tried again, because nobody knows whether what is wrong with an
 * endpoint is wrong for good.
 */
export async function attempt(
  deps: AttemptDeps,
  webhook: WebhookRecord,
  delivery: DeliveryRecord,
  signal: AbortSignal,
): Promise<Attempted> {
  const { clock, post, elapsed, pace, random } = deps;
  const at = clock.now();
  const message = { id: delivery.eventId, at, payload: delivery.payload };
  const headers = signedHeaders(await secretsOf(deps.secretOf, webhook, at), message);
  const began = elapsed();
  const answer = await post.send(webhook.url, delivery.payload, headers, signal).catch(faultOf);
  const lastMs = Math.round(elapsed() - began);
  const now = clock.now();
  const attempts = delivery.attempts + 1;
  const firstAt = delivery.firstAt ?? formatInstant(at);
  const told = {
    ...{ seq: delivery.seq, attempts, firstAt, dueAt: delivery.dueAt, lastAt: formatInstant(now), lastMs },
    ...('fault' in answer ? { lastFault: answer.fault } : { lastStatus: answer.status }),
  };
  if ('status' in answer && answer.status >= 200 && answer.status <= 299) {
    const outcome = { ...told, state: 'delivered', settledAt: formatInstant(now) } as const;
    return { outcome, word: 'delivered', asked: 0, gone: false };
  }
  const asked = 'status' in answer ? secondsOf(answer.retryAfter, now) : 0;
  const spread = random.bytes(1)[0]! / 256;
  const next = nextAttempt({ attempts, first: new Date(firstAt), now, spread, asked }, pace);
  return {
    outcome: next
      ? { ...told, state: 'pending', dueAt: formatInstant(next) }
      : { ...told, state: 'failed', settledAt: formatInstant(now) },
    word: 'fault' in answer ? answer.fault : `${Math.floor(answer.status / 100)}xx`,
    asked,
    gone: 'status' in answer && answer.status === 410,
  };
}

/** The newest first. While the one before is good, receivers that have not changed yet find its signature. */
async function secretsOf(secretOf: SecretOf, webhook: WebhookRecord, now: Date): Promise<string[]> {
  const { webhookId, edition, previousUntil } = webhook;
  const both = previousUntil !== undefined && previousUntil > formatInstant(now);
  const editions = both ? [edition, edition - 1] : [edition];
  return Promise.all(editions.map((one) => secretOf(webhookId, one)));
}

/** @throws whatever is a fault of this service */
function faultOf(error: unknown): { fault: string } {
  if (!(error instanceof Problem)) throw error;
  if (error.kind === 'fetch-refused') return { fault: 'refused' };
  if (error.kind === 'fetch-failed') return { fault: String(error.extensions.code) };
  throw error;
}
