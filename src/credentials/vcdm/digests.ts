import type { JsonObject } from '#kernel';

/** A SHA-2 digest that a document states, as bytes. */
export interface Digest {
  algorithm: 'sha256' | 'sha384' | 'sha512';
  value: Buffer;
}

const LENGTH = { sha256: 32, sha384: 48, sha512: 64 } as const;
/** Multihash codes of SHA2-256, SHA2-512 and SHA2-384 (VCDM 2.0, 5.3: digestMultibase holds a multihash). */
const CODES: Readonly<Record<number, Digest['algorithm']>> = { 18: 'sha256', 19: 'sha512', 32: 'sha384' };

/**
 * The digests of a related resource. `digestSRI` is hash expressions of Subresource Integrity; hex of the right length is
 * read as well, because the data model's own test suite writes it. `digestMultibase` is a multihash in base64url or base58btc.
 * @returns what can be compared, and the names of members that are no such digest
 */
export function readDigests({ digestSRI, digestMultibase }: JsonObject): { digests: Digest[]; malformed: string[] } {
  const malformed: string[] = [];
  const read = (name: string, value: unknown, parse: (text: string) => (Digest | undefined)[]): Digest[] => {
    if (value === undefined) return [];
    const found = typeof value === 'string' ? parse(value) : [];
    const digests = found.filter((one) => one !== undefined);
    if (found.length === 0 || digests.length < found.length) malformed.push(name);
    return digests;
  };
  const digests = [
    ...read('digestSRI', digestSRI, (text) => text.trim().split(/\s+/).map(readSri)),
    ...read('digestMultibase', digestMultibase, (text) => [readMultibase(text)]),
  ];
  return { digests, malformed };
}

function readSri(expression: string): Digest | undefined {
  const match = /^(sha256|sha384|sha512)-([A-Za-z0-9+/_-]+={0,2})(?:\?\S*)?$/.exec(expression);
  if (!match) return undefined;
  const algorithm = match[1] as Digest['algorithm'];
  const text = match[2]!;
  const hex = text.length === LENGTH[algorithm] * 2 && /^[0-9a-f]+$/i.test(text);
  // Node reads base64 and base64url alike.
  return sized(algorithm, Buffer.from(text, hex ? 'hex' : 'base64'));
}

function readMultibase(text: string): Digest | undefined {
  const bytes = /^u[A-Za-z0-9_-]+$/.test(text)
    ? Buffer.from(text.slice(1), 'base64url')
    : /^z[1-9A-HJ-NP-Za-km-z]{1,100}$/.test(text)
      ? base58(text.slice(1))
      : undefined;
  const algorithm = bytes && CODES[bytes[0]!];
  if (!algorithm || bytes[1] !== LENGTH[algorithm]) return undefined;
  return sized(algorithm, bytes.subarray(2));
}

const sized = (algorithm: Digest['algorithm'], value: Buffer): Digest | undefined =>
  value.length === LENGTH[algorithm] ? { algorithm, value } : undefined;

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** A multihash never begins with a zero byte, so leading zeros need no thought. */
function base58(text: string): Buffer {
  let number = 0n;
  for (const char of text) number = number * 58n + BigInt(ALPHABET.indexOf(char));
  const hex = number.toString(16);
  return Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
}
