import { createCollector, type FetchOptions } from '#net';
import { type Metrics, openTracer, type Tracer } from '#observability';
import type { Env } from './env.ts';

/** Where traces go. */
export interface TracesConfig {
  /** Of the collector, with the path of OTLP/HTTP. */
  url: URL;
  private: boolean;
  share: number;
}

const SEND_MS = 4_000;

/** @param problems gets what is wrong @returns undefined where nothing is traced */
export function readTraces(env: Env, problems: string[]): TracesConfig | undefined {
  const { TATAK_OTLP_ENDPOINT: endpoint, TATAK_OTLP_PRIVATE: within = 'no', TATAK_OTLP_SHARE: text = '0.1' } = env;
  if (within !== 'yes' && within !== 'no') problems.push(`TATAK_OTLP_PRIVATE: neither yes nor no: ${within}`);
  const share = Number(text);
  if (!/^[01](?:\.\d{1,6})?$/.test(text) || share > 1) problems.push(`TATAK_OTLP_SHARE: not from 0 to 1: ${text}`);
  if (endpoint === undefined) return undefined;
  const url = URL.parse(endpoint);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search || url.hash) {
    problems.push('TATAK_OTLP_ENDPOINT: not the address of a collector, like https://collector.example:4318');
    return undefined;
  }
  if (url.protocol === 'http:' && within !== 'yes') {
    problems.push('TATAK_OTLP_ENDPOINT: http only with TATAK_OTLP_PRIVATE=yes');
  }
  url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/traces`;
  return { url, private: within === 'yes', share };
}

export async function openTraces(
  config: TracesConfig | undefined,
  metrics: Pick<Metrics, 'add'>,
): Promise<Tracer | undefined> {
  if (!config) return undefined;
  return openTracer({
    ...{ share: config.share, send: createCollector({ ...config, timeoutMs: SEND_MS }) },
    onSpans: (count, outcome) => metrics.add('tatak_spans_total', count, outcome),
  });
}

/** The headers of a request to somebody else, as part of what is under way. */
export const withTrace = (tracer: Tracer | undefined, options: FetchOptions): FetchOptions => {
  const traceparent = tracer?.traceparent();
  return traceparent === undefined ? options : { ...options, traceparent };
};
