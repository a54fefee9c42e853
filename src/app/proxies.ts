import { isIP } from 'node:net';

/**
 * `ADDRESS` or `ADDRESS/BITS`, separated by commas. Names are none: whoever answers for a name would say who asks, and a whole
 * network is none either, for then everybody says it of himself.
 */
export function readProxies(text: string | undefined, problems: string[]): string[] {
  const proxies = (text ?? '').split(',').flatMap((one) => one.trim() || []);
  for (const proxy of proxies) {
    const [address = '', bits, ...more] = proxy.split('/');
    const size = isIP(address) === 6 ? 128 : 32;
    const range = bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= size);
    if (isIP(address) === 0 || !range || more.length > 0 || address.includes('%')) {
      problems.push(`TATAK_TRUSTED_PROXIES: neither an address nor a range of addresses: ${proxy}`);
    }
  }
  return proxies;
}
