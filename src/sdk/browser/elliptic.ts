import { Buffer } from './buffer.ts';

/** SEC 2 and FIPS 186-5: y² = x³ - 3x + b modulo a prime that is 3 modulo 4. */
interface Curve {
  p: bigint;
  b: bigint;
  bytes: number;
}

const P256: Curve = {
  p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
  b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  bytes: 32,
};
const P384: Curve = {
  p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
  b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  bytes: 48,
};

/** By the names of JWK and of OpenSSL. */
const CURVES: Readonly<Record<string, Curve>> = { 'P-256': P256, 'P-384': P384, prime256v1: P256, secp384r1: P384 };

function curveOf(name: string): Curve {
  const curve = Object.hasOwn(CURVES, name) ? CURVES[name] : undefined;
  if (!curve) throw new RangeError(`no such curve here: ${name}`);
  return curve;
}

/** SEC 1 2.3.4. @throws RangeError for what is no point of the curve */
export function uncompressed(raw: Uint8Array, name: string): Uint8Array {
  const { p, b, bytes } = curveOf(name);
  if (raw.length !== bytes + 1 || (raw[0] !== 2 && raw[0] !== 3)) throw new RangeError('not a compressed point');
  const x = number(raw.subarray(1));
  const square = right(x, p, b);
  const root = power(square, (p + 1n) / 4n, p);
  if (x >= p || (root * root) % p !== square) throw new RangeError('not a point of the curve');
  const odd = BigInt(raw[0]! & 1);
  // A root of nothing has no other.
  const y = (root & 1n) === odd ? root : p - root;
  if (y >= p) throw new RangeError('not a point of the curve');
  return Uint8Array.of(4, ...fixed(x, bytes), ...fixed(y, bytes));
}

/** @throws RangeError unless the coordinates are a point of the curve, each in its full length */
export function ecKey(crv: string, x: string, y: string): { kty: 'EC'; crv: string; x: string; y: string } {
  const { p, b, bytes } = curveOf(crv);
  const [across, up] = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
  const [u, v] = [number(across), number(up)];
  const on = u < p && v < p && (v * v) % p === right(u, p, b);
  if (!on || across.length !== bytes || up.length !== bytes) throw new RangeError('not a point of the curve');
  return { kty: 'EC', crv, x: Buffer.from(across).toString('base64url'), y: Buffer.from(up).toString('base64url') };
}

const right = (x: bigint, p: bigint, b: bigint): bigint => (((x * x * x - 3n * x + b) % p) + p) % p;

function power(base: bigint, exponent: bigint, p: bigint): bigint {
  let [out, square] = [1n, base % p];
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) out = (out * square) % p;
    square = (square * square) % p;
  }
  return out;
}

const number = (bytes: Uint8Array): bigint => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

const fixed = (value: bigint, bytes: number): Uint8Array =>
  Uint8Array.from(Buffer.from(value.toString(16).padStart(2 * bytes, '0'), 'hex'));
