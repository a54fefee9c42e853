import { domainToASCII } from 'node:url';

/** RFC 5321, 4.5.3.1.3. */
const MOST = 254;
/** A dot-atom (RFC 5322, 3.2.3) in ASCII. */
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The one way an address is written here: lower case, the domain in ASCII (IDNA). Nothing else is folded: `a+b@x` and `a.b@x`
 * are addresses of their own. A letter outside ASCII before the `@` is refused, since case mapping would make some of them
 * ASCII letters (U+212A becomes `k`).
 * @returns undefined for what no mail could be sent to
 */
export function normalEmail(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length > MOST) return undefined;
  const at = trimmed.lastIndexOf('@');
  const given = trimmed.slice(0, Math.max(at, 0));
  if (!/^[\x21-\x7e]+$/.test(given)) return undefined;
  const local = given.toLowerCase();
  const domain = domainToASCII(trimmed.slice(at + 1)).toLowerCase();
  if (local.length > 64 || !LOCAL.test(local) || !DOMAIN.test(domain) || /^[\d.]+$/.test(domain)) return undefined;
  const email = `${local}@${domain}`;
  return email.length > MOST ? undefined : email;
}

/** By which badges of an address are found: what cannot be normal is kept as it is, and nobody can prove it. */
export function emailKey(recorded: string): string {
  return normalEmail(recorded) ?? recorded.toLowerCase();
}
