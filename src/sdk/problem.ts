import { type FieldError, Problem, type ProblemDocument } from '#kernel';

/** What a service answered, or a function here refused: a problem document (RFC 9457) as an error. */
export class TatakProblem extends Error {
  /** Stable: `urn:tatak:problem:KIND`; programs match on it. `about:blank` where the answer had none. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** JSON Pointer of the first bad field. */
  readonly pointer?: string;
  readonly errors: readonly FieldError[];
  /** The whole answer, with whatever else it says; protocols have error shapes of their own. */
  readonly document: unknown;
  /** Seconds after which to ask again, as the service said. */
  readonly retryAfter?: number;

  constructor(
    document: Partial<ProblemDocument> & { status: number },
    more: { whole?: unknown; retryAfter?: number; cause?: unknown } = {},
  ) {
    const { type = 'about:blank', title = '', status, detail = '', pointer, errors = [] } = document;
    super(detail || title || `the service answered ${status}`, { cause: more.cause });
    this.name = 'TatakProblem';
    this.type = type;
    this.title = title;
    this.status = status;
    this.detail = detail;
    if (pointer !== undefined) this.pointer = pointer;
    this.errors = errors;
    this.document = more.whole ?? document;
    if (more.retryAfter !== undefined) this.retryAfter = more.retryAfter;
  }
}

const asTold = (error: unknown): unknown =>
  error instanceof Problem ? new TatakProblem(error.toDocument(), { cause: error }) : error;

/** The same work, with errors as callers of this package get them. */
export async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asTold(error);
  }
}

export function toldNow<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asTold(error);
  }
}
