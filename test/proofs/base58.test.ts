import { decode, encode } from 'base58-universal';
import { describe, expect, it } from 'vitest';
import { decodeBase58, encodeBase58 } from '../../src/proofs/base58.ts';
import { strictBase58 } from '../../src/proofs/proof-value.ts';
import { createDraw } from './compiled/draw.ts';

const draw = createDraw(58);
const SAMPLES = Array.from({ length: 600 }, (_, index) => {
  const bytes = draw.bytes(1 + (index % 100));
  bytes.fill(0, 0, index % 4);
  if (index % 7 === 0) bytes.fill(255, index % 4);
  return bytes;
});

describe('base58 by limbs', () => {
  it('writes and reads what the library does', () => {
    for (const bytes of SAMPLES) {
      const text = encode(bytes);
      expect(encodeBase58(bytes)).toBe(text);
      expect(decodeBase58(text, bytes.length)).toEqual(decode(text));
    }
    expect(encodeBase58(new Uint8Array())).toBe('');
  });

  it('reads the one spelling of the one length', () => {
    for (const bytes of SAMPLES) {
      const text = encode(bytes);
      expect(decodeBase58(text, bytes.length + 1)).toBeUndefined();
      expect(decodeBase58(text, bytes.length - 1)).toBeUndefined();
      for (const other of [`1${text}`, `${text} `, ` ${text}`, `${text}0`, `${text}é`, `${text}\u0131`]) {
        expect(decodeBase58(other, bytes.length)).toBeUndefined();
      }
    }
  });

  it('A29, A30: no leading 1 may be missing or added', () => {
    const signature = draw.bytes(64);
    signature[0] = 0;
    const text = encode(signature);
    expect(text[0]).toBe('1');
    expect(strictBase58(`z${text}`, 64)).toEqual(signature);
    expect(strictBase58(`z${text.slice(1)}`, 64)).toBeUndefined();
    expect(strictBase58(`z1${text}`, 64)).toBeUndefined();
    expect(strictBase58(text, 64)).toBeUndefined();
    expect(strictBase58(`z${'z'.repeat(128)}`, 64)).toBeUndefined();
    expect(strictBase58(null, 64)).toBeUndefined();
  });
});
