import { createPublicKey, verify } from 'node:crypto';
import { sha256Hex } from '#kernel';
import { assertStrongPublicKey, encodeMultikey } from '#keystore';

/** A key that signs notes (c2sp.org/signed-note): only Ed25519 (signature type 0x01) is known here. */
export interface NoteKey {
  /** Without spaces and `+`. */
  name: string;
  /** 32 bytes. */
  publicKey: Uint8Array;
}

const ED25519 = 0x01;
const KEY_ID_BYTES = 4;
const SIGNATURE_LINES = 16;
const SIGNATURE_LINE = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u;
const NAME = /^[^\s+]+$/u;
/** Every control character but the line feed. */
const CONTROLS = /[\u0000-\u0009\u000b-\u001f]/;

/** `name+hash+base64(0x01 || public key)`: the text by which a verifier is told of a key. @throws RangeError for a bad name */
export function verifierKey(key: NoteKey): string {
  if (!NAME.test(key.name)) throw new RangeError(`not a key name: ${key.name}`);
  return `${key.name}+${keyId(key).toString('hex')}+${encode(Uint8Array.of(ED25519, ...key.publicKey))}`;
}

/** @returns undefined for another algorithm, a key hash that does not fit, or a key under which a signature proves nothing */
export function parseVerifierKey(text: string): NoteKey | undefined {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/u.exec(text);
  const bytes = match && decode(match[3]!);
  if (bytes?.length !== 33 || bytes[0] !== ED25519) return undefined;
  const key = { name: match![1]!, publicKey: Uint8Array.from(bytes.subarray(1)) };
  try {
    assertStrongPublicKey(encodeMultikey(key.publicKey));
  } catch {
    return undefined;
  }
  return keyId(key).toString('hex') === match![2] ? key : undefined;
}

/**
 * @param text ends with a line feed; has no other control character
 * @param sign Ed25519 over the UTF-8 text with the private half of `key`
 * @throws RangeError for a text that could not be opened again
 */
export async function signNote(
  text: string,
  key: NoteKey,
  sign: (data: Uint8Array) => Promise<Uint8Array>,
): Promise<string> {
  if (!text.endsWith('\n') || CONTROLS.test(text)) throw new RangeError('not the text of a note');
  const signature = await sign(Buffer.from(text));
  return `${text}\n\u2014 ${key.name} ${encode(Buffer.concat([keyId(key), signature]))}\n`;
}

/**
 * The signed text of a note. Signatures of unknown keys (of witnesses, say) are passed over; one of this key must be there
 * and right.
 * @returns undefined when the note is malformed, or not signed by this key
 */
export function openNote(note: string, key: NoteKey): string | undefined {
  // The last empty line separates: the text may have empty lines of its own.
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n') || CONTROLS.test(note) || !note.isWellFormed()) return undefined;
  const text = note.slice(0, split + 1);
  const lines = note.slice(split + 2, -1).split('\n');
  if (lines.length > SIGNATURE_LINES) return undefined;
  const id = keyId(key);
  let signed = false;
  for (const line of lines) {
    const match = SIGNATURE_LINE.exec(line);
    const bytes = match && decode(match[2]!);
    if (!match || !bytes || bytes.length <= KEY_ID_BYTES) return undefined;
    if (match[1] !== key.name || !bytes.subarray(0, KEY_ID_BYTES).equals(id)) continue;
    if (!verify(null, Buffer.from(text), publicKeyObject(key), bytes.subarray(KEY_ID_BYTES))) return undefined;
    signed = true;
  }
  return signed ? text : undefined;
}

function keyId({ name, publicKey }: NoteKey): Buffer {
  const data = Buffer.concat([Buffer.from(`${name}\n`), Uint8Array.of(ED25519), publicKey]);
  return Buffer.from(sha256Hex(data), 'hex').subarray(0, KEY_ID_BYTES);
}

function publicKeyObject({ publicKey }: NoteKey) {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') };
  return createPublicKey({ key: jwk, format: 'jwk' });
}

const encode = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** RFC 4648 4, the one spelling only. */
function decode(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return encode(bytes) === text ? bytes : undefined;
}
