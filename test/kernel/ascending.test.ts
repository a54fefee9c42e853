import { describe, expect, it } from 'vitest';
import { ascending, randomId, systemRandom } from '#kernel';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('ids that are given out in order', () => {
  it('ascend as long as what was drawn ahead lasts, and begin again', () => {
    const random = ascending(systemRandom, 100);
    const ids = Array.from({ length: 200 }, () => randomId(random));
    const heads = ids.map((id) => id.slice(0, 6));
    for (const part of [heads.slice(0, 100), heads.slice(100)]) expect(part).toEqual([...part].sort());
    expect(heads).not.toEqual([...heads].sort());
    expect(new Set(ids).size).toBe(200);
  });

  it('have every bit of the source: the first of each were drawn together, the others when they are asked for', () => {
    const given: string[] = [];
    const source = {
      bytes(length: number) {
        const bytes = systemRandom.bytes(length);
        given.push(hex(bytes));
        return bytes;
      },
    };
    const random = ascending(source, 8);
    const drawn = Array.from({ length: 8 }, () => hex(random.bytes(16)));
    expect(given.map(({ length }) => length / 2)).toEqual([32, ...Array.from({ length: 8 }, () => 16)]);
    const little = given[0]!.match(/.{8}/g)!.map((word) => word.match(/../g)!.reverse().join(''));
    expect(drawn.map((one) => one.slice(0, 8))).toEqual(little.sort());
    expect(drawn.map((one) => one.slice(8))).toEqual(given.slice(1).map((one) => one.slice(8)));
  });

  it('over all that was drawn ahead each of the 128 bits is set as often as not (IS-3)', () => {
    const random = ascending(systemRandom);
    const count = 65_536;
    const ones = new Array<number>(128).fill(0);
    for (let n = 0; n < count; n++) {
      const bytes = random.bytes(16);
      for (let bit = 0; bit < 128; bit++) ones[bit]! += (bytes[bit >> 3]! >> (7 - (bit & 7))) & 1;
    }
    // Four standard deviations and a half.
    for (const one of ones) expect(Math.abs(one / count - 0.5)).toBeLessThan(0.0088);
  });

  it('are refused where they are too short to be ordered', () => {
    expect(() => ascending(systemRandom).bytes(3)).toThrow(RangeError);
  });

  it('leave what the source gave as it was', () => {
    const fixed = new Uint8Array(32).fill(7);
    const random = ascending({ bytes: (length) => fixed.subarray(0, length) }, 2);
    random.bytes(16);
    expect(fixed).toEqual(new Uint8Array(32).fill(7));
  });
});
