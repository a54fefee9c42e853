import { expect, it } from 'vitest';
import { LIMITS, parseStrictJsonBytes } from '#kernel';

/** Milliseconds of CPU: 20 where nothing else runs, five times that where tests do. */
const MOST = 100;

/** The least of three. */
function cost(text: string): number {
  const bytes = Buffer.from(text);
  const found = Array.from({ length: 3 }, () => {
    const before = process.cpuUsage();
    expect(() => parseStrictJsonBytes(bytes, { bytes: LIMITS.batchBytes, keys: LIMITS.jsonKeys })).toThrow();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  return Math.min(...found);
}

it('DS-5: what is too deep or too wide is refused as soon as that is seen, however long it goes on', () => {
  for (const depth of [10_000, 1_000_000]) {
    expect(cost(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`)).toBeLessThan(MOST);
    expect(cost('['.repeat(depth))).toBeLessThan(MOST);
  }
  const members = Array.from({ length: 1_000_000 }, (_, at) => `"k${at}":1`).join(',');
  expect(cost(`{${members}}`)).toBeLessThan(MOST);
  expect(cost(`{"a":[${'{"b":1},'.repeat(1_000_000)}{}]}`)).toBeLessThan(MOST);
});
