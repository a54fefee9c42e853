import type { components, operations } from './openapi.js';

type Nothing = Record<never, never>;
type Given<T> = [Exclude<T, undefined>] extends [never] ? Nothing : Exclude<T, undefined>;

/** Numbers are written out. */
type Written<Q> = { [K in keyof Q]: string extends Q[K] ? Q[K] | number : Q[K] };

/** What goes into the path, the query and the headers, by its names. */
type Parameters<O> = O extends { parameters: { path?: infer P; query?: infer Q; header?: infer H } }
  ? Given<P> & Written<Given<Q>> & Given<H>
  : Nothing;

type Bytes = Uint8Array | string;
type Sent<C> = C extends { 'application/json': infer J }
  ? J | (Exclude<keyof C, 'application/json'> extends never ? never : Bytes)
  : FormData | Bytes | Record<string, string>;
type Body<O> = O extends { requestBody: { content: infer C } }
  ? { body: Sent<C> }
  : O extends { requestBody?: infer B }
    ? [Exclude<B, undefined>] extends [never]
      ? Nothing
      : Exclude<B, undefined> extends { content: infer C }
        ? { body?: Sent<C> }
        : Nothing
    : Nothing;

interface Always {
  /** Media type of the body where the operation takes several; default the first. */
  contentType?: string;
  /** Media type of the answer; default JSON where there is any. */
  accept?: string;
  signal?: AbortSignal;
}

type Read<C> = C extends { 'application/vc': infer V }
  ? V
  : C extends { 'application/json': infer J }
    ? J
    : keyof C extends `${string}json` | 'application/did'
      ? C[keyof C]
      : keyof C extends `text/event-stream`
        ? Response
        : keyof C extends `text/${string}`
          ? string
          : unknown;
type Answer<R> = R extends { content: infer C } ? ([keyof C] extends [never] ? undefined : Read<C>) : undefined;
type Answers<R> = { [S in keyof R]: S extends 200 | 201 | 202 | 204 ? Answer<R[S]> : never }[keyof R];
type Result<O> = O extends { responses: infer R } ? Answers<R> : never;

type Args<O> = Parameters<O> & Body<O> & Always;
type Asked<O> = Nothing extends Parameters<O> & Body<O> ? [args?: Args<O>] : [args: Args<O>];
type Paged<O> =
  Result<O> extends { items: (infer I)[]; next?: string }
    ? {
        /** Every item, page after page, as they are asked for. */ all(
          ...args: Asked<O>
        ): AsyncGenerator<I, void, undefined>;
      }
    : Nothing;

/** A method for each operation that programs use, by its operationId: parameters by their names, and `body`. */
export type Client = {
  readonly [Id in keyof operations]: ((...args: Asked<operations[Id]>) => Promise<Result<operations[Id]>>) &
    Paged<operations[Id]>;
};

export interface ClientOptions {
  /** Public address of the service, with its path if it has one. */
  baseUrl: string;
  /** API key or access token, or what gives the one to use now. Without it only public operations answer. */
  token?: string | (() => string | Promise<string>);
  fetch?: typeof globalThis.fetch;
  /** Most attempts of one call; default 4. */
  attempts?: number;
  /** Milliseconds of the longest wait that is kept; default 30,000. A service that asks for more is not waited for. */
  maxWaitMs?: number;
  wait?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/**
 * Answers that are errors are thrown as `TatakProblem`. 429 is asked again when the service says so, and 503 where the same
 * request twice is done once: an `Idempotency-Key` is made for each call of an operation that takes one.
 */
export function createClient(options: ClientOptions): Client;

export interface FieldError {
  pointer: string;
  detail: string;
  code?: string;
}

/** A problem document (RFC 9457) as an error. */
export class TatakProblem extends Error {
  /** Stable: `urn:tatak:problem:KIND`; programs match on it. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** JSON Pointer of the first bad field. */
  readonly pointer?: string;
  readonly errors: readonly FieldError[];
  /** The whole answer. */
  readonly document: unknown;
  /** Seconds. */
  readonly retryAfter?: number;
}

export type Schemas = components['schemas'];
