/** Why a document has no canonical form here. `work_limit` says nothing about the document; the others refuse it. */
export type CanonicalizationCode =
  | 'work_limit'
  | 'unsupported_context'
  | 'dropped_term'
  | 'invalid_json_ld'
  | 'forbidden_member';

/** Thrown instead of a canonical form. */
export class CanonicalizationError extends Error {
  readonly code: CanonicalizationCode;
  /** JSON Pointer of the member to look at, where it is known. */
  readonly pointer: string;
  constructor(code: CanonicalizationCode, detail: string, more: { pointer?: string; cause?: unknown } = {}) {
    super(detail, { cause: more.cause });
    this.name = 'CanonicalizationError';
    this.code = code;
    this.pointer = more.pointer ?? '';
  }
}

interface LibraryError {
  name?: unknown;
  message?: unknown;
  cause?: unknown;
  details?: { event?: { code?: unknown; details?: Record<string, unknown> }; cause?: unknown; code?: unknown };
}

/** Turns whatever the JSON-LD library throws into one of our codes; its own messages hide the term that was dropped. */
export function asCanonicalizationError(error: unknown): CanonicalizationError {
  if (error instanceof CanonicalizationError) return error;
  const seen = error as LibraryError;
  const unsupported = [error, seen.details?.cause, seen.cause].find(
    (cause) => cause instanceof Error && cause.name === 'UnsupportedContext',
  ) as Error | undefined;
  if (unsupported) return new CanonicalizationError('unsupported_context', unsupported.message, { cause: error });
  const event = seen.details?.event;
  if (seen.name === 'jsonld.ValidationError' && event) {
    const about = event.details?.property ?? event.details?.term ?? event.details?.type ?? event.details?.value;
    const what = typeof about === 'string' ? `: ${about.slice(0, 200)}` : '';
    return new CanonicalizationError('dropped_term', `${String(event.code)}${what}`, { cause: error });
  }
  const message = typeof seen.message === 'string' ? seen.message : 'not valid JSON-LD';
  if (/^Maximum deep iterations exceeded/.test(message) || error instanceof RangeError) {
    return new CanonicalizationError('work_limit', 'canonicalisation needs more work than is allowed', {
      cause: error,
    });
  }
  return new CanonicalizationError('invalid_json_ld', message.slice(0, 300), { cause: error });
}
