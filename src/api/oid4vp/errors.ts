import { LIMITS, type Problem } from '#kernel';

/** Addresses whose errors are those of OAuth. */
export const OID4VP = '/oid4vp/';

/** RFC 6749 5.2, whose descriptions have no quotation marks, backslashes or letters beyond ASCII. */
export function oauthError(problem: Problem): { error: string; error_description: string } {
  const { error } = problem.extensions;
  const byStatus = problem.status >= 500 ? 'server_error' : 'invalid_request';
  const text = problem.status === 413 ? `a response is at most ${LIMITS.jsonBytes} bytes` : problem.message;
  return {
    error: typeof error === 'string' ? error : problem.status === 429 ? 'temporarily_unavailable' : byStatus,
    error_description: text
      .replace(/["\\]/g, "'")
      .replace(/[^\x20-\x7e]/g, '?')
      .slice(0, 500),
  };
}
