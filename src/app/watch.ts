import { type IssuerDeps, STEP } from '#credentials';
import { createMetrics, type Metrics, readProcess, startPulse, type Tracer } from '#observability';
import type { Storage } from '#storage';
import type { Config } from './config.ts';
import { openTraces } from './traces.ts';
import { watchTransactor } from './watch-store.ts';

/** Everything that looks at the service at work, and changes nothing of it. */
export interface Watch {
  metrics: Metrics;
  /** Absent: nothing is traced. */
  tracer: Tracer | undefined;
  /** The store's own, seen from outside. */
  transactor: Storage['transactor'];
  /** Milliseconds that this thread is late with its work. */
  lateMs(): number;
  /** Follows the steps of issuing, for whoever else wants to be told too. */
  onStep(also: IssuerDeps['onStep']): Pick<IssuerDeps, 'onStep'>;
  close(): Promise<void>;
}

export async function openWatch(config: Pick<Config, 'traces'>, storage: Storage): Promise<Watch> {
  const metrics = createMetrics();
  const tracer = await openTraces(config.traces, metrics);
  const pulse = startPulse((lateMs) => metrics.observe('tatak_event_loop_delay_seconds', lateMs / 1_000));
  readProcess(metrics);
  return {
    ...{ metrics, tracer, lateMs: pulse.lateMs },
    transactor: watchTransactor(storage.transactor, metrics, tracer),
    onStep(also) {
      if (!tracer) return also ? { onStep: also } : {};
      return {
        onStep(step) {
          tracer.step(nameOf(step));
          return also?.(step);
        },
      };
    },
    async close() {
      pulse.stop();
      await tracer?.close();
    },
  };
}

const NAMES = new Map<number, string>(Object.entries(STEP).map(([name, step]) => [step, `issue.${name}`]));

const nameOf = (step: number): string => NAMES.get(step) ?? 'issue';
