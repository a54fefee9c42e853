import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { type Random, randomId } from '#kernel';

/** What a proxy may name a request: it stands in headers, problems, logs and traces. */
const SAFE = /^[A-Za-z0-9][A-Za-z0-9_-]{7,63}$/;

/** The id of a request: what a proxy of ours calls it, or a new one. Anybody else's name for it is not looked at. */
export function createRequestIds(
  trustedProxies: readonly string[],
  random: Random,
): (request: IncomingMessage) => string {
  const proxies = addressList(trustedProxies);
  return ({ headers, socket }) => {
    const given = headers['x-request-id'];
    if (typeof given === 'string' && SAFE.test(given) && proxies(socket.remoteAddress)) return given;
    return randomId(random);
  };
}

/** @param list addresses or ranges, checked when the configuration was read */
export function addressList(list: readonly string[]): (address: string | undefined) => boolean {
  const known = new BlockList();
  for (const one of list) {
    const [address = '', bits] = one.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) known.addAddress(address, family);
    else known.addSubnet(address, Number(bits), family);
  }
  // A mapped IPv4 address is found among the IPv4 ones.
  return (address = '') => isIP(address) !== 0 && known.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
