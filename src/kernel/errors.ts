/**
 * The closed table of problems this service reports (RFC 9457). `type` is stable: programs match on it.
 * A new kind is a new row; a kind is never renamed.
 */
const KINDS = {
  'malformed-json': { status: 400, title: 'The body is not well-formed JSON' },
  'invalid-request': { status: 400, title: 'The request does not satisfy its schema' },
  'invalid-image': { status: 400, title: 'The image is not acceptable' },
  'invalid-csv': { status: 400, title: 'The CSV file is not acceptable' },
  'lint-failed': { status: 400, title: 'The credential breaks an issuing rule' },
  unauthenticated: { status: 401, title: 'A valid API key is required' },
  forbidden: { status: 403, title: 'This key may not do that' },
  'not-found': { status: 404, title: 'There is no such resource' },
  'method-not-allowed': { status: 405, title: 'This address does not answer that method' },
  'not-acceptable': { status: 406, title: 'No representation matches Accept' },
  conflict: { status: 409, title: 'The request conflicts with what is stored' },
  'person-required': { status: 403, title: 'This key names no person' },
  'same-person': { status: 403, title: 'Whoever prepared this may not approve it' },
  'approval-required': { status: 403, title: 'A second person has to approve this' },
  'not-entitled': { status: 403, title: 'This institution may not issue this achievement' },
  'not-accredited': { status: 403, title: 'No register shows that this institution is accredited for this award' },
  'status-purpose': { status: 409, title: 'The status entry of this credential does not allow that change' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  gone: { status: 410, title: 'The resource is no longer available' },
  'payload-too-large': { status: 413, title: 'The body is too large' },
  'uri-too-long': { status: 414, title: 'The address is too long' },
  'unsupported-media-type': { status: 415, title: 'The media type is not supported' },
  'misdirected-request': { status: 421, title: 'This is not the service that was asked for' },
  'idempotency-mismatch': { status: 422, title: 'This Idempotency-Key was used with another body' },
  'headers-too-large': { status: 431, title: 'The request headers are too large' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  'fetch-refused': { status: 400, title: 'The address may not be fetched' },
  'fetch-failed': { status: 502, title: 'The address could not be fetched' },
  'clock-unsafe': { status: 503, title: 'The clock is behind the audit log; signing is stopped' },
  'signing-stopped': { status: 503, title: 'A self-check failed; signing is stopped' },
  unavailable: { status: 503, title: 'The service is not ready' },
  internal: { status: 500, title: 'Something went wrong on our side' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemKind = keyof typeof KINDS;
export const PROBLEM_KINDS = Object.keys(KINDS) as readonly ProblemKind[];

/** One bad field: `pointer` is a JSON Pointer (RFC 6901) into the request body, e.g. `/recipients/3/name`. */
export interface FieldError {
  pointer: string;
  detail: string;
  code?: string;
}

export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail: string;
  pointer?: string;
  errors?: FieldError[];
  [extension: string]: unknown;
}

/** An error that may be shown to the caller. Anything else that is thrown is rendered as `internal`, without its text. */
export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly errors: readonly FieldError[];
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(
    kind: ProblemKind,
    detail: string,
    more: { errors?: readonly FieldError[]; cause?: unknown; extensions?: Record<string, unknown> } = {},
  ) {
    super(detail, { cause: more.cause });
    this.name = 'Problem';
    this.kind = kind;
    this.errors = more.errors ?? [];
    this.extensions = more.extensions ?? {};
  }

  get status(): number {
    return KINDS[this.kind].status;
  }

  /** Nothing is wrong with the request: the same one may be answered otherwise a little later. */
  get temporary(): boolean {
    return this.status >= 500 || this.status === 429 || this.status === 408;
  }

  /** The problem document; `pointer` repeats the first field error for callers that want only one. */
  toDocument(): ProblemDocument {
    const { status, title } = KINDS[this.kind];
    const document: ProblemDocument = { type: `urn:tatak:problem:${this.kind}`, title, status, detail: this.message };
    if (this.errors.length > 0) {
      document.pointer = this.errors[0]!.pointer;
      document.errors = [...this.errors];
    }
    return Object.assign(document, this.extensions);
  }
}

/** Shorthand for a problem about exactly one field. */
export function fieldProblem(kind: ProblemKind, pointer: string, detail: string, code?: string): Problem {
  return new Problem(kind, detail, { errors: [code ? { pointer, detail, code } : { pointer, detail }] });
}

/** @throws Problem `invalid-request` naming every bad field, when there is one */
export function refuseBadFields(errors: readonly FieldError[]): void {
  const [first] = errors;
  if (first) throw new Problem('invalid-request', first.detail, { errors });
}

/** The default branch of every dispatch: unknown means refuse. */
export function unreachable(value: never, what: string): never {
  throw new Error(`${what}: no case for ${String(value)}`);
}
