import { createPublicKey, ECDH } from 'node:crypto';
import { decode, encode } from 'base58-universal';
import { isObject } from '#kernel';
import { assertStrongPublicKey, encodeMultikey, WeakKeyError } from '#keystore';
import { type Failure, refused, unknown } from './outcome.ts';

/** A public key as Multikey, or why there is none. */
export type KeyForm = { outcome: 'ok'; publicKeyMultibase: string } | Failure;

type Form = 'publicKeyMultibase' | 'publicKeyJwk';

/** Which representation each type of verification method has; anything else is not read here. */
const FORMS: Record<string, { form: Form; only?: string }> = {
  Multikey: { form: 'publicKeyMultibase' },
  Ed25519VerificationKey2020: { form: 'publicKeyMultibase', only: 'z6Mk' },
  JsonWebKey: { form: 'publicKeyJwk' },
  JsonWebKey2020: { form: 'publicKeyJwk' },
};

const REPRESENTATIONS = ['publicKeyMultibase', 'publicKeyJwk', 'publicKeyBase58', 'publicKeyPem', 'publicKeyHex'];
const SECRETS = ['secretKeyMultibase', 'secretKeyJwk', 'privateKeyMultibase', 'privateKeyJwk', 'privateKeyBase58'];
/** RFC 7518 6.2.2, 6.3.2, 6.4.1; RFC 8037 2. */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

const P256_HEADER = [0x80, 0x24];
const P256_BYTES = 33;

/** Controlled Identifiers 1.0, 2.2: the key of a verification method. Type and representation are checked together. */
export function keyForm(method: Record<string, unknown>): KeyForm {
  if (SECRETS.some((name) => name in method)) return refused('private_key', 'the document publishes a private key');
  const jwk = method.publicKeyJwk;
  if (isObject(jwk) && hasPrivateMember(jwk)) return refused('private_key', 'the document publishes a private key');
  if (REPRESENTATIONS.filter((name) => name in method).length > 1) {
    return refused('method_malformed', 'the key has two representations');
  }
  const known = typeof method.type === 'string' && Object.hasOwn(FORMS, method.type) ? FORMS[method.type] : undefined;
  if (!known) return unsupported(`verification methods of type ${String(method.type).slice(0, 80)} are not read here`);
  if (!(known.form in method)) return refused('method_malformed', `the key has no ${known.form}`);
  const key = known.form === 'publicKeyJwk' ? jwkForm(jwk) : multibaseForm(method.publicKeyMultibase);
  if (key.outcome === 'ok' && known.only && !key.publicKeyMultibase.startsWith(known.only)) {
    return refused('method_malformed', `the key is not of type ${String(method.type)}`);
  }
  return key;
}

export function hasPrivateMember(jwk: Record<string, unknown>): boolean {
  return PRIVATE_MEMBERS.some((name) => name in jwk);
}

/** Ed25519 and P-256 (KP-2): small order, off the curve or another spelling is refused; other curves are unknown. */
export function multibaseForm(text: unknown): KeyForm {
  if (typeof text !== 'string' || !/^z[1-9A-HJ-NP-Za-km-z]{40,140}$/.test(text)) {
    return refused('method_malformed', 'publicKeyMultibase is not base58btc text');
  }
  const bytes = decode(text.slice(1)) ?? new Uint8Array();
  if (`z${encode(bytes)}` !== text) return refused('method_malformed', 'publicKeyMultibase has another spelling');
  if (bytes[0] === 0xed && bytes[1] === 0x01) return strong(text);
  if (bytes[0] === P256_HEADER[0] && bytes[1] === P256_HEADER[1]) return p256(text, bytes.subarray(2));
  return unsupported('only Ed25519 and P-256 keys are read here');
}

function jwkForm(jwk: unknown): KeyForm {
  if (!isObject(jwk)) return refused('method_malformed', 'publicKeyJwk is not an object');
  if (jwk.use !== undefined && jwk.use !== 'sig') return refused('method_malformed', 'the key is not for signatures');
  if (jwk.kty === 'OKP' && jwk.crv === 'Ed25519') {
    const x = coordinate(jwk.x);
    return x ? strong(encodeMultikey(x)) : refused('method_malformed', 'the coordinate of the key is malformed');
  }
  if (jwk.kty === 'EC' && jwk.crv === 'P-256') {
    const [x, y] = [coordinate(jwk.x), coordinate(jwk.y)];
    if (!x || !y) return refused('method_malformed', 'a coordinate of the key is malformed');
    try {
      createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: String(jwk.x), y: String(jwk.y) }, format: 'jwk' });
    } catch {
      return refused('weak_key', 'the key is not a point of the curve');
    }
    const point = Uint8Array.of(2 + (y[31]! & 1), ...x);
    return p256(`z${encode(Uint8Array.of(...P256_HEADER, ...point))}`, point);
  }
  return unsupported('only Ed25519 and P-256 keys are read here');
}

/** 32 bytes in base64url without padding, in its only spelling. */
function coordinate(text: unknown): Uint8Array | undefined {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'base64url') : undefined;
  return bytes?.length === 32 && bytes.toString('base64url') === text ? bytes : undefined;
}

function strong(publicKeyMultibase: string): KeyForm {
  try {
    assertStrongPublicKey(publicKeyMultibase);
    return { outcome: 'ok', publicKeyMultibase };
  } catch (error) {
    if (error instanceof WeakKeyError) return refused('weak_key', error.message);
    throw error;
  }
}

/** SEC 1 2.3.4: the compressed point must be on the curve. The group has prime order, so no point is of small order. */
function p256(publicKeyMultibase: string, point: Uint8Array): KeyForm {
  if (point.length !== P256_BYTES || (point[0] !== 2 && point[0] !== 3)) {
    return refused('weak_key', 'a P-256 key must be a compressed point');
  }
  try {
    ECDH.convertKey(point, 'prime256v1', undefined, undefined, 'uncompressed');
    return { outcome: 'ok', publicKeyMultibase };
  } catch {
    return refused('weak_key', 'the key is not a point of the curve');
  }
}

function unsupported(detail: string): Failure {
  return unknown('unsupported_key', detail);
}
