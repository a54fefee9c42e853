/** Words and numbers of ours: never anything from a request. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** One span that is under way. */
export interface Trace {
  /** What `work` does, and starts, is part of it. */
  enter<T>(work: () => T): T;
  /** @param failed whether it is our fault */
  end(name: string, attributes: SpanAttributes, failed: boolean): void;
}

/** Follows what happens through the service. Nothing here throws, waits, or decides anything. */
export interface Tracer {
  /** @param parent W3C `traceparent` of whoever asks: the trace is continued, and nothing else is believed */
  begin(parent: string | undefined): Trace;
  /** Runs `work` as a part of what is under way; by itself it is not followed. */
  part<T>(name: string, attributes: SpanAttributes, work: () => Promise<T>): Promise<T>;
  /** From here to the next step, or the end, of what is under way. */
  step(name: string): void;
  /** For a request to somebody else, as part of what is under way; undefined when that is not followed. */
  traceparent(): string | undefined;
  /** Sends what is left, if that can be done at once. */
  close(): Promise<void>;
}

/** Takes a batch of spans to the collector. @throws when it did not take them */
export type SendSpans = (body: Uint8Array, contentType: string) => Promise<void>;

export interface TracerOptions {
  send: SendSpans;
  /** Of the traces, 0 to 1. */
  share: number;
  /** Told what became of so many spans. */
  onSpans?: (count: number, outcome: 'sent' | 'lost') => void;
}
