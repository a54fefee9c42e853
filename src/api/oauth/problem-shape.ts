import type { Problem, ProblemKind } from '#kernel';

/** Whose errors have the shape of RFC 6749 section 5.2, also those that never reach the authorisation server. */
export const isOAuthPath = (url: string): boolean =>
  url.startsWith('/oauth/') || url.startsWith('/.well-known/oauth-authorization-server');

const CODES: Partial<Record<ProblemKind, string>> = {
  'rate-limited': 'temporarily_unavailable',
  unavailable: 'temporarily_unavailable',
  'request-timeout': 'temporarily_unavailable',
  internal: 'server_error',
};

/** Characters that RFC 6749 allows in `error_description`. */
const OTHERS = /[^\x20\x21\x23-\x5b\x5d-\x7e]/g;

export function oauthErrorOf(problem: Problem): { error: string; error_description: string } {
  const { error = CODES[problem.kind] ?? 'invalid_request' } = problem.extensions as { error?: string };
  return { error, error_description: problem.message.replaceAll('"', "'").replace(OTHERS, '?') };
}
