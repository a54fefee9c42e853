import { isObject, type JsonObject, Problem, parseStrictJson } from '#kernel';
import type { StatusPurpose } from '../ports.ts';
import { BitstringError, decodeBitstring } from './bitstring.ts';

/** A status list of this service as somebody else has it: a copy in a cache, or saved. */
export type PublishedList = {
  listId: string;
  /** Its issuer, by DID. */
  issuer: string;
  text: string;
} & (
  | {
      form: 'bits';
      purpose: StatusPurpose;
      /** Number of entries. */
      length: number;
      /** Ascending. */
      set: number[];
      /** `validFrom`: what was revoked later is not in it. */
      publishedAt: string;
    }
  /** Names what was revoked, by the ids of the store. Not signed, and does not say when it was made. */
  | { form: 'names'; names: string[] }
);

/** @returns undefined for anything that is no list of the service at this address */
export function readPublishedList(text: string, publicUrl: string): PublishedList | undefined {
  const document = parsed(text);
  if (!document || typeof document.id !== 'string' || typeof document.issuer !== 'string') return undefined;
  const { id, issuer } = document;
  const bits = idUnder(`${publicUrl}/status/`, id);
  if (bits) return readBits(document, { listId: bits, issuer, text });
  const names = idUnder(`${publicUrl}/revocations/`, id);
  if (!names || !Array.isArray(document.revokedCredential)) return undefined;
  const found = document.revokedCredential.map((one) => {
    return isObject(one) && typeof one.id === 'string' ? idUnder(`${publicUrl}/credentials/`, one.id) : undefined;
  });
  if (found.some((one) => one === undefined)) return undefined;
  return { listId: names, issuer, text, form: 'names', names: found as string[] };
}

function readBits(
  { credentialSubject: subject, validFrom }: JsonObject,
  list: { listId: string; issuer: string; text: string },
): PublishedList | undefined {
  if (!isObject(subject) || typeof subject.encodedList !== 'string' || typeof validFrom !== 'string') return undefined;
  const { statusPurpose: purpose } = subject;
  if (purpose !== 'revocation' && purpose !== 'suspension') return undefined;
  let bits: Uint8Array;
  try {
    bits = decodeBitstring(subject.encodedList);
  } catch (error) {
    if (error instanceof BitstringError) return undefined;
    throw error;
  }
  const set: number[] = [];
  bits.forEach((byte, at) => {
    if (byte === 0) return;
    for (let bit = 0; bit < 8; bit++) if (byte & (0x80 >> bit)) set.push(at * 8 + bit);
  });
  return { ...list, form: 'bits', purpose, length: bits.length * 8, set, publishedAt: validFrom };
}

function parsed(text: string): JsonObject | undefined {
  try {
    const document = parseStrictJson(text);
    return isObject(document) ? document : undefined;
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

function idUnder(prefix: string, id: string): string | undefined {
  const name = id.startsWith(prefix) ? id.slice(prefix.length) : '';
  return /^[0-9a-z]{26}$/.test(name) ? name : undefined;
}
