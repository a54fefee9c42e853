import { isIP } from 'node:net';
import { LIMITS, Problem } from '#kernel';
import { type AddressPolicy, loopbackOnly } from './address-policy.ts';

/** An origin on this machine that may be reached besides the public internet; `ca` is the PEM of its certificate. */
export interface LoopbackOrigin {
  origin: string;
  ca?: string;
}

/** A name or address that is this machine whatever a resolver says. @param hostname as of a URL */
export const isLoopbackHost = (hostname: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

/** Where to connect, and which addresses will do. */
export interface Target {
  url: URL;
  host: string;
  port: number;
  secure: boolean;
  ca?: string;
  policy: AddressPolicy;
}

export function refused(detail: string): Problem {
  return new Problem('fetch-refused', detail);
}

/**
 * Reads an address the way the platform will (so that 0x7f000001, 127.1 and circled digits are what they really are) and
 * decides whether it may be fetched at all. https on port 443 only, but for the listed loopback origins.
 */
export function target(text: string, policy: AddressPolicy, loopback: readonly LoopbackOrigin[]): Target {
  if (Buffer.byteLength(text) > LIMITS.urlBytes) throw refused('the address is too long');
  const url = URL.parse(text);
  if (!url) throw refused('not an absolute address');
  if (url.username || url.password) throw refused('an address with a user name or password is not fetched');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const listed = loopback.find((entry) => entry.origin === url.origin);
  if (listed) {
    const secure = url.protocol === 'https:';
    const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
    return { url, host, port, secure, policy: loopbackOnly, ...(listed.ca ? { ca: listed.ca } : {}) };
  }
  if (url.protocol !== 'https:') throw refused('only https addresses are fetched');
  if (url.port !== '') throw refused('only port 443 is fetched');
  if (host === '' || host.endsWith('.')) throw refused('a host name with a trailing dot is not fetched');
  if (isIP(host) && !policy(host)) throw refused('the address is not on the public internet');
  if (!isIP(host) && !host.includes('.')) throw refused('a host name without a dot is not on the public internet');
  return { url, host, port: 443, secure: true, policy };
}
