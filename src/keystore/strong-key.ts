import { Point } from '@noble/ed25519';
import { decodeMultikey } from './multikey.ts';

/** Why a public key is not taken. `unknown_kind` says nothing against the key: it is only not read here. */
export type WeakKeyCode = 'malformed' | 'unknown_kind' | 'not_a_point' | 'small_order' | 'weak_rsa';

export class WeakKeyError extends Error {
  readonly code: WeakKeyCode;
  constructor(code: WeakKeyCode, detail: string) {
    super(detail);
    this.name = 'WeakKeyError';
    this.code = code;
  }
}

/**
 * Refuses Ed25519 public keys under which a signature proves nothing: with a key of small order one trivial signature fits
 * any message. Whether a platform notices depends on its version (Node 24.21 with OpenSSL 3.5.8 does, Node 20.20 with
 * OpenSSL 3.0.19 does not), so it is checked here, when a key is imported or resolved. Strict decoding after RFC 8032
 * 5.1.3: y below p, on the curve, no negative zero. Not checked: a component of small order beside a strong one, which
 * only the owner of the key can make and which lets nobody else sign.
 * @param multibase `z6Mk...`
 * @returns the 32 bytes
 * @throws WeakKeyError
 */
export function assertStrongPublicKey(multibase: string): Uint8Array {
  const bytes = decodeMultikey(multibase);
  if (!bytes) throw new WeakKeyError('malformed', 'the key is not an Ed25519 Multikey in base58btc');
  let point: Point;
  try {
    point = Point.fromBytes(bytes, false);
  } catch {
    throw new WeakKeyError('not_a_point', 'the key is not the canonical encoding of a point of the curve');
  }
  if (point.isSmallOrder()) throw new WeakKeyError('small_order', 'the key is a point of small order');
  return bytes;
}
