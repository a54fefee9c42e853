import { type Clock, formatInstant } from '#kernel';
import type { RemoteKeystore } from '#keystore';
import { createClockGuard, type Log } from '#observability';
import type { Storage } from '#storage';

export interface ReadinessDeps extends Pick<Storage, 'reader' | 'transactor'> {
  clock: Clock;
  /** The process that signs, where it is another one. */
  remote: Pick<RemoteKeystore, 'reachable'> | undefined;
  log: Pick<Log, 'ready'>;
  /** Whether every kind of credential would be signed now. */
  maySign: () => Promise<boolean>;
  stopping: () => boolean;
  /** Milliseconds that never jump. */
  monotonic?: () => number;
}

/** Each check by name; false is not ready. What a check could not find out in time is not ready either. */
export type Readiness = () => Promise<Record<string, boolean>>;

/** Milliseconds for one check. */
const PATIENCE = 2_000;
/** Milliseconds for which an answer is kept that costs a write or a word with another process: anybody may ask. */
const KEPT = 2_000;

/**
 * What the service needs to do all of its work. The names are those of `/health/ready`, of the metric `tatak_ready` and of the
 * alerts; none of the answers tells why.
 */
export function createReadiness(deps: ReadinessDeps): Readiness {
  const { reader, transactor, clock, remote } = deps;
  const now = deps.monotonic ?? (() => performance.now());
  const assertClock = createClockGuard(async () => (await reader.lastAudit())?.at, clock);
  const writable = keep(now, () => transactor.commit([{ op: 'health.beat', at: formatInstant(clock.now()) }]));
  const signer = keep(now, () => (remote ? remote.reachable() : true));
  const checks: Record<string, () => unknown> = {
    running: () => !deps.stopping(),
    database: () => reader.lastAudit(),
    writable,
    schema: () => reader.schemaReady(),
    signer,
    clock: assertClock,
    signing: deps.maySign,
    log: () => deps.log.ready(),
  };
  return async () => {
    const names = Object.keys(checks);
    const results = await Promise.all(names.map((name) => holds(checks[name]!)));
    return Object.fromEntries(names.map((name, at) => [name, results[at]!]));
  };
}

/** It holds unless it says false, throws, or is late. */
function holds(check: () => unknown): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), PATIENCE);
    const done = (ready: boolean) => {
      clearTimeout(timer);
      resolve(ready);
    };
    Promise.resolve()
      .then(check)
      .then(
        (answer) => done(answer !== false),
        () => done(false),
      );
  });
}

/** One question at a time, and its answer for a while. */
function keep(now: () => number, ask: () => unknown): () => Promise<boolean> {
  let kept: { until: number; answer: Promise<boolean> } | undefined;
  return () => {
    if (kept && now() < kept.until) return kept.answer;
    const mine = { until: Number.POSITIVE_INFINITY, answer: holds(ask) };
    kept = mine;
    void mine.answer.then(() => {
      mine.until = now() + KEPT;
    });
    return mine.answer;
  };
}
