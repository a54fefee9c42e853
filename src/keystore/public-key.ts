import { createPublicKey, ECDH, type KeyObject, verify } from 'node:crypto';
import { decode, encode } from 'base58-universal';
import { type JsonObject, shown, strictBase64url } from '#kernel';
import { isEd25519Signature } from './ed25519.ts';
import { encodeMultikey } from './multikey.ts';
import { hasRocaForm } from './roca.ts';
import { assertStrongPublicKey, WeakKeyError } from './strong-key.ts';

/** What a key can do follows from its record, never from a proof or a token that names it. */
export type KeyAlgorithm = 'Ed25519' | 'P-256' | 'P-384' | 'RSA';

/** A public key that was looked at: on its curve, not weak, in its only spelling. */
export interface PublicKey {
  readonly algorithm: KeyAlgorithm;
  /** Multicodec header and key in base58btc: `z6Mk` Ed25519, `zDn` P-256, `z82` P-384, `z4MX`, `zgg` and others RSA. */
  readonly multibase: string;
  readonly key: KeyObject;
  /** The 32 bytes of an Ed25519 key; empty of others. */
  readonly bytes: Uint8Array;
  /** Public members only, without `kid`. */
  readonly jwk: JsonObject;
}

interface Codec {
  /** Multicodec of the public key, as varint. */
  header: readonly [number, number];
  curve?: { jwk: string; ecdh: string; bytes: number; hash: 'sha256' | 'sha384' };
}

const CODECS: Record<KeyAlgorithm, Codec> = {
  Ed25519: { header: [0xed, 0x01] },
  'P-256': { header: [0x80, 0x24], curve: { jwk: 'P-256', ecdh: 'prime256v1', bytes: 32, hash: 'sha256' } },
  'P-384': { header: [0x81, 0x24], curve: { jwk: 'P-384', ecdh: 'secp384r1', bytes: 48, hash: 'sha384' } },
  // PKCS #1 RSAPublicKey. Controlled Identifiers lists no Multikey for it: in documents it stands as a JWK.
  RSA: { header: [0x85, 0x24] },
};
const ALGORITHMS = Object.keys(CODECS) as KeyAlgorithm[];
/** RFC 7518 3.3 from below; from above against keys made to be slow. */
const RSA_BITS = { min: 2_048, max: 4_096 } as const;
const RSA_EXPONENT = 65_537n;
/** Of the modulus of the largest key, in base64url. */
const RSA_CHARS = Math.ceil((RSA_BITS.max / 8 / 3) * 4);
/** A 4096-bit RSA key has 526 bytes. */
const MAX_CHARS = 740;

/** Keys that were read before: what a text says of a key never changes, and finding out takes longer than a signature. */
const known = new Map<string, PublicKey>();
const KNOWN = 500;

/** @throws WeakKeyError for anything but a strong key of a known kind in its only spelling */
export function readPublicKey(multibase: string): PublicKey {
  const before = known.get(multibase);
  if (before) return before;
  const key = readAnew(multibase);
  if (known.size >= KNOWN) known.delete(known.keys().next().value!);
  known.set(multibase, key);
  return key;
}

function readAnew(multibase: string): PublicKey {
  const bytes =
    /^z[1-9A-HJ-NP-Za-km-z]+$/.test(multibase) && multibase.length <= MAX_CHARS && decode(multibase.slice(1));
  if (!bytes || `z${encode(bytes)}` !== multibase) throw malformed('the key is not base58btc in its only spelling');
  const algorithm = ALGORITHMS.find((name) => CODECS[name].header.every((byte, index) => bytes[index] === byte));
  if (!algorithm) throw unknownKind('the key is of a kind that is not read here');
  const read = publicKeyOf(importKey(algorithm, multibase, bytes.subarray(2)));
  // PKCS #1 is read with other lengths and zeros than it is written with.
  if (read.multibase !== multibase) throw malformed('the key is not in its only spelling');
  return read;
}

/** Every Multikey of these kinds begins so, and no other does. */
const PREFIXES: readonly (readonly [string, KeyAlgorithm])[] = [
  ['z6Mk', 'Ed25519'],
  ['zDn', 'P-256'],
  ['z82', 'P-384'],
];

/** The kind of a key by the beginning of its text, without looking whether it is strong; undefined when it is none. */
export function algorithmOf(multibase: string): KeyAlgorithm | undefined {
  const short = PREFIXES.find(([prefix]) => multibase.startsWith(prefix));
  if (short) return short[1];
  if (!/^z[1-9A-HJ-NP-Za-km-z]{300,}$/.test(multibase) || multibase.length > MAX_CHARS) return undefined;
  const bytes = decode(multibase.slice(1));
  return bytes && CODECS.RSA.header.every((byte, index) => bytes[index] === byte) ? 'RSA' : undefined;
}

/** Lengths of the members of a JWK in bytes; one key has one text (base64url has spare bits, coordinates may be padded). */
const JWK_MEMBERS: Record<KeyAlgorithm, Record<string, number | undefined>> = {
  Ed25519: { x: 32 },
  'P-256': { x: 32, y: 32 },
  'P-384': { x: 48, y: 48 },
  RSA: { n: undefined, e: undefined },
};

