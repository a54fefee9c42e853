import type { Tracer, TracerOptions } from './ports.ts';

/** The tracer, and with it the SDK: whoever does not trace pays nothing for it. */
export async function openTracer(options: TracerOptions): Promise<Tracer> {
  const { createTracer } = await import('./tracer.ts');
  return createTracer(options);
}
