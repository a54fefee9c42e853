import { gunzipSync } from 'node:zlib';

/** Bitstring Status List 1.0 section 3.4, written out once more: the first bit of a byte is the highest. */
export const decodeBitstring = (encodedList: string): Uint8Array =>
  gunzipSync(Buffer.from(encodedList.slice(1), 'base64url'));

export const isSet = (bits: Uint8Array, index: number): boolean => ((bits[index >> 3]! >> (7 - (index & 7))) & 1) === 1;
