import { Buffer } from './buffer.ts';

export type Jwk =
  | { kty: 'RSA'; n: string; e: string; crv?: never; x?: never; y?: never }
  | { kty: 'EC'; crv: string; x: string; y: string; n?: never; e?: never }
  | { kty: 'OKP'; crv: string; x: string; y?: never; n?: never; e?: never };

/** As much of a `KeyObject` as is asked of a public key. */
export class BrowserKey {
  readonly jwk: Jwk;
  constructor(jwk: Jwk) {
    this.jwk = jwk;
  }

  export({ format }: { format: 'jwk' | 'der' }) {
    if (format === 'jwk') return { ...this.jwk };
    if (this.jwk.kty !== 'RSA') throw new TypeError('only RSA keys are written as PKCS #1');
    return pkcs1(bytes(this.jwk.n), bytes(this.jwk.e));
  }

  get asymmetricKeyDetails(): { modulusLength?: number; publicExponent?: bigint } {
    if (this.jwk.kty !== 'RSA') return {};
    const [first = 0, ...rest] = bytes(this.jwk.n);
    const exponent = BigInt(`0x${Buffer.from(bytes(this.jwk.e)).toString('hex')}`);
    return { modulusLength: first.toString(2).length + 8 * rest.length, publicExponent: exponent };
  }
}

const bytes = (text: string): Uint8Array => Buffer.from(text, 'base64url');

/** A number has one spelling: without zeros before it. */
const whole = (value: Uint8Array): Uint8Array =>
  value.subarray(
    Math.max(
      0,
      value.findIndex((byte) => byte !== 0),
    ),
  );

/** @throws TypeError */
export function rsaKey(n: string, e: string): BrowserKey {
  const [modulus, exponent] = [whole(bytes(n)), whole(bytes(e))];
  if (!modulus[0] || !exponent[0]) throw new TypeError('not an RSA key');
  const text = (value: Uint8Array) => Buffer.from(value).toString('base64url');
  return new BrowserKey({ kty: 'RSA', n: text(modulus), e: text(exponent) });
}

/** RFC 8017 A.1.1: a sequence of modulus and exponent, in DER. @throws TypeError */
export function rsaFromPkcs1(der: Uint8Array): BrowserKey {
  const [inside, after] = element(der, 0x30);
  const [modulus, then] = element(inside, 0x02);
  const [exponent, end] = element(then, 0x02);
  if (after.length > 0 || end.length > 0) throw new TypeError('there is more behind the key');
  const text = (value: Uint8Array) => Buffer.from(value).toString('base64url');
  return rsaKey(text(modulus), text(exponent));
}

/** @returns what is in the element at the start, and what is behind it */
function element(from: Uint8Array, tag: number): [inside: Uint8Array, after: Uint8Array] {
  const [found, first = 0x80] = from;
  let [at, length] = [2, first];
  if (first & 0x80) {
    at += first & 0x7f;
    length = from.subarray(2, at).reduce((sum, byte) => sum * 256 + byte, 0);
  }
  if (found !== tag || at === 2 + 0x80 || at + length > from.length || first === 0x80) throw new TypeError('not DER');
  return [from.subarray(at, at + length), from.subarray(at + length)];
}

function pkcs1(modulus: Uint8Array, exponent: Uint8Array): Uint8Array {
  // A first bit that is set would mean a number below zero.
  const integer = (value: Uint8Array) => tagged(0x02, value[0]! & 0x80 ? Uint8Array.of(0, ...value) : value);
  return tagged(0x30, Uint8Array.of(...integer(modulus), ...integer(exponent)));
}

function tagged(tag: number, content: Uint8Array): Uint8Array {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Uint8Array.of(tag, ...size, ...content);
}
