import { formatInstant, UniqueViolation } from '#kernel';
import type { WebhookRecord } from './ports.ts';
import { keptFrom } from './project.ts';
import { Round, type RoundDeps } from './round.ts';

export interface WebhookWorkerDeps extends RoundDeps {
  onError?: (error: unknown) => void;
}

export interface WebhookWorker {
  /**
   * Gives every endpoint that has something to be told its turn, beside those that have theirs, and waits for none of them.
   * @returns false: it is called again after a rest
   */
  workOnce(): Promise<boolean>;
  /** Deletes what was settled 30 days ago. @returns false */
  forgetOnce(): Promise<boolean>;
  /** Lets what is being sent end, for five seconds at most; what is cut off is sent again. */
  close(): Promise<void>;
}

/** Endpoints that have their turn at the same time in one process. */
const AT_ONCE = 32;
/** Of those, of one institution: however many slow ones it has, others have their turn. */
const OF_ONE = 4;
const CLOSE_MS = 5_000;

export function createWebhookWorker(deps: WebhookWorkerDeps): WebhookWorker {
  const { reader, transactor, clock } = deps;
  const closing = new AbortController();
  const running = new Map<string, { tenant: string; turn: Promise<void> }>();
  let closed = false;

  async function turn(webhook: WebhookRecord): Promise<void> {
    try {
      await new Round(deps, webhook).run(closing.signal);
    } catch (error) {
      // Another process has it, or it was changed.
      if (!(error instanceof UniqueViolation)) deps.onError?.(error);
    } finally {
      running.delete(webhook.webhookId);
    }
  }

  function hasRoom({ tenant, webhookId }: WebhookRecord): boolean {
    if (running.size >= AT_ONCE || running.has(webhookId)) return false;
    return [...running.values()].filter((one) => one.tenant === tenant).length < OF_ONE;
  }

  return {
    async workOnce() {
      if (closed || running.size >= AT_ONCE) return false;
      // More than there is room for: some of them are of institutions that have enough turns.
      const found = await reader.workableWebhooks(formatInstant(clock.now()), AT_ONCE * 4);
      for (const webhook of found) {
        if (!closed && hasRoom(webhook))
          running.set(webhook.webhookId, { tenant: webhook.tenant, turn: turn(webhook) });
      }
      return false;
    },

    async forgetOnce() {
      await transactor.commit([{ op: 'webhook.forget', before: keptFrom(clock.now()) }]);
      return false;
    },

    async close() {
      closed = true;
      const late = setTimeout(() => closing.abort(), CLOSE_MS);
      await Promise.all([...running.values()].map((one) => one.turn));
      clearTimeout(late);
    },
  };
}
