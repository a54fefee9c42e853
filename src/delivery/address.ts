import { domainToASCII } from 'node:url';
import { textFault } from '#kernel';

/** RFC 5321 4.5.3.1: octets. */
const LOCAL_OCTETS = 64;
const ADDRESS_OCTETS = 254;
/** A dot-atom of RFC 5322 3.2.3, with letters of any script (RFC 6531 3.3). Quoted local parts exist on paper only. */
const LOCAL = /^[\w!#$%&'*+/=?^`{|}~\p{L}\p{M}\p{N}-]+(?:\.[\w!#$%&'*+/=?^`{|}~\p{L}\p{M}\p{N}-]+)*$/u;
const HOST = /^(?!-)[a-z0-9-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9-]{1,63}(?<!-))+$/;

/**
 * An address as mail is sent to it: the domain in lower case and ASCII (RFC 5891), the part before it as it was written.
 * @returns undefined for anything that is no address of a mailbox on the internet
 */
export function mailAddress(text: string): string | undefined {
  const at = text.lastIndexOf('@');
  if (at < 1 || textFault(text, ADDRESS_OCTETS) !== undefined) return undefined;
  const local = text.slice(0, at);
  const domain = domainToASCII(text.slice(at + 1));
  if (!LOCAL.test(local) || Buffer.byteLength(local) > LOCAL_OCTETS) return undefined;
  // A number at the end is an IPv4 address: mail goes to names.
  if (!HOST.test(domain) || /\.\d+$/.test(domain)) return undefined;
  const address = `${local}@${domain}`;
  return Buffer.byteLength(address) > ADDRESS_OCTETS ? undefined : address;
}
