import type { FastifyRequest } from 'fastify';

/**
 * undefined when there is none, or several of one name: then somebody else of this host or of its domain set one, and which
 * is ours cannot be told (RFC 6265 5.4 promises no order).
 */
export function readCookie({ headers }: FastifyRequest, name: string): string | undefined {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const ours = pairs.filter((pair) => pair.startsWith(`${name}=`));
  return ours.length === 1 ? ours[0]!.slice(name.length + 1) : undefined;
}

export interface CookieOptions {
  /** Only addresses that begin with it; `/` when absent. */
  path?: string;
  /** Seconds; until the browser is closed when absent. */
  maxAge?: number;
  /** Whether the public address is https. */
  secure: boolean;
  /** `Lax` also when a link or a wallet leads here; `Strict` only from our own pages. */
  sameSite?: 'Lax' | 'Strict';
}

/** One `Set-Cookie` value; no script can read it. */
export function setCookie(
  name: string,
  value: string,
  { path = '/', maxAge, secure, sameSite = 'Lax' }: CookieOptions,
): string {
  const age = maxAge === undefined ? '' : ` Max-Age=${maxAge};`;
  return `${name}=${value};${age} Path=${path}; HttpOnly; SameSite=${sameSite}${secure ? '; Secure' : ''}`;
}

/** Of this host only: browsers take a `__Host-` cookie with Secure, Path=/ and without Domain (RFC 6265bis 4.1.3.2). */
export function hostCookie(publicUrl: string, name: string): { name: string; secure: boolean } {
  const secure = publicUrl.startsWith('https:');
  return { name: `${secure ? '__Host-' : ''}${name}`, secure };
}
