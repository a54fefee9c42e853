import { formatInstant, type Transactor } from '#kernel';
import { type AttemptDeps, type Attempted, attempt } from './attempt.ts';
import type {
  DeliveryRecord,
  DisabledReason,
  WebhookHealth,
  WebhookReader,
  WebhookRecord,
  WebhookWrite,
} from './ports.ts';
import { project } from './project.ts';
import { isGivenUp, restAfter } from './retries.ts';

export interface RoundDeps extends AttemptDeps {
  reader: WebhookReader;
  transactor: Transactor<WebhookWrite>;
  publicUrl: string;
  /** Told of every attempt, and of an endpoint that was disabled. */
  onAttempt?: ((word: string) => void) | undefined;
  onDisabled?: ((webhook: WebhookRecord, reason: DisabledReason) => void) | undefined;
}

/** To one endpoint at the same time. */
export const LANES = 8;
/** Attempts whose outcomes are committed together: what a crash makes happen twice, at most. */
const PART = 32;
/** Parts, after which others have their turn. */
const PARTS = 32;
/** Events of an endpoint that wait to be sent; what comes after them waits in the log. */
const WAITING = 5_000;

/**
 * One turn of one endpoint by the one worker that has its lease: events of the log become deliveries, and what is due is
 * sent, in order for each subject. Endpoints are strangers: a slow one costs its own lanes and nobody else's.
 */
export class Round {
  readonly #deps: RoundDeps;
  #webhook: WebhookRecord;

  constructor(deps: RoundDeps, webhook: WebhookRecord) {
    this.#deps = deps;
    this.#webhook = webhook;
  }

  /** @throws UniqueViolation `webhook.fence` when another has it, or it was changed: whatever this one knew is not written */
  async run(signal: AbortSignal): Promise<void> {
    await this.#commit({ op: 'webhook.lease', ...this.#held(), at: this.#at(), until: this.#until() });
    for (let part = 0; part < PARTS && !signal.aborted; part++) {
      const more = await this.#project();
      const due = await this.#due();
      if (due.length === 0 && !more) break;
      if (due.length > 0 && !(await this.#send(due, signal))) return;
    }
    await this.#commit({ op: 'webhook.release', ...this.#held(), at: this.#at() });
  }

  async #project(): Promise<boolean> {
    const { reader, clock } = this.#deps;
    const { tenant, webhookId, position: from } = this.#webhook;
    if ((await reader.pendingDeliveries(tenant, webhookId)) >= WAITING) return false;
    const next = await project(this.#deps, this.#webhook, clock.now());
    if (!next) return false;
    const { position, rows } = next;
    await this.#commit({ op: 'webhook.project', ...this.#held(), from, position, rows, until: this.#until() });
    this.#webhook = { ...this.#webhook, position };
    return next.more;
  }

  /** One at a time to an endpoint that answers nothing. */
  #due(): Promise<DeliveryRecord[]> {
    const { tenant, webhookId, failures } = this.#webhook;
    return this.#deps.reader.dueDeliveries(tenant, webhookId, this.#at(), failures === 0 ? PART : 1);
  }

  /** @returns whether there is any use in going on */
  async #send(due: DeliveryRecord[], signal: AbortSignal): Promise<boolean> {
    const done: Attempted[] = [];
    const lane = async () => {
      for (let next = due.shift(); next && !signal.aborted; next = due.shift()) {
        const made = await attempt(this.#deps, this.#webhook, next, signal);
        // What was cut off by the end of the service says nothing about the endpoint: it is tried again.
        if (signal.aborted && made.word === 'timeout') return;
        this.#deps.onAttempt?.(made.word);
        done.push(made);
      }
    };
    await allSettled(Array.from({ length: Math.min(LANES, due.length) }, lane));
    if (done.length === 0) return true;
    const health = this.#health(done);
    const outcomes = done.map(({ outcome }) => outcome);
    await this.#commit({ op: 'webhook.settle', ...this.#held(), outcomes, health, until: this.#until() });
    this.#webhook = { ...withoutHealth(this.#webhook), ...health };
    const reason = this.#disabling(done);
    if (!reason) return health.restUntil === undefined || this.#rest();
    await this.#disable(reason);
    return false;
  }

  #health(done: readonly Attempted[]): WebhookHealth {
    const { clock, random, pace } = this.#deps;
    const now = clock.now();
    const failed = !done.some(({ word }) => word === 'delivered');
    const failures = failed ? this.#webhook.failures + 1 : 0;
    const asked = Math.max(...done.map((one) => one.asked));
    const rest = restAfter({ failures, now, spread: random.bytes(1)[0]! / 256, asked }, pace);
    return {
      failures,
      ...(failed ? { failingSince: this.#webhook.failingSince ?? formatInstant(now) } : {}),
      ...(rest ? { restUntil: formatInstant(rest) } : {}),
    };
  }

  async #rest(): Promise<false> {
    await this.#commit({ op: 'webhook.release', ...this.#held(), at: this.#at() });
    return false;
  }

  #disabling(done: readonly Attempted[]): DisabledReason | undefined {
    if (done.some(({ gone }) => gone)) return 'gone';
    const { failingSince } = this.#webhook;
    const { clock, pace } = this.#deps;
    return failingSince !== undefined && isGivenUp(new Date(failingSince), clock.now(), pace) ? 'failing' : undefined;
  }

  async #disable(reason: DisabledReason): Promise<void> {
    const { tenant, webhookId } = this.#webhook;
    const at = this.#at();
    await this.#commit(
      { op: 'webhook.disable', ...this.#held(), reason, at },
      {
        ...{ op: 'audit.append', at, tenant, actor: 'system', operation: 'webhook.disable', object: webhookId },
        detail: { reason },
      },
    );
    this.#deps.onDisabled?.(this.#webhook, reason);
  }

  #held() {
    const { tenant, webhookId, fence } = this.#webhook;
    return { tenant, webhookId, fence };
  }

  #at = (): string => formatInstant(this.#deps.clock.now());
  #until = (): string => formatInstant(new Date(this.#deps.clock.now().getTime() + this.#deps.pace.leaseMs));

  async #commit(...writes: WebhookWrite[]): Promise<void> {
    await this.#deps.transactor.commit(writes);
    this.#webhook = { ...this.#webhook, fence: this.#webhook.fence + 1 };
  }
}

function withoutHealth(webhook: WebhookRecord): Omit<WebhookRecord, keyof WebhookHealth> {
  const { failures: _, failingSince: __, restUntil: ___, ...rest } = webhook;
  return rest;
}

/** A fault in one lane does not leave the others running unseen. */
async function allSettled(work: Promise<void>[]): Promise<void> {
  const fault = (await Promise.allSettled(work)).find((one) => one.status === 'rejected');
  if (fault) throw fault.reason;
}
