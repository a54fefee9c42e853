import { Point, verifyAsync } from '@noble/ed25519';
import { describe, expect, it } from 'vitest';
import { assertStrongPublicKey, encodeMultikey, WeakKeyError } from '#keystore';

const P = 2n ** 255n - 19n;

function encodeY(y: bigint, sign: 0 | 1): Uint8Array {
  const bytes = new Uint8Array(32);
  let rest = y;
  for (let at = 0; at < 32; at++) {
    bytes[at] = Number(rest & 255n);
    rest >>= 8n;
  }
  bytes[31]! |= sign << 7;
  return bytes;
}

/** The 8 points whose order divides the cofactor, made here: [L]Q of points Q found by trying y. */
function smallOrderPoints(): Point[] {
  const found = new Map<string, Point>();
  for (let y = 2n; found.size < 8; y++) {
    try {
      const point = Point.fromBytes(encodeY(y, 0), true);
      const order = Point.CURVE().n;
      // [n]Q = [n-1]Q + Q: the library refuses a scalar of n itself.
      const torsion = point.multiply(order - 1n, false).add(point);
      found.set(torsion.toHex(), torsion);
    } catch {
      // No point of the curve has this y.
    }
  }
  return [...found.values()];
}

const refuse = (bytes: Uint8Array) => {
  let error: unknown;
  try {
    assertStrongPublicKey(encodeMultikey(bytes));
  } catch (reason) {
    error = reason;
  }
  expect(error, Buffer.from(bytes).toString('hex')).toBeInstanceOf(WeakKeyError);
  return (error as WeakKeyError).code;
};

describe('assertStrongPublicKey (KP-2)', () => {
  const points = smallOrderPoints();

  it('refuses the 8 points of small order', () => {
    expect(points).toHaveLength(8);
    for (const point of points) {
      expect(point.isSmallOrder()).toBe(true);
      expect(refuse(point.toBytes())).toBe('small_order');
    }
  });

  it('refuses every other spelling of them: both signs, y and y + p', () => {
    const spellings = new Set<string>();
    for (const point of points) {
      const { y } = point.toAffine();
      for (const value of [y, y + P]) {
        if (value >= 2n ** 255n) continue;
        for (const sign of [0, 1] as const) spellings.add(Buffer.from(encodeY(value, sign)).toString('hex'));
      }
    }
    // 5 values of y with two signs each, and the two of them below 19 once more above p.
    expect(spellings.size).toBe(14);
    for (const hex of spellings) refuse(Uint8Array.from(Buffer.from(hex, 'hex')));
  });

  it('refuses y at or above p, and what is on no curve point', () => {
    for (let add = 0n; add < 19n; add++) {
      for (const sign of [0, 1] as const) refuse(encodeY(P + add, sign));
    }
    let offCurve = 0;
    for (let y = 2n; y < 60n; y++) {
      const bytes = encodeY(y, 0);
      try {
        Point.fromBytes(bytes, false);
      } catch {
        offCurve++;
        expect(refuse(bytes)).toBe('not_a_point');
      }
    }
    expect(offCurve).toBeGreaterThan(10);
  });

  it('is needed: a verifier by ZIP 215 takes one trivial signature for any message under each of them', async () => {
    const trivial = Uint8Array.from([...Point.ZERO.toBytes(), ...new Uint8Array(32)]);
    for (const point of points) {
      for (const text of ['any message', 'any other message']) {
        expect(await verifyAsync(trivial, Buffer.from(text), point.toBytes(), { zip215: true })).toBe(true);
      }
      expect(refuse(point.toBytes())).toBe('small_order');
    }
  });

  it('refuses other bases, curves, lengths and alphabets', () => {
    const good = 'z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2';
    expect(assertStrongPublicKey(good)).toHaveLength(32);
    const p256 = 'zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP';
    for (const text of ['', 'z', good.slice(1), `u${good.slice(1)}`, `${good}1`, good.slice(0, -1), p256, ` ${good}`]) {
      expect(() => assertStrongPublicKey(text)).toThrow(WeakKeyError);
    }
    for (const bad of ['0', 'O', 'I', 'l', '\n']) {
      expect(() => assertStrongPublicKey(good.slice(0, 20) + bad + good.slice(21))).toThrow(WeakKeyError);
    }
  });
});
