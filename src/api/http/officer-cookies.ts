import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#kernel';
import { hostCookie, readCookie, setCookie } from './cookies.ts';

/** What each cookie is for. `browser` ties a link, a challenge or a sign-in elsewhere to one browser; it signs nobody in. */
export type CookieName = 'session' | 'browser';

export interface Cookies {
  read(request: FastifyRequest, name: CookieName): string | undefined;
  /** Until the browser is closed; the service itself decides how long it is good. */
  set(reply: FastifyReply, name: CookieName, value: string): void;
  clear(reply: FastifyReply, name: CookieName): void;
}

/**
 * Cookies for this host only, out of reach of scripts. `Lax`, because a sign-in elsewhere comes back by a link of another
 * site; what changes something is held to `assertSameOrigin` besides.
 * @param publicUrl on plain http, which is this machine only, there is no prefix and no Secure
 */
export function createCookies(publicUrl: string): Cookies {
  const of = (name: CookieName) => hostCookie(publicUrl, `tatak-${name}`);
  const add = (reply: FastifyReply, { name, secure }: ReturnType<typeof of>, value: string, maxAge?: number) =>
    void reply.header('set-cookie', setCookie(name, value, { secure, ...(maxAge === undefined ? {} : { maxAge }) }));
  return {
    read: (request, name) => readCookie(request, of(name).name),
    set: (reply, name, value) => add(reply, of(name), value),
    clear: (reply, name) => add(reply, of(name), '', 0),
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
