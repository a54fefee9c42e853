import {
  fieldProblem,
  isObject,
  type JsonObject,
  LIMITS,
  Problem,
  parseStrictJsonBytes,
  strictBase64url,
} from '#kernel';
import { type OpeningCode, refuse } from './refusal.ts';

/** A JSON Web Signature in compact form (RFC 7515, 7.1), taken apart; what it is about is bytes. */
export interface CompactBytes {
  header: JsonObject;
  payload: Uint8Array;
  /** What the signature is over: the first two parts as they came, ASCII. */
  signingInput: Uint8Array;
  /** Empty in an unsecured token. */
  signature: Uint8Array;
}

export interface CompactJws extends CompactBytes {
  claims: JsonObject;
}

/**
 * Exactly three parts in the only spelling of base64url, the header a strict JSON object: two readers cannot see two
 * tokens in one text.
 * @throws Problem `invalid-request` (see `OpeningCode`), `malformed-json` with the member
 */
export function splitCompact(text: string): CompactBytes {
  const parts = text.split('.', 7);
  if (parts.length === 5) throw refuse('encrypted', 'the token is encrypted; encrypted credentials are not read');
  if (parts.length !== 3) throw refuse('not_compact', 'a signed token has exactly three parts');
  const [protectedPart, payloadPart, signaturePart] = parts as [string, string, string];
  const header = jsonObject(bytesOf(protectedPart, 'header'), 'header', LIMITS.jwtHeaderBytes);
  // Before the payload: compressed or encrypted bytes are not JSON, and the reason should be said.
  if ('enc' in header) throw refuse('encrypted', 'the token is encrypted; encrypted credentials are not read');
  if ('zip' in header) throw refuse('compressed', 'the token is compressed; compressed credentials are not read');
  return {
    header,
    payload: payloadPart === '' ? new Uint8Array() : bytesOf(payloadPart, 'payload'),
    signingInput: Buffer.from(`${protectedPart}.${payloadPart}`, 'ascii'),
    signature: signaturePart === '' ? new Uint8Array() : bytesOf(signaturePart, 'signature'),
  };
}

/** The same with a strict JSON object as payload (RFC 7519). @throws as `splitCompact` */
export function readCompact(text: string): CompactJws {
  const parts = splitCompact(text);
  return { ...parts, claims: jsonObject(parts.payload, 'payload', LIMITS.jsonBytes) };
}

function bytesOf(part: string, name: string): Uint8Array {
  const bytes = strictBase64url(part);
  if (!bytes) throw refuse('base64url', `the ${name} of the token is not base64url in its only spelling`);
  return bytes;
}

function jsonObject(raw: Uint8Array, code: OpeningCode & ('header' | 'payload'), bytes: number): JsonObject {
  const value = strictJson(raw, `the ${code} of the token`, bytes);
  if (!isObject(value)) throw refuse(code, `the ${code} of the token is not a JSON object`);
  return value;
}

/** Strict JSON of a part; the problem says in which part it is. */
export function strictJson(raw: Uint8Array, where: string, bytes: number) {
  try {
    return parseStrictJsonBytes(raw, { bytes });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw fieldProblem(error.kind, error.errors[0]?.pointer ?? '', `${where}: ${error.message}`);
  }
}
