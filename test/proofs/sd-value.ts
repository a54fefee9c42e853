import type { JsonObject } from '#kernel';
import { type Cbor, readCbor } from '../../src/proofs/ecdsa-sd-2023/cbor.ts';

/** A proof value taken apart, to be put together again by a writer of CBOR as small as the reader. */
export type Parts = Cbor[];
export const partsOf = ({ proofValue }: JsonObject): Parts =>
  readCbor(Buffer.from(String(proofValue).slice(1), 'base64url').subarray(3)) as Parts;

function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.of((major << 5) | value);
  if (value < 256) return Buffer.of((major << 5) | 24, value);
  if (value < 65_536) return Buffer.of((major << 5) | 25, value >> 8, value & 255);
  const wide = Buffer.of((major << 5) | 26, 0, 0, 0, 0);
  wide.writeUInt32BE(value, 1);
  return wide;
}
export function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return head(0, value);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(cbor)]);
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([name, one]) => [cbor(name), cbor(one)])]);
}
export const raw = (bytes: Uint8Array): string => `u${Buffer.from(bytes).toString('base64url')}`;
export const proofValueOf = (parts: Cbor): string => raw(Buffer.concat([Buffer.from('d95d01', 'hex'), cbor(parts)]));
