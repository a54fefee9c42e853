import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { Problem, systemClock, systemRandom } from '#kernel';
import { createMetrics, openTracer, startPulse } from '#observability';
import { createContextLoader, createPlanSets } from '#proofs';
import { createRateChecks } from '../../src/api/http/rate.ts';
import { createReadiness } from '../../src/app/readiness.ts';
import { readGauges } from '../../src/app/watch-gauges.ts';
import { watchTransactor } from '../../src/app/watch-store.ts';
import { COUNTERS } from '../../src/observability/counters.ts';
import { GAUGES, HISTOGRAMS } from '../../src/observability/metrics/families.ts';
import { createStub } from '../api/support/stub.ts';
import { goldenBadge, TEST_PH_CONTEXT, TEST_PH_URL } from '../support/golden-badge.ts';
import { evaluate, readScrape } from '../support/promql.ts';

interface Rule {
  alert: string;
  expr: string;
  for?: string;
  labels: { severity: string };
  annotations: { summary: string };
}
const file = join(import.meta.dirname, '..', '..', 'deploy', 'alerts.yaml');
const { groups } = parse(readFileSync(file, 'utf8')) as { groups: { interval: string; rules: Rule[] }[] };
const rules = new Map(groups.flatMap((group) => group.rules).map((rule) => [rule.alert, rule]));
const FAMILIES: Record<string, { labels: readonly string[] }> = { ...COUNTERS, ...GAUGES, ...HISTOGRAMS };

const at = '2026-11-24T03:00:00Z';

/** The parts of the service that are watched, each of which can be broken. */
async function world() {
  const metrics = createMetrics();
  const now = { ms: 0 };
  const broken = {
    ...{ audit: { at, seq: 5 } as object | undefined, schema: true, signer: true, signing: true, log: true },
    ...{ unpublished: undefined as string | undefined, checkpoint: { size: 5, signedAt: at }, waiting: 0 },
    commit: async (): Promise<void> => {},
    health: async (): Promise<Record<string, boolean>> => ({}),
  };
  const reader = {
    async lastAudit() {
      if (!broken.audit) throw new Problem('unavailable', 'gone');
      return broken.audit;
    },
    schemaReady: async () => broken.schema,
    oldestUnpublishedChange: async () => broken.unpublished,
    runnableBatches: async () => [],
    openSigningStops: async () => [],
  } as never;
  const transactor = watchTransactor({ commit: () => broken.commit() }, metrics, undefined, () => now.ms);
  const clock = { now: () => new Date(at) };
  const ready = createReadiness({
    ...{ reader, transactor, clock, remote: { reachable: async () => broken.signer } },
    ...{ log: { ready: () => broken.log }, maySign: async () => broken.signing, stopping: () => false },
    // Kept for no time.
    monotonic: () => (now.ms += 10_000),
  });
  const connections = () => [{ pool: 'writer', total: 6, idle: 0, waiting: broken.waiting }];
  const log = { latest: async () => broken.checkpoint } as never;
  readGauges(metrics, { reader, storage: { connections } as never, clock, log, ready });
  const served = () =>
    createStub({
      ...{ metrics, rateLimits: { expensive: 1e9, address: 1e9 }, shedding: { expensive: 0, working: 1 } },
      health: () => broken.health(),
    });
  const scrape = async () => [
    ...readScrape(await metrics.text()),
    { name: 'up', labels: { job: 'tatak' }, value: broken.audit ? 1 : 0 },
  ];
  return { metrics, broken, transactor, served, scrape, now };
}
type World = Awaited<ReturnType<typeof world>>;

const many = async (times: number, work: () => unknown) => {
  for (let one = 0; one < times; one++) await work();
};
const write = [{ op: 'health.beat' as const, at }];
const never = () => new Promise<never>(() => {});

