import { AsyncLocalStorage } from 'node:async_hooks';
import { type Context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import {
  BatchSpanProcessor,
  type ReadableSpan,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
  type TracerProviderOptions,
} from '@opentelemetry/sdk-trace';
import type { Trace, Tracer, TracerOptions } from './ports.ts';

/** What is under way: where new parts hang, and the step that is open. */
interface UnderWay {
  context: Context;
  span: Span;
  step?: Span | undefined;
}

/** Spans that wait to be sent; beyond, new ones are lost. About a kilobyte each. */
const QUEUE = 2_048;
const EXPORT_MS = 5_000;
/** Milliseconds that the end of the process waits for the collector. */
const CLOSE_MS = 1_000;

/**
 * OpenTelemetry, sent as OTLP/JSON in batches. Loaded only where a collector is set. A collector that is slow or dead costs
 * spans, never a request.
 */
export function createTracer({ send, share, onSpans }: TracerOptions): Tracer {
  const provider = new TracerProvider({
    resource: resourceOf({ 'service.name': 'tatak' }),
    // By the id alone, so that it is all of a trace or nothing, whatever whoever asks has decided for himself.
    sampler: new TraceIdRatioBasedSampler(share),
    spanLimits: { attributeCountLimit: 16, attributeValueLengthLimit: 200, eventCountLimit: 0, linkCountLimit: 0 },
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: exporter(send, onSpans),
        ...{ maxQueueSize: QUEUE, maxExportBatchSize: QUEUE / 4, exportTimeoutMillis: EXPORT_MS },
      }),
    ],
  });
  const otel = provider.getTracer('tatak');
  const current = new AsyncLocalStorage<UnderWay>();

  const underWay = (span: Span, parent: Context): UnderWay => ({ span, context: trace.setSpan(parent, span) });

  return {
    begin(parent): Trace {
      const context = contextOf(parent);
      const mine = underWay(otel.startSpan('request', { kind: SpanKind.SERVER }, context), context);
      return {
        enter: (work) => current.run(mine, work),
        end(name, attributes, failed) {
          mine.step?.end();
          mine.span.updateName(name).setAttributes(attributes);
          if (failed) mine.span.setStatus({ code: SpanStatusCode.ERROR });
          mine.span.end();
        },
      };
    },

    async part(name, attributes, work) {
      const parent = current.getStore();
      if (!parent?.span.isRecording()) return work();
      const context = parent.step ? trace.setSpan(parent.context, parent.step) : parent.context;
      const span = otel.startSpan(name, { attributes }, context);
      try {
        return await current.run(underWay(span, context), work);
      } catch (error) {
        // Which error it was says the log, under the id of the request.
        span.setStatus({ code: SpanStatusCode.ERROR });
        throw error;
      } finally {
        span.end();
      }
    },

    step(name) {
      const parent = current.getStore();
      if (!parent?.span.isRecording()) return;
      parent.step?.end();
      parent.step = otel.startSpan(name, {}, parent.context);
    },

    traceparent() {
      const span = current.getStore()?.span;
      if (!span?.isRecording()) return undefined;
      const { traceId, spanId } = span.spanContext();
      return `00-${traceId}-${spanId}-01`;
    },

    async close() {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, CLOSE_MS);
      });
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
      clearTimeout(timer);
    },
  };
}

/** https://www.w3.org/TR/trace-context/#traceparent-header, version 00. Anything else begins a trace of its own. */
function contextOf(traceparent: string | undefined): Context {
  const [, traceId, spanId] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/.exec(traceparent ?? '') ?? [];
  if (!traceId || !spanId || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true });
}

/** Who sends it, and nothing about the machine. */
function resourceOf(attributes: Record<string, string>): NonNullable<TracerProviderOptions['resource']> {
  const resource = { attributes, merge: () => resource, getRawAttributes: () => Object.entries(attributes) };
  return resource as NonNullable<TracerProviderOptions['resource']>;
}

function exporter(send: TracerOptions['send'], onSpans: TracerOptions['onSpans']): SpanExporter {
  return {
    export(spans: ReadableSpan[], done) {
      const ended = (outcome: 'sent' | 'lost') => {
        onSpans?.(spans.length, outcome);
        // The processor would only try to report a failure: it is counted, and the spans are gone.
        done({ code: 0 });
      };
      const body = JsonTraceSerializer.serializeRequest(spans);
      if (!body) return ended('lost');
      send(body, 'application/json').then(
        () => ended('sent'),
        () => ended('lost'),
      );
    },
    shutdown: async () => {},
  };
}
