import { deflateRawSync, gunzipSync, gzipSync } from 'node:zlib';
// @ts-expect-error the library has no types
import { decodeList } from '@digitalbazaar/vc-bitstring-status-list';
import { BitstringError, createBitstring, decodeBitstring, encodeBitstring, getBit, setBit } from '#credentials';
import { LIMITS } from '#kernel';
import { mutate } from '../mutate.ts';
import { accepted, must, type Target, textOf, utf8 } from '../target.ts';

const list = (...indexes: number[]): Uint8Array => {
  const bits = createBitstring(1024);
  for (const index of indexes) setBit(bits, index);
  return bits;
};
const encoded = (gzip: Uint8Array) => utf8(`u${Buffer.from(gzip).toString('base64url')}`);
const member = gzipSync(list(0, 7, 8, 1023));
const named = Buffer.concat([
  Buffer.from([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3]),
  Buffer.from('list\0'),
  deflateRawSync(list(5)),
  member.subarray(-8),
]);

/** What the platform makes of it, with the same cap; it joins members and passes over what it does not know. */
function platform(text: string): Buffer | undefined {
  try {
    return gunzipSync(Buffer.from(text.slice(1), 'base64url'), { maxOutputLength: LIMITS.statusInflateBytes });
  } catch {
    return undefined;
  }
}

export const bitstring: Target = {
  name: 'bitstring',
  seeds: [
    utf8(encodeBitstring(list())),
    utf8(encodeBitstring(list(1, 2, 3, 500))),
    encoded(member),
    encoded(named),
    encoded(gzipSync(Buffer.alloc(16 * 1024, 0xaa), { level: 0 })),
    encoded(Buffer.concat([member, member])),
    encoded(gzipSync(Buffer.alloc(4 * 1024 * 1024))),
  ],
  dictionary: ['u', 'H4sI', 'H4sIAAAAAAAA', '=', 'z', '-', '_', 'AAAAAAAA', 'H4sIHwAAAAAAAA'],
  shape(input, random) {
    const gzip = Buffer.from(textOf(input).slice(1), 'base64url');
    return encoded(mutate(gzip, random, member, []));
  },
  async run(input) {
    const text = textOf(input);
    const refusal = (error: unknown) => error instanceof BitstringError;
    const read = accepted(() => decodeBitstring(text), refusal);
    if (!read) return;
    const bits = read.value;
    must(bits.length <= LIMITS.statusInflateBytes, 'more than the cap');
    // The platform and the library also compare the check sum of the header, where one is given.
    if ((Buffer.from(text.slice(1), 'base64url')[3]! & 2) !== 0) return;
    must(platform(text)?.equals(bits) === true, 'other bytes than the platform reads');
    must(Buffer.from(decodeBitstring(encodeBitstring(bits))).equals(bits), 'does not survive being written');
    must(
      accepted(() => decodeBitstring(text, { bits: bits.length * 8 }), refusal) !== undefined,
      'refused its own length',
    );
    must(
      accepted(() => decodeBitstring(text, { bits: bits.length * 8 + 8 }), refusal) === undefined,
      'took another length',
    );
    if (bits.length === 0 || bits.length > 64 * 1024) return;
    const theirs = (await decodeList({ encodedList: text })) as { getStatus(index: number): boolean };
    for (const index of [0, 1, 7, 8, bits.length * 4, bits.length * 8 - 1].filter((one) => one < bits.length * 8)) {
      must(theirs.getStatus(index) === getBit(bits, index), `bit ${index} is another one in the reference library`);
    }
  },
};
