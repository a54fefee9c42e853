import { describe, expect, it } from 'vitest';
import { addressKey } from '../../src/api/http/address-key.ts';
import { createLimiter } from '../../src/api/http/limiter.ts';

function limiter(max: number) {
  const time = { ms: 0 };
  const made = createLimiter({ max, windowMs: 60_000, now: () => time.ms, seed: 'seed' });
  const passed = (key: string, times: number) =>
    Array.from({ length: times }, () => made.take(key)).filter((wait) => wait === undefined).length;
  return { ...made, time, passed };
}

describe('a limit', () => {
  it('lets as many through as it says, and then says for how long nobody', () => {
    const { passed, take, left, time } = limiter(5);
    expect([passed('a', 9), passed('b', 3)]).toEqual([5, 3]);
    expect([left('a'), left('b')]).toEqual([0, 2]);
    const wait = take('a')!;
    time.ms += wait - 1_000;
    expect(take('a')).toBeGreaterThan(0);
    time.ms += 1_000;
    expect(passed('a', 3)).toBe(1);
  });

  it('is not doubled by asking at the end of one window and at the start of the next', () => {
    const { passed, time } = limiter(100);
    time.ms = 59_999;
    expect(passed('a', 200)).toBe(100);
    time.ms = 60_001;
    expect(passed('a', 200)).toBe(0);
    time.ms = 90_000;
    expect(passed('a', 200)).toBe(50);
  });

  it('is over after two windows of silence', () => {
    const { passed, time } = limiter(5);
    passed('a', 5);
    time.ms = 180_000;
    expect(passed('a', 9)).toBe(5);
  });

  it('does not count what is only looked at', () => {
    const { look, passed } = limiter(2);
    for (let at = 0; at < 10; at++) expect(look('a')).toBeUndefined();
    expect(passed('a', 3)).toBe(2);
    expect(look('a')).toBeGreaterThan(0);
  });

  it('forgets nobody for a million others, in the same memory (DS-3)', () => {
    const { take, passed, left } = limiter(60);
    passed('guesser', 60);
    const before = process.memoryUsage();
    let refused = 0;
    for (let at = 0; at < 1_000_000; at++) if (take(`2001:db8:${at.toString(16)}::/64`) !== undefined) refused++;
    const after = process.memoryUsage();
    expect(left('guesser')).toBe(0);
    expect(refused).toBe(0);
    // Somebody who comes after them still has most of what he may.
    expect(left('newcomer')).toBeGreaterThan(30);
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(3 * 1024 * 1024);
    expect(after.heapUsed - before.heapUsed).toBeLessThan(40 * 1024 * 1024);
  });
});

it('counts a subscriber of IPv6 by the /64, and an IPv4 address in every spelling', () => {
  const same = ['2001:db8:1:2::1', '2001:DB8:1:2:ffff:ffff:ffff:ffff', '2001:0db8:0001:0002::', '2001:db8:1:2::9%eth0'];
  expect(new Set(same.map(addressKey))).toEqual(new Set(['2001:db8:1:2::/64']));
  expect(addressKey('2001:db8:1:3::1')).toBe('2001:db8:1:3::/64');
  for (const spelt of ['192.0.2.1', '::ffff:192.0.2.1', '::FFFF:c000:201']) expect(addressKey(spelt)).toBe('192.0.2.1');
});
