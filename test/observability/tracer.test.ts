import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTracer } from '#observability';

interface Span {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  kind: number;
  status: { code?: number };
  attributes: { key: string; value: Record<string, unknown> }[];
}

async function collecting(share = 1) {
  const spans: Span[] = [];
  const tracer = await openTracer({
    share,
    async send(body) {
      const { resourceSpans } = JSON.parse(Buffer.from(body).toString()) as {
        resourceSpans: { scopeSpans: { spans: Span[] }[] }[];
      };
      spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
    },
  });
  const named = (name: string) => spans.find((span) => span.name === name)!;
  return { tracer, spans, named };
}
const tick = () => new Promise((next) => setImmediate(next));

describe('a trace', () => {
  it('is what a request did, in its parts and steps', async () => {
    const { tracer, named, spans } = await collecting();
    const one = tracer.begin(undefined);
    await one.enter(async () => {
      tracer.step('first');
      await tick();
      tracer.step('second');
      await tracer.part('commit', { writes: 3 }, tick);
      await expect(tracer.part('fetch', {}, () => Promise.reject(new Error('canary')))).rejects.toThrow('canary');
    });
    one.end('issueCredentials', { 'http.response.status_code': 201 }, false);
    await tracer.close();
    expect(spans.map(({ name }) => name).sort()).toEqual(['commit', 'fetch', 'first', 'issueCredentials', 'second']);
    const root = named('issueCredentials');
    expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([root.traceId]));
    expect([named('first').parentSpanId, named('second').parentSpanId]).toEqual([root.spanId, root.spanId]);
    expect(named('commit').parentSpanId).toBe(named('second').spanId);
    expect(named('commit').attributes).toEqual([{ key: 'writes', value: { intValue: 3 } }]);
    expect([root.kind, named('fetch').status.code]).toEqual([2, 2]);
    expect(JSON.stringify(spans)).not.toContain('canary');
  });

  it('continues the trace it is given, and none that is not well-formed', async () => {
    const { tracer, spans } = await collecting();
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const bad = ['', '00-x', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, `ff-${traceId}-00f067aa0ba902b7-01`];
    for (const parent of [`00-${traceId}-00f067aa0ba902b7-00`, ...bad]) tracer.begin(parent).end('one', {}, false);
    await tracer.close();
    expect(spans.map((span) => span.traceId === traceId)).toEqual([true, false, false, false, false]);
    expect(spans[0]!.parentSpanId).toBe('00f067aa0ba902b7');
  });

  it('tells others where it is, while there is one', async () => {
    const { tracer } = await collecting();
    expect(tracer.traceparent()).toBeUndefined();
    const one = tracer.begin(undefined);
    expect(one.enter(() => tracer.traceparent())).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    one.end('one', {}, false);
    expect(await tracer.part('alone', {}, async () => 7)).toBe(7);
    await tracer.close();
  });

  it('is not made for what is not in the share', async () => {
    const { tracer, spans } = await collecting(0);
    for (let at = 0; at < 100; at++) {
      const one = tracer.begin(undefined);
      expect(await one.enter(() => tracer.part('part', {}, async () => tracer.traceparent()))).toBeUndefined();
      one.end('one', {}, false);
    }
    await tracer.close();
    expect(spans).toEqual([]);
  });
});

it('a collector that never answers delays nothing, and memory has an end', async () => {
  let sent = 0;
  const tracer = await openTracer({
    share: 1,
    send(body) {
      sent += body.byteLength;
      return new Promise<never>(() => {});
    },
  });
  const before = process.memoryUsage().heapUsed;
  for (let at = 0; at < 20_000; at++) tracer.begin(undefined).end('one', {}, false);
  // The first batch is under way, as many as fit wait, the others are gone: far from 20,000.
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(40 * 1024 * 1024);
  await tracer.close();
  expect(sent).toBeLessThan(4 * 1024 * 1024);
});

it('is loaded by whoever traces only', () => {
  const src = join(import.meta.dirname, '..', '..', 'src');
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const using = (what: RegExp) => files.filter((file) => what.test(readFileSync(join(src, file), 'utf8')));
  expect(using(/from '@opentelemetry\//)).toEqual(['observability/tracing/tracer.ts']);
  expect(using(/from '\.\/tracer\.ts'|from '\.\/tracing\/tracer\.ts'/)).toEqual([]);
});
