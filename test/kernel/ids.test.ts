import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base32, ID_PATTERN, isToken, randomId, randomToken } from '#kernel';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** By arithmetic on one large number, filled up with zero bits. */
function reference(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => ALPHABET[Number.parseInt(group.padEnd(5, '0'), 2)]).join('');
}

describe('ids and tokens', () => {
  it('are base 32 of their bytes, whatever their number', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => base32(bytes) === reference(bytes)));
  });

  it('have the form by which they are known', () => {
    const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(bytes, (drawn) => {
        const random = { bytes: (length: number) => drawn.subarray(0, length) };
        expect(randomId(random)).toMatch(ID_PATTERN);
        expect(isToken(randomToken(random))).toBe(true);
        expect(isToken(`${randomToken(random)}A`)).toBe(false);
      }),
    );
    expect(isToken(undefined)).toBe(false);
  });
});
