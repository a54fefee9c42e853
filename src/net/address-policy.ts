import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Decides on the bytes of one address whether a socket may be opened to it. */
export type AddressPolicy = (address: string) => boolean;

/** Public by the registries, but inside a data centre it answers with secrets of the machine (Azure's wire server). */
const METADATA_ON_PUBLIC_ADDRESSES = new Set(['168.63.129.16']);

/**
 * Only globally reachable unicast (IANA special-purpose registries, IPv4 and IPv6). Mapped IPv4 is judged as IPv4;
 * NAT64, 6to4 and Teredo are refused whatever they embed.
 */
export const publicAddressesOnly: AddressPolicy = (address) => {
  // The library also reads 1.2.3 as an address, which a socket would take for a name.
  if (!isIP(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast' || METADATA_ON_PUBLIC_ADDRESSES.has(parsed.toString())) return false;
  // Of IPv6 only 2000::/3 is allocated; deprecated IPv4-compatible addresses (::a.b.c.d) lie outside.
  return parsed.kind() === 'ipv4' || ((parsed as ipaddr.IPv6).parts[0]! & 0xe000) === 0x2000;
};

export const loopbackOnly: AddressPolicy = (address) =>
  isIP(address) !== 0 && ipaddr.process(address).range() === 'loopback';
