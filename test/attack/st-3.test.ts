import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { BitstringError, decodeBitstring } from '#credentials';
import { LIMITS } from '#kernel';

const encode = (gzip: Uint8Array) => `u${Buffer.from(gzip).toString('base64url')}`;
const list = gzipSync(new Uint8Array(LIMITS.statusListEntries / 8));
const faultOf = (encoded: string) => {
  try {
    decodeBitstring(encoded);
    return 'read';
  } catch (error) {
    return error instanceof BitstringError ? error.code : String(error);
  }
};

// How long it takes and what it costs: `npm run bench:status`.
it('ST-3 a bomb of 256 MiB is refused at the cap', () => {
  const bomb = gzipSync(Buffer.alloc(256 * 1024 * 1024));
  expect(bomb.length).toBeLessThan(LIMITS.fetchBytes);
  const before = process.memoryUsage().arrayBuffers;
  expect(faultOf(encode(bomb))).toBe('too-large');
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThanOrEqual(5 * 1024 * 1024);
}, 60_000);

it('ST-3 one that says it is small is refused at the cap as well', () => {
  const bomb = gzipSync(Buffer.alloc(32 * 1024 * 1024));
  for (const says of [0, 1, LIMITS.statusListEntries / 8, LIMITS.statusInflateBytes]) {
    bomb.writeUInt32LE(says, bomb.length - 4);
    expect(faultOf(encode(bomb)), `${says}`).toBe('too-large');
  }
});

it.each([
  ['the list itself', list, 'read'],
  ['two members', Buffer.concat([list, list]), 'members'],
  ['a byte after the end', Buffer.concat([list, Buffer.of(0)]), 'members'],
  ['the check sum cut off', list.subarray(0, -8), 'gzip'],
  ['cut in the middle', list.subarray(0, list.length / 2), 'gzip'],
  ['a header alone', list.subarray(0, 10), 'gzip'],
])('ST-3 %s', (_, gzip, outcome) => expect(faultOf(encode(gzip))).toBe(outcome));
