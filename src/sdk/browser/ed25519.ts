import { etc, Point } from '@noble/ed25519';
import { sha512 } from '@noble/hashes/sha2.js';

/** RFC 8032 5.1: the order of the base point. */
const ORDER = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n;

/**
 * RFC 8032 5.1.7 without the cofactor, as OpenSSL does it, so that a browser and a server never disagree: R is compared as
 * bytes, and S is below the order.
 */
export function isEd25519Signature(signature: Uint8Array, data: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64 || publicKey.length !== 32) return false;
  const [r, s] = [signature.subarray(0, 32), littleEndian(signature.subarray(32))];
  if (s >= ORDER) return false;
  let key: Point;
  try {
    key = Point.fromBytes(Uint8Array.from(publicKey), false);
  } catch {
    return false;
  }
  const k =
    littleEndian(sha512(etc.concatBytes(Uint8Array.from(r), Uint8Array.from(publicKey), Uint8Array.from(data)))) %
    ORDER;
  const found = times(Point.BASE, s).subtract(times(key, k)).toBytes();
  return found.every((byte, at) => byte === r[at]);
}

/** The library refuses to multiply by nothing. */
const times = (point: Point, by: bigint): Point => (by === 0n ? Point.ZERO : point.multiply(by, false));

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}
