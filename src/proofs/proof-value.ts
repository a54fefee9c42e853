import { decode, encode } from 'base58-universal';

/** `z` + base58btc of exactly `length` bytes, in the one form that encodes back to the same text. */
export function strictBase58(multibase: unknown, length: number): Uint8Array | undefined {
  if (typeof multibase !== 'string' || multibase[0] !== 'z' || multibase.length > length * 2) return undefined;
  try {
    const bytes = decode(multibase.slice(1));
    return bytes?.length === length && `z${encode(bytes)}` === multibase ? bytes : undefined;
  } catch {
    return undefined;
  }
}
