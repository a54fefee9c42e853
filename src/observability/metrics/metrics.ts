import { createRequire } from 'node:module';
import type * as Library from 'prom-client';
import { COUNTERS, type CounterName, type Counters } from '../counters.ts';
import { GAUGES, type GaugeName, HISTOGRAMS, type HistogramName } from './families.ts';

/** One value, or one for each set of label values (in the order of the family). */
export type Reading = number | readonly (readonly [value: number, ...labels: string[]])[];

export interface Metrics extends Counters {
  /** Counts several at once. */
  add(name: CounterName, by: number, ...values: string[]): void;
  /** @param values of the labels of the family, in their order: words of ours, never from a request */
  observe(name: HistogramName, seconds: number, ...values: string[]): void;
  /**
   * Where the value of a gauge comes from, each time it is asked for; undefined leaves it out. One source a gauge.
   * A source that fails or is slow leaves its gauge out and is counted, and the others are told all the same.
   */
  read(name: GaugeName, source: () => Reading | undefined | Promise<Reading | undefined>): void;
  /** Since this process started, in the text format of Prometheus 0.0.4. */
  text(): Promise<string>;
}

/** A word that grows with requests would take all memory: what comes after so many counts as `other`. */
const SERIES = 200;
/** Milliseconds that one source of a gauge may take. */
const PATIENCE = 2_000;

/** What this process counted, timed and sees of itself. It decides nothing by it, so another replica has its own. */
export function createMetrics(): Metrics {
  // Loaded by who counts: the thread that writes needs this room for the chain of the log alone.
  const { Counter, Gauge, Histogram, Registry } = createRequire(import.meta.url)('prom-client') as typeof Library;
  const registry = new Registry();
  const counters = new Map(
    Object.entries(COUNTERS).map(([name, family]) => {
      const counted = new Map<Labels, number>();
      // The library looks a series up by the text of its labels each time: it is told of all that was counted when it is read.
      const collect = () => {
        for (const [labels, by] of counted) counter.inc(labels, by);
        counted.clear();
      };
      const counter: Library.Counter = new Counter({
        ...{ name, help: family.help, labelNames: family.labels, registers: [registry] },
        collect,
      });
      return [name as CounterName, { counted, labelled: labeller(name, family) }];
    }),
  );
  const histograms = new Map(
    Object.entries(HISTOGRAMS).map(([name, family]) => {
      const { help, labels: labelNames, buckets } = family;
      const histogram = new Histogram({ name, help, labelNames, buckets: [...buckets], registers: [registry] });
      return [name as HistogramName, { histogram, labelled: labeller(name, family) }];
    }),
  );
  const add: Metrics['add'] = (name, by, ...values) => {
    if (!(by >= 0 && by < Number.POSITIVE_INFINITY)) throw new RangeError(`${name} cannot grow by ${by}`);
    const { counted, labelled } = counters.get(name)!;
    const labels = labelled(values);
    counted.set(labels, (counted.get(labels) ?? 0) + by);
  };
  const count: Metrics['count'] = (name, ...values) => add(name, 1, ...values);
  return {
    add,
    count,
    observe(name, seconds, ...values) {
      const { histogram, labelled } = histograms.get(name)!;
      histogram.observe(labelled(values), seconds);
    },
    read(name, source) {
      const { help, labels } = GAUGES[name];
      new Gauge<string>({
        ...{ name, help, labelNames: labels, registers: [registry] },
        async collect() {
          this.reset();
          // Of a gauge without labels the library would show a 0 that nobody measured.
          if (labels.length === 0) this.remove();
          try {
            const reading = await within(PATIENCE, source());
            const rows = typeof reading === 'number' ? [[reading] as const] : (reading ?? []);
            for (const [value, ...values] of rows) this.set(named(labels, values), value);
          } catch {
            count('tatak_scrape_failures_total', name);
          }
        },
      });
    },
    text: () => registry.metrics(),
  };
}

type Labels = Record<string, string>;

const named = (labels: readonly string[], values: readonly string[]): Labels =>
  Object.fromEntries(labels.map((label, at) => [label, values[at]!]));

function labeller(name: string, { labels, series = SERIES }: { labels: readonly string[]; series?: number }) {
  const seen = new Map<string, Labels>();
  const other = Object.fromEntries(labels.map((label) => [label, 'other']));
  return (values: readonly string[]): Labels => {
    if (values.length !== labels.length) throw new Error(`${name} has the labels ${labels.join(', ')}`);
    const key = values.join('\n');
    const known = seen.get(key);
    if (known) return known;
    if (seen.size >= series) return other;
    const made = named(labels, values);
    seen.set(key, made);
    return made;
  };
}

async function within<T>(ms: number, work: T | Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
