import { Problem, type ProblemKind } from '#kernel';

/** Of RFC 6749 4.1.2.1, as OpenID4VP 1.0 8.5 uses them. */
export type ErrorCode = 'invalid_request' | 'temporarily_unavailable';

/** What is wrong with what a wallet sent; rendered as an OAuth error. */
export function refuse(detail: string, kind: ProblemKind = 'invalid-request', error: ErrorCode = 'invalid_request') {
  return new Problem(kind, detail, { extensions: { error } });
}
