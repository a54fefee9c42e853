import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { later } from '../later.ts';
import { Buffer } from './buffer.ts';
import { isEd25519Signature } from './ed25519.ts';
import { ecKey, uncompressed } from './elliptic.ts';
import { BrowserKey, type Jwk, rsaFromPkcs1, rsaKey } from './keys.ts';

/** As much of `node:crypto` as a verifier needs. Whatever is not here throws, which no check takes for a pass. */

const HASHES = { sha256, sha384, sha512 } as const;
type HashName = keyof typeof HASHES;

function hashNamed(name: string): (typeof HASHES)[HashName] {
  if (!Object.hasOwn(HASHES, name)) throw new Error(`no such hash here: ${name}`);
  return HASHES[name as HashName];
}

const bytesOf = (data: string | Uint8Array, encoding?: string): Uint8Array =>
  typeof data === 'string' ? Buffer.from(data, encoding) : data;

const inForm = (digest: Uint8Array, encoding?: string) => {
  const bytes = Buffer.from(digest);
  return encoding === undefined || encoding === 'buffer' ? bytes : bytes.toString(encoding);
};

export function hash(name: string, data: string | Uint8Array, encoding = 'hex') {
  return inForm(hashNamed(name)(bytesOf(data)), encoding);
}

export function createHash(name: string) {
  const running = hashNamed(name).create();
  const made = {
    update(data: string | Uint8Array, encoding?: string) {
      running.update(bytesOf(data, encoding));
      return made;
    },
    digest: (encoding?: string) => inForm(running.digest(), encoding),
  };
  return made;
}

/** The digests of what is compared are no secret, and of one length. */
export function timingSafeEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) throw new RangeError('of different lengths');
  return a.reduce((sum, byte, at) => sum | (byte ^ b[at]!), 0) === 0;
}

export const ECDH = {
  /** Only what is asked for: a compressed point made long. @throws RangeError for what is no point of the curve */
  convertKey: (raw: Uint8Array, curve: string) => Buffer.from(uncompressed(raw, curve)),
};

type KeyInput = { format: 'jwk'; key: Jwk } | { format: 'der'; key: Uint8Array; type: 'pkcs1' };

/** @throws TypeError for a key that is none */
export function createPublicKey(input: KeyInput): BrowserKey {
  if (input.format === 'der') return rsaFromPkcs1(input.key);
  const { kty, crv, x, y, n, e } = input.key;
  if (kty === 'RSA') return rsaKey(n!, e!);
  if (kty === 'EC') return new BrowserKey(ecKey(crv!, x!, y!));
  if (kty === 'OKP' && crv === 'Ed25519')
    return new BrowserKey({ kty, crv, x: Buffer.from(x!, 'base64url').toString('base64url') });
  throw new TypeError(`no such key here: ${kty} ${crv}`);
}

/**
 * Ed25519 here and now; ECDSA and RSASSA-PKCS1-v1_5 by the platform, see `later`.
 * @throws Error when the platform has no such algorithm
 */
export function verify(
  name: string | null,
  data: Uint8Array,
  given: BrowserKey | { key: BrowserKey; dsaEncoding: 'ieee-p1363' },
  signature: Uint8Array,
): boolean {
  const key = given instanceof BrowserKey ? given : given.key;
  if (key.jwk.kty === 'OKP') {
    if (name !== null) throw new Error('Ed25519 has no hash of its own');
    return isEd25519Signature(signature, data, Buffer.from(key.jwk.x, 'base64url'));
  }
  const hashName = { sha256: 'SHA-256', sha384: 'SHA-384' }[String(name)];
  if (!hashName) throw new Error(`no signatures over ${name} here`);
  const algorithm =
    key.jwk.kty === 'EC'
      ? { name: 'ECDSA', namedCurve: key.jwk.crv, hash: hashName }
      : { name: 'RSASSA-PKCS1-v1_5', hash: hashName };
  const question = [JSON.stringify([key.jwk, algorithm]), hash('sha256', data), Buffer.from(signature).toString('hex')];
  return later(`verify ${question.join(' ')}`, async () => {
    const imported = await crypto.subtle.importKey('jwk', { ...key.jwk }, algorithm, false, ['verify']);
    return crypto.subtle.verify(algorithm, imported, Uint8Array.from(signature), Uint8Array.from(data));
  });
}
