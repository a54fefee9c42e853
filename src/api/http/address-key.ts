import { isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Who is meant by an address when requests are counted: one IPv4 address, however it is written, or the /64 that one
 * subscriber of IPv6 has at least.
 */
export function addressKey(address: string): string {
  if (!isIPv6(address)) return address;
  const parsed = ipaddr.IPv6.parse(address.split('%')[0]!);
  if (parsed.isIPv4MappedAddress()) return parsed.toIPv4Address().toString();
  return `${parsed.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}
