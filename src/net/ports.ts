/** What one outbound (or own-origin) GET returned. */
export interface FetchedDocument {
  /** After redirects. */
  url: string;
  status: number;
  /** Lower-case media type without parameters; empty when the server sent none. */
  contentType: string;
  bytes: Uint8Array;
  /** Whole-second UTC instant. */
  fetchedAt: string;
  /** `Link` (RFC 8288) and `Retry-After` (RFC 9110, 10.2.3) as they were sent; only of a `call`. */
  link?: string;
  retryAfter?: string;
}

/** Shared by all fetches of one verification (LIMITS.verifyFetches, LIMITS.verifyMs). */
export interface FetchBudget {
  /** Takes one fetch; false when none is left or the time is up. */
  take(): boolean;
  /** Milliseconds left of the whole verification. */
  remainingMs(): number;
}

export interface FetchOptions {
  accept: string;
  /** Sent by POST as `application/x-www-form-urlencoded`, once: a redirect is refused, and no address of ours answers. */
  form?: { text: string; authorization?: string };
  /**
   * Another request than that of a document: sent once, a redirect is refused so that no secret goes on to somebody else, and
   * no address of ours answers.
   */
  call?: { method: 'GET' | 'POST'; headers: Readonly<Record<string, string>>; body?: string };
  /** Milliseconds for all of it; default LIMITS.fetchMs. */
  timeoutMs?: number;
  /** Aborted when whoever asks ends. */
  signal?: AbortSignal;
  /** Default LIMITS.fetchBytes. */
  maxBytes?: number;
  budget?: FetchBudget;
  /** W3C trace context; says nothing but a random number. */
  traceparent?: string;
}

/**
 * The only way out. Throws Problem `fetch-refused` (the address may not be fetched: policy, spelling, private range) or
 * `fetch-failed` (no answer, too large, too slow, redirect loop; `extensions.code` is one of `budget`, `timeout`,
 * `too-large`, `tls`, `dns`, `connect`, `redirect`, `encoding`). A status other than 2xx is returned, not thrown.
 */
export type GuardedFetch = (url: string, options: FetchOptions) => Promise<FetchedDocument>;
