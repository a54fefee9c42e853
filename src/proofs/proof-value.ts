import { decodeBase58 } from './base58.ts';

/** `z` + base58btc of exactly `length` bytes, in the one form that encodes back to the same text. */
export function strictBase58(multibase: unknown, length: number): Uint8Array | undefined {
  if (typeof multibase !== 'string' || multibase[0] !== 'z' || multibase.length > length * 2) return undefined;
  return decodeBase58(multibase.slice(1), length);
}
