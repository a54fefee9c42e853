import { decode, encode } from 'cborg';
import { Problem } from '#kernel';
import { algorithmOf, type PublicKey, type Signer, verifySignature } from '#keystore';
import { signChecked } from '../keys.ts';

/** What claims are made of here: CBOR (RFC 8949) without floats, tags and simple values but the two truth values. */
export type CborValue = number | string | boolean | Uint8Array | CborValue[] | CborMap;
export type CborMap = Map<number, CborValue>;

/** A CWT that was taken apart; nothing of it is verified. */
export interface OpenedCwt {
  /** Of the protected header: which key of the issuer, as text. */
  kid: string;
  claims: CborMap;
  signature: Uint8Array;
  /** What the signature is of (RFC 9052, 4.4). */
  signedBytes: Uint8Array;
}

/** RFC 8392, 6: tag 61 says CWT, tag 18 COSE_Sign1 (RFC 9052, 2); of each the only encoding. */
const TAGS = Uint8Array.of(0xd8, 0x3d, 0xd2);
/** Header labels (RFC 9052, 3.1) and the algorithm EdDSA (RFC 9053, 2.2). */
const [ALG, KID, EDDSA] = [1, 4, -8];
const NOTHING = new Uint8Array();
const KID_BYTES = 64;

/**
 * A CWT (RFC 8392): claims in a COSE_Sign1 (RFC 9052, 4.2), signed with EdDSA. Everything of the header is protected.
 * @param kid at most 64 bytes
 * @throws Problem `signing-stopped` when the signer answers wrongly; `conflict` when its key is not Ed25519
 */
export async function signCwt(kid: string, claims: CborMap, signer: Signer): Promise<Uint8Array> {
  if (algorithmOf(signer.publicKeyMultibase) !== 'Ed25519') {
    throw new Problem('conflict', 'a CWT is signed here with an Ed25519 key only');
  }
  const header = encode(
    new Map<number, CborValue>([
      [ALG, EDDSA],
      [KID, Buffer.from(kid)],
    ]),
  );
  const payload = encode(claims);
  const signature = await signChecked(signer, signedBytesOf(header, payload));
  return Buffer.concat([TAGS, encode([header, new Map(), payload, signature])]);
}

/**
 * Takes one apart, strictly: exactly the header that `signCwt` makes, so that nothing critical or unknown, no other algorithm
 * and nothing unprotected is there; every part in the one deterministic encoding (RFC 8949, 4.2), which leaves no room for
 * indefinite lengths, keys twice, or anything behind.
 * @throws RangeError
 */
export function openCwt(bytes: Uint8Array): OpenedCwt {
  if (!startsWith(bytes, TAGS)) throw new RangeError('not a CWT: the tags 61 and 18 are missing');
  const message = read(bytes.subarray(TAGS.length));
  if (!Array.isArray(message) || message.length !== 4) throw new RangeError('a COSE_Sign1 has four parts');
  const [header, unprotected, payload, signature] = message;
  if (!(unprotected instanceof Map) || unprotected.size > 0) throw new RangeError('something in it is not protected');
  if (!(header instanceof Uint8Array) || !(payload instanceof Uint8Array) || !(signature instanceof Uint8Array)) {
    throw new RangeError('header, claims and signature are byte strings');
  }
  if (signature.length !== 64) throw new RangeError('an EdDSA signature has 64 bytes');
  const claims = read(payload);
  if (!isNumbered(claims)) throw new RangeError('its claims are not numbered');
  return { kid: kidOf(read(header)), claims, signature, signedBytes: signedBytesOf(header, payload) };
}

/** Whether it is the signature of this key; of a key that is not Ed25519 it never is. */
export const verifyCwt = ({ signature, signedBytes }: OpenedCwt, key: PublicKey): boolean =>
  key.algorithm === 'Ed25519' && verifySignature(key, signedBytes, signature);

/** RFC 9052, 4.4. */
const signedBytesOf = (header: Uint8Array, payload: Uint8Array): Uint8Array =>
  encode(['Signature1', header, NOTHING, payload]);

/** Two members and no third: `crit` (label 2) cannot be there, and nothing it could name. */
function kidOf(header: unknown): string {
  if (!isNumbered(header) || header.size !== 2 || header.get(ALG) !== EDDSA) {
    throw new RangeError('its header is not EdDSA with the name of a key');
  }
  const kid = header.get(KID);
  if (!(kid instanceof Uint8Array) || kid.length === 0 || kid.length > KID_BYTES) {
    throw new RangeError('the name of its key cannot be read');
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(kid);
}

const isNumbered = (value: unknown): value is CborMap =>
  value instanceof Map && [...value.keys()].every((key) => typeof key === 'number');

/** One value in its deterministic encoding: what would be written otherwise is not read. */
function read(bytes: Uint8Array): unknown {
  let value: unknown;
  try {
    value = decode(bytes, STRICT);
  } catch (cause) {
    throw new RangeError('not CBOR as it is read here', { cause });
  }
  if (Buffer.compare(encode(value), bytes) !== 0) throw new RangeError('not the deterministic encoding');
  return value;
}

const STRICT = {
  ...{ strict: true, useMaps: true, rejectDuplicateMapKeys: true },
  ...{ allowIndefinite: false, allowUndefined: false, allowInfinity: false, allowNaN: false, allowBigInt: false },
} as const;

const startsWith = (bytes: Uint8Array, head: Uint8Array): boolean => head.every((byte, at) => bytes[at] === byte);
