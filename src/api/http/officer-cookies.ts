import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#kernel';

/** What each cookie is for. `browser` ties a link, a challenge or a sign-in elsewhere to one browser; it signs nobody in. */
export type CookieName = 'session' | 'browser';

export interface Cookies {
  read(request: FastifyRequest, name: CookieName): string | undefined;
  /** Until the browser is closed; the service itself decides how long it is good. */
  set(reply: FastifyReply, name: CookieName, value: string): void;
  clear(reply: FastifyReply, name: CookieName): void;
}

/**
 * Cookies for this host only, out of reach of scripts (RFC 6265bis 4.1.3.2: `__Host-` is taken only with Secure, Path=/ and
 * without Domain). `Lax`, because a sign-in elsewhere comes back by a link of another site; what changes something is
 * held to `assertSameOrigin` besides.
 * @param publicUrl on plain http, which is this machine only, there is no prefix and no Secure
 */
export function createCookies(publicUrl: string): Cookies {
  const secure = publicUrl.startsWith('https:');
  const nameOf = (name: CookieName) => `${secure ? '__Host-' : ''}tatak-${name}`;
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  const add = (reply: FastifyReply, line: string) => void reply.header('set-cookie', line);
  return {
    read(request, name) {
      const wanted = `${nameOf(name)}=`;
      const found = (request.headers.cookie ?? '').split(';').map((part) => part.trim());
      // Two of one name: somebody else of this host set one, and which is ours cannot be told.
      const ours = found.filter((part) => part.startsWith(wanted));
      return ours.length === 1 ? ours[0]!.slice(wanted.length) : undefined;
    },
    set: (reply, name, value) => add(reply, `${nameOf(name)}=${value}; ${attributes}`),
    clear: (reply, name) => add(reply, `${nameOf(name)}=; Max-Age=0; ${attributes}`),
  };
}

/** Open to everybody, and about whoever holds the cookie: no page of another site may send or read them. */
export const COOKIE_OPERATIONS: ReadonlySet<string> = new Set([
  'getSignInPage',
  'submitSignInPage',
  'getSignInLink',
  'useSignInLink',
  'startOpenIdSignIn',
  'finishOpenIdSignIn',
  'getAccountPage',
  'submitAccountPage',
  'getSession',
  'chooseRole',
  'endSession',
  'createPasskeyChallenge',
  'addPasskey',
  'usePasskey',
]);

/**
 * A request that changes something came from a page of this service, not from one of somebody else's in the same browser.
 * Browsers say so in `Sec-Fetch-Site`; those that do not, in `Origin` (which is `null` for a form of a page without referrer,
 * as ours are, and then says nothing).
 * @throws Problem `forbidden`
 */
export function assertSameOrigin(request: FastifyRequest, publicUrl: string): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const { origin, 'sec-fetch-site': site } = request.headers;
  const sameOrigin = origin === publicUrl;
  const sameSite = site === 'same-origin' && (origin === undefined || origin === 'null' || sameOrigin);
  if (site === undefined ? !sameOrigin : !sameSite) {
    throw new Problem('forbidden', 'a session acts only from pages of this service itself');
  }
}
