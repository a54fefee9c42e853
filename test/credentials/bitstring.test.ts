import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
// @ts-expect-error the library has no types
import { createList, decodeList } from '@digitalbazaar/vc-bitstring-status-list';
import { describe, expect, it } from 'vitest';
import { BitstringError, createBitstring, decodeBitstring, encodeBitstring, getBit, setBit } from '#credentials';
import { LIMITS } from '#kernel';

const LENGTH = LIMITS.statusListEntries;
const encode = (gzip: Uint8Array) => `u${Buffer.from(gzip).toString('base64url')}`;
const faultOf = (encoded: string, expected?: { bits?: number; maxBytes?: number }) => {
  try {
    decodeBitstring(encoded, expected);
    return 'read';
  } catch (error) {
    expect(error).toBeInstanceOf(BitstringError);
    return (error as BitstringError).code;
  }
};

describe('bitstring (ST-2)', () => {
  it('has index 0 at the left-most bit', () => {
    const bits = createBitstring(16);
    setBit(bits, 0);
    setBit(bits, 15);
    expect([...bits]).toEqual([0b1000_0000, 0b0000_0001]);
    expect([0, 1, 7, 8, 14, 15].filter((index) => getBit(bits, index))).toEqual([0, 15]);
  });

  it.each([0, 7, 8, 42, 131_071])('index %i is where the reference library reads and writes it', async (index) => {
    const bits = createBitstring(LENGTH);
    setBit(bits, index);
    const theirs = await decodeList({ encodedList: encodeBitstring(bits) });
    for (const at of [0, 7, 8, 42, 45, 131_071]) expect(theirs.getStatus(at)).toBe(at === index);
    const list = await createList({ length: LENGTH });
    list.setStatus(index, true);
    const ours = decodeBitstring(await list.encode(), { bits: LENGTH });
    expect(Buffer.compare(ours, bits)).toBe(0);
  });

  it('agrees on random lists', async () => {
    for (let round = 0; round < 5; round++) {
      const bits = createBitstring(1024);
      const set = new Set(Array.from({ length: 200 }, () => Math.floor(Math.random() * 1024)));
      for (const index of set) setBit(bits, index);
      const theirs = await decodeList({ encodedList: encodeBitstring(bits) });
      for (let at = 0; at < 1024; at++) expect(theirs.getStatus(at)).toBe(set.has(at));
    }
  });

  it.each([0.01, 0.04, 0.1, 0.5])(
    'of a million entries with a share of %f set reads as the library reads it',
    async (share) => {
      const bits = createBitstring(LIMITS.statusListEntriesMax);
      for (let index = 0; index < bits.length * 8; index++) if (Math.random() < share) setBit(bits, index);
      const encoded = encodeBitstring(bits);
      const theirs = await decodeList({ encodedList: encoded });
      expect(theirs.length).toBe(LIMITS.statusListEntriesMax);
      let other = 0;
      for (let index = 0; index < bits.length * 8; index++)
        if (theirs.getStatus(index) !== getBit(bits, index)) other++;
      expect(other).toBe(0);
      expect(Buffer.compare(decodeBitstring(encoded, { bits: LIMITS.statusListEntriesMax }), bits)).toBe(0);
    },
  );

  it('knows no index beyond the end', () => {
    const bits = createBitstring(16);
    for (const index of [-1, 16, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => getBit(bits, index)).toThrow(RangeError);
      expect(() => setBit(bits, index)).toThrow(RangeError);
    }
  });

  it('gives the same text for the same bits', () => {
    expect(encodeBitstring(createBitstring(LENGTH))).toBe(encodeBitstring(createBitstring(LENGTH)));
  });

  it('stays below 25 KB at any density (ST-10)', () => {
    for (const share of [0.01, 0.5]) {
      const bits = createBitstring(LENGTH);
      for (let index = 0; index < LENGTH; index++) if (Math.random() < share) setBit(bits, index);
      expect(encodeBitstring(bits).length).toBeLessThanOrEqual(25 * 1024);
    }
  });
});

describe('hostile lists (ST-3)', () => {
  const good = gzipSync(Buffer.alloc(16));

  it('reads a member with all optional header fields', () => {
    const body = Buffer.alloc(16, 0xaa);
    const header = Buffer.from([0x1f, 0x8b, 8, 2 + 4 + 8 + 16, 0, 0, 0, 0, 0, 255]);
    const extra = Buffer.from([3, 0, 1, 2, 3]);
    const trailer = Buffer.alloc(8);
    trailer.writeUInt32LE(crc32(body), 0);
    trailer.writeUInt32LE(body.length, 4);
    const member = Buffer.concat([
      header,
      extra,
      Buffer.from('name\0comment\0'),
      Buffer.from([0, 0]),
      deflateRawSync(body),
      trailer,
    ]);
    expect(Buffer.compare(decodeBitstring(encode(member)), body)).toBe(0);
  });

  it('stops a bomb at the cap', () => {
    const bomb = encode(gzipSync(Buffer.alloc(32 * 1024 * 1024)));
    const before = process.memoryUsage().arrayBuffers;
    expect(faultOf(bomb)).toBe('too-large');
    expect(faultOf(bomb, { bits: LENGTH })).toBe('too-large');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(6 * 1024 * 1024);
  });

  it('refuses a second member, trailing bytes, and what is cut off', () => {
    expect(faultOf(encode(good))).toBe('read');
    expect(faultOf(encode(Buffer.concat([good, good])))).toBe('members');
    expect(faultOf(encode(Buffer.concat([good, Buffer.from([0])])))).toBe('members');
    for (let length = 0; length < good.length; length++) {
      expect(['gzip', 'multibase']).toContain(faultOf(encode(good.subarray(0, length))));
    }
  });

  it('refuses every flipped bit of check sum and size, and a wrong length', () => {
    for (let at = good.length - 8; at < good.length; at++) {
      const flipped = Buffer.from(good);
      flipped[at]! ^= 1;
      expect(faultOf(encode(flipped))).toBe('gzip');
    }
    expect(faultOf(encode(good), { bits: 256 })).toBe('length');
    expect(faultOf(encode(good), { bits: 64 })).toBe('too-large');
  });

  it.each([
    ['', 'multibase'],
    ['u', 'multibase'],
    ['z123', 'multibase'],
    ['uH4sI+/==', 'multibase'],
    ['uAAAA', 'gzip'],
    [`u${Buffer.from(`\x1f\x8b\x08\xff${'x'.repeat(30)}`, 'latin1').toString('base64url')}`, 'gzip'],
  ])('refuses %s', (encoded, fault) => expect(faultOf(encoded)).toBe(fault));

  it('never throws anything else, whatever the bytes', () => {
    for (let round = 0; round < 2_000; round++) {
      const bytes = Buffer.from(good);
      for (let flips = 0; flips < 3; flips++) bytes[Math.floor(Math.random() * bytes.length)]! ^= 1 << (round % 8);
      expect(faultOf(encode(bytes))).toBeTypeOf('string');
    }
  });
});
