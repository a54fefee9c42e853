import { deflateSync, inflateSync } from 'node:zlib';
import { fromBase45, toBase45 } from './base45.ts';

interface PackedLimits {
  /** Of the text with its prefix, in characters. */
  chars: number;
  /** Of what it holds, in bytes: a few hundred characters can otherwise become megabytes. */
  bytes: number;
}

/** Bytes as a text for a QR code in alphanumeric mode: a prefix, then base45 (RFC 9285) of zlib (RFC 1950). */
export const packText = (prefix: string, bytes: Uint8Array): string =>
  prefix + toBase45(deflateSync(bytes, { level: 9 }));

/** @throws RangeError for anything but what `packText` makes, within the limits, and nothing behind it */
export function unpackText(prefix: string, text: string, limits: PackedLimits): Uint8Array {
  if (!text.startsWith(prefix)) throw new RangeError(`it does not begin with ${prefix}`);
  if (text.length > limits.chars) throw new RangeError(`it is longer than ${limits.chars} characters`);
  const packed = fromBase45(text.slice(prefix.length));
  const { buffer, engine } = inflate(packed, limits.bytes);
  // The platform reads no further than the end of the stream, and says nothing of the rest.
  if (engine.bytesWritten !== packed.length) throw new RangeError('there is more behind its end');
  return buffer;
}

function inflate(packed: Uint8Array, maxOutputLength: number) {
  try {
    // With `info` it answers so (Node.js, zlib convenience methods); its types do not know that.
    const found: unknown = inflateSync(packed, { maxOutputLength, info: true });
    return found as { buffer: Buffer; engine: { bytesWritten: number } };
  } catch (cause) {
    throw new RangeError('it cannot be unpacked', { cause });
  }
}
