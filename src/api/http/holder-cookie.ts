import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HolderSessionRecord } from '#holders';
import { fieldProblem, Problem } from '#kernel';
import { hostCookie, readCookie, setCookie } from './cookies.ts';

/** The cookie of a holder session, and who may act with it. */
export interface HolderCookie {
  /** undefined when there is none, or several of one name: then it is not known whose is ours. */
  read(request: FastifyRequest): string | undefined;
  set(reply: FastifyReply, token: string, session: Pick<HolderSessionRecord, 'createdAt' | 'expiresAt'>): void;
  clear(reply: FastifyReply): void;
  /**
   * A page of somebody else makes a browser send our cookie too. @throws Problem `forbidden` unless the request comes from a
   * page of ours, or from a program
   */
  fromHere(request: FastifyRequest): void;
  /** What a form of a session carries: the cookie itself is not in the page. */
  formToken(token: string | undefined): string;
  /** @throws Problem `forbidden` for a form that this session was not shown */
  checkForm(token: string | undefined, given: string | undefined): void;
}

/** @param publicUrl under https the name begins `__Host-`: no neighbour under the same domain can set it */
export function holderCookie(publicUrl: string): HolderCookie {
  const { origin } = new URL(publicUrl);
  // Lax: the link in a mail opens the page with it; what changes something is a POST, which Lax leaves out from elsewhere.
  const { name, secure } = hostCookie(publicUrl, 'tatak-holder');
  const formToken = (token: string | undefined) =>
    token === undefined ? '' : createHmac('sha256', token).update('form').digest('base64url');
  return {
    read: (request) => readCookie(request, name),
    set(reply, token, { createdAt, expiresAt }) {
      const maxAge = Math.floor((Date.parse(expiresAt) - Date.parse(createdAt)) / 1_000);
      reply.header('set-cookie', setCookie(name, token, { maxAge, secure }));
    },
    clear: (reply) => void reply.header('set-cookie', setCookie(name, '', { maxAge: 0, secure })),
    fromHere({ headers }) {
      const { 'sec-fetch-site': site, origin: stated } = headers;
      // Pages of ours send no referrer, and browsers then say `null` for the origin of a form: what they say of the site decides.
      const ours =
        site === undefined ? stated === undefined || stated === origin : site === 'same-origin' || site === 'none';
      if (!ours) throw new Problem('forbidden', 'this is not taken from a page of somebody else');
    },
    formToken,
    checkForm(token, given) {
      const wanted = Buffer.from(formToken(token));
      const got = Buffer.from(given ?? '');
      if (wanted.length === got.length && timingSafeEqual(wanted, got)) return;
      throw fieldProblem('forbidden', '/form', 'this form is of another session: load the page again');
    },
  };
}