/** What goes wrong, for each alert. */
const FAULTS: Record<string, (world: World) => unknown> = {
  TatakDown: ({ broken }) => Object.assign(broken, { audit: undefined }),
  TatakStoreLost: ({ broken }) => Object.assign(broken, { audit: undefined }),
  TatakStoreReadOnly: ({ broken }) => Object.assign(broken, { commit: () => Promise.reject(new Error('disk full')) }),
  TatakSchemaOld: ({ broken }) => Object.assign(broken, { schema: false }),
  TatakSignerLost: ({ broken }) => Object.assign(broken, { signer: false }),
  async TatakClockUnsafe({ broken }) {
    Object.assign(broken, { audit: { at: '2026-11-24T05:00:00Z', seq: 5 } });
    // The clock is held against the log four times a second.
    await new Promise((next) => setTimeout(next, 300));
  },
  TatakSigningStopped: ({ broken }) => Object.assign(broken, { signing: false }),
  TatakLogForked: ({ broken }) => Object.assign(broken, { log: false }),
  TatakRevocationUnpublished: ({ broken }) => Object.assign(broken, { unpublished: '2026-11-24T02:58:00Z' }),
  TatakLogUnsigned: ({ broken }) =>
    Object.assign(broken, { checkpoint: { size: 4, signedAt: '2026-11-24T00:30:00Z' } }),
  async TatakErrors({ broken, served }) {
    const stub = await served();
    broken.health = () => Promise.reject(new Error('broken'));
    await many(5, () => stub.app.inject('/health'));
  },
  async TatakSlow({ broken, served }) {
    const stub = await served();
    broken.health = () => new Promise((done) => setTimeout(() => done({}), 2_600));
    await stub.app.inject('/health');
  },
  async TatakLate({ metrics }) {
    const pulse = startPulse((lateMs) => metrics.observe('tatak_event_loop_delay_seconds', lateMs / 1_000));
    await many(3, async () => {
      for (const until = performance.now() + 400; performance.now() < until; );
      await new Promise((next) => setTimeout(next, 5));
    });
    pulse.stop();
  },
  async TatakShedding({ served }) {
    const stub = await served();
    await many(10, () =>
      stub.app.inject({ method: 'POST', url: '/v1/verifications', payload: { url: 'https://a.example' } }),
    );
  },
  TatakGuessing({ metrics }) {
    const checks = createRateChecks({ random: systemRandom, metrics, limits: { guesses: 1 } });
    const request = { ip: '192.0.2.1', raw: { socket: {} } } as never;
    checks.countGuess(request);
    expect(() => checks.guessesSoFar(request, { header: () => undefined } as never)).toThrow('a minute');
  },
  async TatakCommitsFail({ broken, transactor }) {
    broken.commit = () => Promise.reject(new Problem('unavailable', 'busy'));
    await transactor.commit(write).catch(() => undefined);
  },
  async TatakCommitsSlow({ broken, transactor, now }) {
    broken.commit = async () => {
      now.ms += 400;
    };
    await many(200, () => transactor.commit(write));
  },
  TatakCommitsStuck({ broken, transactor, now }) {
    broken.commit = never;
    void transactor.commit(write);
    now.ms += 20_000;
  },
  TatakConnectionsShort: ({ broken }) => Object.assign(broken, { waiting: 3 }),
  TatakBatchFailed: ({ transactor }) =>
    transactor.commit([{ op: 'batch.finish', tenant: 'abc', batchId: 'b', fence: 1, state: 'failed', finishedAt: at }]),
  async TatakPlanMismatch({ metrics }) {
    const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });
    const wrong = { mismatch: 'form', reference: 'a', compiled: 'b' } as never;
    const plans = createPlanSets({
      ...{ loader, clock: systemClock, random: systemRandom },
      onMismatch: (use) => metrics.count('tatak_plan_mismatches_total', use),
      bounded: { run: never, compile: async () => wrong, isFree: () => false, close: async () => undefined },
    });
    await many(2, async () => {
      const form = await plans.issuing.document.form(goldenBadge());
      if ('shape' in form) plans.issuing.document.learn(form.shape!, goldenBadge(), 'did:example:a');
    });
    await plans.idle();
    await plans.close();
  },
  async TatakMetricsMissing({ broken, scrape }) {
    broken.audit = undefined;
    await scrape();
  },
  async TatakTracesLost({ metrics }) {
    const tracer = await openTracer({
      ...{ share: 1, send: () => Promise.reject(new Error('gone')) },
      onSpans: (count, outcome) => metrics.add('tatak_spans_total', count, outcome),
    });
    tracer.begin(undefined).end('one', {}, false);
    await tracer.close();
  },
};

const seconds = (text = '0s') => Number.parseInt(text, 10) * (text.endsWith('m') ? 60 : 1);

describe('the rules', () => {
  it('are about metrics and labels that there are', () => {
    for (const { alert, expr } of rules.values()) {
      for (const [, name, matchers = ''] of expr.matchAll(/\b(tatak_\w+)(?:\{([^}]*)\})?/g)) {
        const family = FAMILIES[name!] ?? FAMILIES[name!.replace(/_(?:bucket|count|sum)$/, '')];
        expect([alert, name, family !== undefined]).toEqual([alert, name, true]);
        for (const [, label] of matchers.matchAll(/(\w+)=/g))
          expect([alert, family!.labels]).toEqual([alert, expect.arrayContaining([label])]);
      }
    }
  });

  it('say what is the matter, and within two minutes', () => {
    const [group] = groups;
    for (const rule of rules.values()) {
      expect(rule.annotations.summary).toMatch(/^[A-Z].{20,}\.$/);
      expect(['page', 'ticket']).toContain(rule.labels.severity);
      expect(seconds(rule.for) + seconds(group!.interval)).toBeLessThanOrEqual(120);
    }
  });

  it('have a fault each', () => {
    expect(Object.keys(FAULTS).sort()).toEqual([...rules.keys()].sort());
  });
});

describe('OB-5: every alert fires when its fault is there, and not before', () => {
  it.each([...rules.keys()])('%s', async (name) => {
    const made = await world();
    const { expr } = rules.get(name)!;
    const quiet = await made.scrape();
    expect(evaluate(expr, quiet, await made.scrape())).toEqual([]);
    await FAULTS[name]!(made);
    expect(evaluate(expr, quiet, await made.scrape())).not.toEqual([]);
  });
});
