import type { FastifyReply, FastifyRequest } from 'fastify';
import { isToken } from '#kernel';
import type { OpenedSession } from '#people';
import type { ApiDeps } from '../deps.ts';
import { type Cookies, createCookies } from '../http/officer-cookies.ts';

/** The cookies of one request, and what becomes of them. */
export interface Browser {
  /** Of the session cookie. */
  token(request: FastifyRequest): string | undefined;
  /** Of the browser's cookie, if it has one. */
  known(request: FastifyRequest): string | undefined;
  /** The same, set when it has none. */
  ensure(request: FastifyRequest, reply: FastifyReply): string;
  signedIn(reply: FastifyReply, opened: OpenedSession | undefined): void;
  signedOut(reply: FastifyReply): void;
}

export function createBrowser({ publicUrl, people }: Pick<ApiDeps, 'publicUrl' | 'people'>): Browser {
  const cookies: Cookies = createCookies(publicUrl);
  const known = (request: FastifyRequest) => {
    const value = cookies.read(request, 'browser');
    return isToken(value) ? value : undefined;
  };
  return {
    token: (request) => cookies.read(request, 'session'),
    known,
    ensure(request, reply) {
      const there = known(request);
      if (there !== undefined) return there;
      const made = people.newBrowser();
      cookies.set(reply, 'browser', made);
      return made;
    },
    signedIn(reply, opened) {
      if (opened) cookies.set(reply, 'session', opened.token);
    },
    signedOut: (reply) => cookies.clear(reply, 'session'),
  };
}
