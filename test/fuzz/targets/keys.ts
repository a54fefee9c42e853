import { generateKeyPairSync } from 'node:crypto';
import { decode, encode } from 'base58-universal';
import { isObject, type Json, type JsonObject } from '#kernel';
import { decodeMultikey, encodeMultikey, publicKeyOf, readPublicJwk, readPublicKey, WeakKeyError } from '#keystore';
import { mutate } from '../mutate.ts';
import { mutateJson } from '../mutate-json.ts';
import { accepted, must, type Target, textOf, utf8 } from '../target.ts';

const KEYS = [
  publicKeyOf(generateKeyPairSync('ed25519').publicKey),
  publicKeyOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey),
  publicKeyOf(generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey),
  publicKeyOf(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey),
];
const refusal = (error: unknown): boolean => error instanceof WeakKeyError;

export const multikey: Target = {
  name: 'multikey',
  seeds: [
    ...KEYS.map((key) => utf8(key.multibase)),
    utf8('z6MkeTG3bFFSLYVU7VqhgZxqr6YzpaGrQtFMh1uvqGy1vDnP'),
    utf8('u7QE'),
  ],
  dictionary: ['z6Mk', 'zDn', 'z82L', 'z4MX', 'z1', '1', 'z', 'u', 'm', '0', 'l', 'I', 'O', '\u00e9'],
  shape(input, random) {
    const bytes = decode(
      textOf(input)
        .slice(1)
        .replaceAll(/[^1-9A-HJ-NP-Za-km-z]/g, ''),
    );
    return bytes ? utf8(`z${encode(mutate(bytes, random, Buffer.alloc(34), []))}`) : input;
  },
  run(input) {
    const text = textOf(input);
    const read = accepted(() => readPublicKey(text), refusal);
    const short = decodeMultikey(text);
    if (short) must(encodeMultikey(short) === text, 'an Ed25519 key with two spellings');
    if (!read) return;
    const { multibase, key, jwk, algorithm } = read.value;
    must(multibase === text, 'a key with two spellings');
    must(publicKeyOf(key).multibase === multibase, 'the key object is another key');
    must(readPublicJwk(jwk).multibase === multibase, 'the JWK is another key');
    must((algorithm === 'Ed25519') === (short !== undefined), 'the two readers of Ed25519 disagree');
    must(!('d' in jwk), 'a private member');
  },
};

export const jwk: Target = {
  name: 'jwk',
  seeds: [...KEYS.map((key) => utf8(JSON.stringify(key.jwk))), utf8('{"kty":"oct","k":"AAAA"}')],
  dictionary: [
    '"kty"',
    '"OKP"',
    '"EC"',
    '"RSA"',
    '"P-256"',
    '"secp256k1"',
    '"AQAB"',
    '"d"',
    '=',
    'AAAAAAAA',
    'null',
    '{}',
  ],
  shape(input, random) {
    try {
      return utf8(JSON.stringify(mutateJson(JSON.parse(textOf(input)) as Json, random)));
    } catch {
      return input;
    }
  },
  run(input) {
    let value: unknown;
    try {
      value = JSON.parse(textOf(input));
    } catch {
      return;
    }
    if (!isObject(value)) return;
    const read = accepted(() => readPublicJwk(value as JsonObject), refusal);
    if (!read) return;
    must(readPublicKey(read.value.multibase).multibase === read.value.multibase, 'does not survive being written');
    for (const [name, member] of Object.entries(read.value.jwk))
      must(value[name] === member, `${name} has two spellings`);
    must(!('d' in read.value.jwk), 'a private member');
  },
};
