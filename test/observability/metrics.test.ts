import { expect, it } from 'vitest';
import { createMetrics } from '#observability';

const lines = async (metrics: ReturnType<typeof createMetrics>, name: string) =>
  (await metrics.text()).split('\n').filter((line) => line.startsWith(name));

it('counts and times by the words it is given', async () => {
  const metrics = createMetrics();
  metrics.count('tatak_http_requests_total', 'getHome', '2xx');
  metrics.count('tatak_http_requests_total', 'getHome', '2xx');
  metrics.observe('tatak_commit_seconds', 0.003);
  expect(await lines(metrics, 'tatak_http_requests_total')).toEqual([
    'tatak_http_requests_total{operation="getHome",status="2xx"} 2',
  ]);
  expect(await lines(metrics, 'tatak_commit_seconds_bucket{le="0.0025"}')).toEqual([
    'tatak_commit_seconds_bucket{le="0.0025"} 0',
  ]);
  expect(await lines(metrics, 'tatak_commit_seconds_count')).toEqual(['tatak_commit_seconds_count 1']);
  expect(() => metrics.count('tatak_http_requests_total', 'getHome')).toThrow('labels');
});

it('keeps the number of series small, whatever it is told', async () => {
  const metrics = createMetrics();
  for (let at = 0; at < 5_000; at++) metrics.count('tatak_verifications_total', `word-${at}`);
  const told = await lines(metrics, 'tatak_verifications_total');
  expect(told).toHaveLength(201);
  expect(told.at(-1)).toBe('tatak_verifications_total{verdict="other"} 4800');
});

it('is told what was counted once, however often it is asked', async () => {
  const metrics = createMetrics();
  metrics.add('tatak_spans_total', 2, 'sent');
  for (const by of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => metrics.add('tatak_spans_total', by, 'sent')).toThrow(/cannot grow/);
  }
  await Promise.all([metrics.text(), metrics.text()]);
  metrics.add('tatak_spans_total', 1, 'sent');
  expect(await lines(metrics, 'tatak_spans_total{')).toEqual(['tatak_spans_total{outcome="sent"} 3']);
});

it('leaves out what cannot be read, and says so', async () => {
  const metrics = createMetrics();
  metrics.read('tatak_audit_entries', () => 7);
  metrics.read('tatak_checkpoint_entries', async () => {
    throw new Error('no store');
  });
  metrics.read('tatak_batches_waiting', () => new Promise(() => {}));
  metrics.read('tatak_checkpoint_age_seconds', () => undefined);
  metrics.read('tatak_ready', () => [[1, 'database'] as const, [0, 'signing'] as const]);
  const text = await metrics.text();
  const value = (name: string) => new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1];
  expect([value('tatak_audit_entries'), value('tatak_checkpoint_entries')]).toEqual(['7', undefined]);
  expect([value('tatak_batches_waiting'), value('tatak_checkpoint_age_seconds')]).toEqual([undefined, undefined]);
  expect(await lines(metrics, 'tatak_ready')).toEqual([
    'tatak_ready{check="database"} 1',
    'tatak_ready{check="signing"} 0',
  ]);
  // The next to ask is told.
  const missing = (await lines(metrics, 'tatak_scrape_failures_total')).map((line) => /"(\w+)"/.exec(line)?.[1]);
  expect(missing.sort()).toEqual(['tatak_batches_waiting', 'tatak_checkpoint_entries']);
});
