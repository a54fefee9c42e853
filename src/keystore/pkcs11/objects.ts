import { createPublicKey, type KeyObject } from 'node:crypto';
import { Problem } from '#kernel';
import { type KeyAlgorithm, type PublicKey, publicKeyOf, readPublicJwk } from '../public-key.ts';
import { MECHANISMS } from './mechanisms.ts';
import type { Tool } from './tool.ts';

export interface TokenKey {
  publicKey: PublicKey;
  /** The private half was made sensitive and cannot be taken out, ever (CKA_ALWAYS_SENSITIVE, CKA_NEVER_EXTRACTABLE). */
  kept: boolean;
}

/**
 * The key pair that was just made. @param listing what the tool shows of it @param id CKA_ID in hex
 * @throws Problem `unavailable` when it cannot be understood
 */
export async function madeKey(tool: Tool, listing: string, id: string, algorithm: KeyAlgorithm): Promise<TokenKey> {
  const access = /^Private Key Object;[\s\S]*?Access:\s*(.*)$/m.exec(listing)?.[1] ?? '';
  const kept = /\balways sensitive\b/.test(access) && /\bnever extractable\b/.test(access);
  // No modulus is shown; and elliptic keys are not all read back by the tool (P-384).
  const read = MECHANISMS[algorithm].point
    ? undefined
    : await tool.run(['--read-object', '--type', 'pubkey', '--id', id]);
  try {
    if (read) return { publicKey: publicKeyOf(spkiOf(read)), kept };
    return { publicKey: pointOf(algorithm, /EC_POINT:\s*([0-9a-f]+)/i.exec(listing)?.[1] ?? ''), kept };
  } catch (cause) {
    throw new Problem('unavailable', 'the public key that the token made cannot be read', { cause });
  }
}

/** PEM or DER, by version of the tool. */
function spkiOf(bytes: Buffer): KeyObject {
  const pem = bytes.subarray(0, 5).toString('latin1') === '-----';
  return createPublicKey(pem ? bytes : { key: bytes, format: 'der', type: 'spki' });
}

/** @param hex CKA_EC_POINT: a DER OCTET STRING around the point (PKCS#11 2.20), or the point alone (3.0 for Edwards curves) */
function pointOf(algorithm: KeyAlgorithm, hex: string): PublicKey {
  const { bytes, curve } = MECHANISMS[algorithm].point!;
  const all = Buffer.from(hex, 'hex');
  const framed = all.length === bytes + 2 && all[0] === 0x04 && all[1] === bytes;
  if (!framed && all.length !== bytes) throw new RangeError('not a point of this curve');
  const point = all.subarray(-bytes);
  if (algorithm === 'Ed25519') return readPublicJwk({ kty: 'OKP', crv: curve, x: point.toString('base64url') });
  // SEC 1 2.3.3: uncompressed, both coordinates.
  if (point[0] !== 0x04) throw new RangeError('not an uncompressed point');
  const [x, y] = [point.subarray(1, (bytes + 1) / 2), point.subarray((bytes + 1) / 2)];
  return readPublicJwk({ kty: 'EC', crv: curve, x: x.toString('base64url'), y: y.toString('base64url') });
}
