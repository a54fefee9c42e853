import { formatInstant, isObject, type JsonObject, parseStrictJson } from '#kernel';
import { CREDENTIALS_V2 } from '#proofs';
import type { StatusPurpose } from '../ports.ts';
import { createBitstring, decodeBitstring, encodeBitstring, setBit } from './bitstring.ts';

/** How long a published list may be relied on. */
export const VALID_HOURS = 24;
/** After this it is signed again on the next look. */
export const REFRESH_HOURS = 12;
/** Milliseconds a reader may keep a copy. */
const TTL = 60_000;

export interface ListContent {
  url: string;
  issuer: string;
  purpose: StatusPurpose;
  bits: Uint8Array;
  at: Date;
}

/** The unsigned `BitstringStatusListCredential`, Bitstring Status List 1.0 section 2.2. */
export function buildListCredential(content: ListContent): JsonObject {
  return {
    '@context': [CREDENTIALS_V2],
    id: content.url,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: content.issuer,
    validFrom: formatInstant(content.at),
    validUntil: formatInstant(new Date(content.at.getTime() + VALID_HOURS * 3_600_000)),
    credentialSubject: {
      id: `${content.url}#list`,
      type: 'BitstringStatusList',
      statusPurpose: content.purpose,
      encodedList: encodeBitstring(content.bits),
      ttl: TTL,
    },
  };
}

/** Bits of a list in which these indexes are set. */
export function bitsOf(length: number, indexes: readonly number[]): Uint8Array {
  const bits = createBitstring(length);
  for (const index of indexes) setBit(bits, index);
  return bits;
}

/** The bits that a published text of ours says. @throws BitstringError, Problem `malformed-json` */
export function publishedBits(text: string, length: number): Uint8Array {
  const document = parseStrictJson(text);
  const subject = isObject(document) && isObject(document.credentialSubject) ? document.credentialSubject : {};
  return decodeBitstring(String(subject.encodedList), { bits: length });
}

/** The entry of one credential in a list. Its id may not be that of the list (Bitstring Status List 1.0, 2.1). */
export function bitstringEntry(
  publicUrl: string,
  { listId, index, purpose }: { listId: string; index: number; purpose: StatusPurpose },
): JsonObject {
  const list = `${publicUrl}/status/${listId}`;
  return {
    id: `${list}#${index}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: purpose,
    statusListIndex: String(index),
    statusListCredential: list,
  };
}
