import type { FastifyRequest } from 'fastify';

/** Of the first cookie of this name (RFC 6265 5.4); undefined when there is none. */
export function readCookie(request: FastifyRequest, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

export interface CookieOptions {
  /** Only addresses that begin with it. */
  path: string;
  /** Seconds. */
  maxAge: number;
  /** Whether the public address is https. */
  secure: boolean;
  /** `Lax` also when a link or a wallet leads here; `Strict` only from our own pages. */
  sameSite?: 'Lax' | 'Strict';
}

/** One `Set-Cookie` value; no script can read it. */
export function setCookie(
  name: string,
  value: string,
  { path, maxAge, secure, sameSite = 'Lax' }: CookieOptions,
): string {
  return `${name}=${value}; Path=${path}; Max-Age=${maxAge}; HttpOnly; SameSite=${sameSite}${secure ? '; Secure' : ''}`;
}