/** @param jwk members beside the public ones are not looked at @throws WeakKeyError */
export function readPublicJwk(jwk: JsonObject): PublicKey {
  const { kty, crv } = jwk;
  const algorithm =
    kty === 'RSA' ? 'RSA' : ALGORITHMS.find((name) => name === crv && kty === (name === 'Ed25519' ? 'OKP' : 'EC'));
  if (!algorithm) throw unknownKind(`keys of ${shown(kty, 20)} ${shown(crv, 20)} are not read here`);
  const members: JsonObject = algorithm === 'RSA' ? { kty: 'RSA' } : { kty: kty!, crv: crv! };
  for (const [name, length] of Object.entries(JWK_MEMBERS[algorithm])) {
    const text = jwk[name];
    // Before anything is computed: the time of base58 grows with the square of the length.
    if (algorithm === 'RSA' && typeof text === 'string' && text.length > RSA_CHARS) throw tooLarge();
    const bytes = typeof text === 'string' ? strictBase64url(text) : undefined;
    if (!bytes || bytes.length !== (length ?? bytes.length)) {
      throw malformed(`the member ${name} of the JWK is not base64url of the right length`);
    }
    members[name] = text!;
  }
  let key: KeyObject;
  try {
    key = createPublicKey({ key: members as never, format: 'jwk' });
  } catch {
    if (algorithm === 'RSA') throw malformed('the JWK is not an RSA key');
    throw new WeakKeyError('not_a_point', 'the key is not a point of its curve');
  }
  const read = publicKeyOf(key);
  for (const [name, value] of Object.entries(members)) {
    if (read.jwk[name] !== value) throw malformed(`the JWK has another spelling of ${name}`);
  }
  return read;
}

/** @throws WeakKeyError */
export function publicKeyOf(key: KeyObject): PublicKey {
  const jwk = key.export({ format: 'jwk' }) as JsonObject;
  const algorithm = jwk.kty === 'RSA' ? 'RSA' : (ALGORITHMS.find((name) => name === jwk.crv) ?? 'none');
  if (algorithm === 'none') throw unknownKind(`keys of ${String(jwk.crv)} are not read here`);
  const multibase = multibaseOf(algorithm, key, jwk);
  const bytes = algorithm === 'Ed25519' ? assertStrongPublicKey(multibase) : new Uint8Array();
  if (algorithm === 'RSA') assertStrongRsa(key, jwk);
  return Object.freeze({ algorithm, multibase, key, bytes, jwk });
}

/**
 * Ed25519 (RFC 8032); ECDSA with the hash of its curve and `r || s` (IEEE P1363); RSASSA-PKCS1-v1_5 with SHA-256 (RS256).
 * A signature of another length is false, not an error.
 */
export function verifySignature(publicKey: PublicKey, data: Uint8Array, signature: Uint8Array): boolean {
  const { algorithm, key } = publicKey;
  const { curve } = CODECS[algorithm];
  if (curve) {
    if (signature.length !== 2 * curve.bytes) return false;
    return verify(curve.hash, data, { key, dsaEncoding: 'ieee-p1363' }, signature);
  }
  if (algorithm === 'Ed25519') return isEd25519Signature(publicKey, data, signature);
  return verify('sha256', data, key, signature);
}

function importKey(algorithm: KeyAlgorithm, multibase: string, raw: Uint8Array): KeyObject {
  const { curve } = CODECS[algorithm];
  try {
    if (algorithm === 'Ed25519') {
      const x = Buffer.from(assertStrongPublicKey(multibase)).toString('base64url');
      return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    }
    if (!curve) {
      // A key read from PKCS #1 cannot be written as PKCS #1 again by every OpenSSL; one made from its JWK can.
      const read = createPublicKey({ key: Buffer.from(raw), format: 'der', type: 'pkcs1' });
      return createPublicKey({ key: read.export({ format: 'jwk' }), format: 'jwk' });
    }
    // SEC 1 2.3.4: only the compressed form, and the point must be on the curve. The groups have prime order.
    if (raw.length !== curve.bytes + 1 || (raw[0] !== 2 && raw[0] !== 3))
      throw new RangeError('not a compressed point');
    const point = ECDH.convertKey(raw, curve.ecdh, undefined, undefined, 'uncompressed') as Buffer;
    const x = point.subarray(1, 1 + curve.bytes).toString('base64url');
    const y = point.subarray(1 + curve.bytes).toString('base64url');
    return createPublicKey({ key: { kty: 'EC', crv: curve.jwk, x, y }, format: 'jwk' });
  } catch (error) {
    if (error instanceof WeakKeyError) throw error;
    throw new WeakKeyError('not_a_point', 'the key is not a point of its curve');
  }
}

function multibaseOf(algorithm: KeyAlgorithm, key: KeyObject, jwk: JsonObject): string {
  const { header, curve } = CODECS[algorithm];
  const part = (name: string) => Buffer.from(String(jwk[name]), 'base64url');
  if (algorithm === 'Ed25519') return encodeMultikey(part('x'));
  const body = curve
    ? Buffer.concat([Buffer.of(2 + (part('y').at(-1)! & 1)), part('x')])
    : key.export({ format: 'der', type: 'pkcs1' });
  return `z${encode(Uint8Array.of(...header, ...body))}`;
}

function assertStrongRsa(key: KeyObject, { n }: JsonObject): void {
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
  if (modulusLength < RSA_BITS.min || publicExponent < 3n || publicExponent % 2n === 0n) {
    throw new WeakKeyError('weak_rsa', `an RSA key has at least ${RSA_BITS.min} bits and an odd exponent`);
  }
  if (hasRocaForm(String(n))) throw new WeakKeyError('weak_rsa', 'the private half of this RSA key can be computed');
  // Nothing is wrong with these; they are only not read.
  if (modulusLength > RSA_BITS.max || publicExponent !== RSA_EXPONENT) {
    throw tooLarge();
  }
}

const malformed = (detail: string) => new WeakKeyError('malformed', detail);
const unknownKind = (detail: string) => new WeakKeyError('unknown_kind', detail);
const tooLarge = () =>
  unknownKind(`RSA keys over ${RSA_BITS.max} bits, or of another exponent than 65537, are not read here`);
