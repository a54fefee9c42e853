import { describe, expect, it } from 'vitest';
import { systemClock } from '#kernel';
import { createGuardedFetch, loopbackOnly, publicAddressesOnly } from '#net';
import { outcomeOf } from './outcome.ts';

const IPV4 = [
  ...['127.0.0.1', '127.1', '127.0.1', '2130706433', '0x7f000001', '0x7f.1', '0177.0.0.1', '①②⑦.⓪.⓪.①', '0', '0.0.0.0'],
  ...['127.0.0.1.', '127。0。0。1', '%31%32%37.0.0.1', '017700000001', '127.255.255.254', '10.0.0.1', '172.16.0.1'],
  ...['172.31.255.255', '192.168.1.1', '169.254.169.254', '2852039166', '0xa9fea9fe', '169.254.170.2', '100.64.0.1'],
  ...['100.100.100.200', '168.63.129.16', '192.0.0.8', '192.0.0.192', '192.0.2.1', '192.31.196.1', '192.52.193.1'],
  ...['192.88.99.1', '192.175.48.1', '198.18.0.1', '198.51.100.7', '203.0.113.5', '224.0.0.1', '239.255.255.250'],
  ...['240.0.0.1', '255.255.255.255'],
];
const IPV6 = [
  ...['[::]', '[::1]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::ffff:a9fe:a9fe]'],
  ...['[::ffff:0:7f00:1]', '[::127.0.0.1]', '[::7f00:1]', '[64:ff9b::7f00:1]', '[64:ff9b::a9fe:a9fe]'],
  ...[
    '[64:ff9b:1::1]',
    '[2002:7f00:1::]',
    '[2002:a9fe:a9fe::1]',
    '[2001::1]',
    '[2001:0:4136:e378:8000:63bf:80ff:fffe]',
  ],
  ...['[2001:2::1]', '[2001:3::1]', '[2001:4:112::1]', '[2001:10::1]', '[2001:20::1]', '[2001:30::1]', '[2001:1ff::1]'],
  ...['[2001:db8::1]', '[2620:4f:8000::1]', '[3fff::1]', '[5f00::1]', '[100::1]', '[100:0:0:1::1]', '[fc00::1]'],
  ...['[fd12:3456::1]', '[fd00:ec2::254]', '[fd20:ce::254]', '[fe80::1]', '[febf::1]', '[fec0::1]', '[ff02::1]'],
  ...['[ff0e::1]', '[4000::1]', '[fe80::1%25eth0]'],
];
const NAMES = [
  'localhost',
  'localhost.',
  'LOCALHOST',
  'printer',
  'metadata',
  'example.org.',
  '%6cocalhost',
  'ⓛⓞⓒⓐⓛⓗⓞⓢⓣ',
];
const FORMS = [
  'http://example.org/',
  'https://example.org:8443/',
  'https://example.org:80/',
  'https://user@example.org/',
  'https://user:pass@example.org/',
  'https://good.example@127.0.0.1/',
  'https://127.0.0.1#@good.example/',
  'https://127.0.0.1\\@good.example/',
  'https:127.0.0.1/',
  'https:///127.0.0.1/',
  ' https://127.0.0.1/ ',
  'hTTpS://127.0.0.1/',
  'https://127.0.0.1\t/',
  'ftp://example.org/',
  'ws://example.org/',
  'file:///etc/passwd',
  'data:text/plain,x',
  'blob:https://example.org/1',
  'javascript:alert(1)',
  'gopher://127.0.0.1/',
  '//example.org/',
  '/etc/passwd',
  'https://',
  'https://exa mple.org/',
  'https://[::1/',
  '',
  `https://example.org/${'a'.repeat(5000)}`,
];
const HOSTILE = [...[...IPV4, ...IPV6, ...NAMES].map((host) => `https://${host}/x`), ...FORMS];

describe('addresses that are never fetched (SS-1)', () => {
  const touched: unknown[] = [];
  const fetch = createGuardedFetch({
    clock: systemClock,
    resolve: async (host) => {
      touched.push(host);
      return ['127.0.0.1'];
    },
    onConnect: (connection) => touched.push(connection),
  });

  it.each(HOSTILE)('%s', async (url) => {
    expect(await outcomeOf(fetch(url, { accept: '*/*' }))).toBe('fetch-refused');
  });

  it('are many, and none of them was resolved or connected', () => {
    expect(new Set(HOSTILE).size).toBeGreaterThanOrEqual(100);
    expect(touched).toEqual([]);
  });

  it('are refused as the answer of a resolver too', async () => {
    for (const host of [...IPV4.filter((text) => /^\d+(\.\d+){3}$/.test(text)), ...IPV6.slice(0, -1)]) {
      const address = host.replace(/^\[|\]$/g, '');
      expect(publicAddressesOnly(address), address).toBe(false);
      const resolved = createGuardedFetch({ clock: systemClock, resolve: async () => [address] });
      expect(await outcomeOf(resolved('https://name.example/', { accept: '*/*' }))).toBe('fetch-refused');
    }
    for (const text of ['', 'localhost', '1.2.3', '1.2.3.4.5', '256.1.1.1', '::g', 'fe80::1%eth0']) {
      expect(publicAddressesOnly(text), text).toBe(false);
    }
  });
});

describe('address policies', () => {
  it('let the public internet pass, and only it', () => {
    for (const address of ['93.184.216.34', '1.1.1.1', '2606:4700:4700::1111', '2a00:1450:4001::1', '::ffff:1.1.1.1']) {
      expect(publicAddressesOnly(address), address).toBe(true);
      expect(loopbackOnly(address), address).toBe(false);
    }
    for (const address of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1']) {
      expect(loopbackOnly(address), address).toBe(true);
    }
  });

  it('are needed: without one, or with an origin that is not of this machine, there is no client (SS-5)', () => {
    expect(() => createGuardedFetch({ clock: systemClock, policy: undefined as never })).toThrow(TypeError);
    for (const origin of ['http://10.0.0.1', 'https://example.org', 'http://localhost:1/path', 'localhost', '']) {
      expect(() => createGuardedFetch({ clock: systemClock, loopbackOrigins: [{ origin }] })).toThrow(TypeError);
    }
  });
});
