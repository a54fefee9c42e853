import { createSignCryptosuite } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import { describe, expect, it } from 'vitest';
import { canonicalJson, type Json } from '#kernel';

/** RFC 8785 through another implementation: the package `canonicalize`, as the suite of the library uses it. */
const reference = (value: Json): Promise<string> => createSignCryptosuite().canonize!(value, {});

/** The double with these 64 bits. */
const double = (bits: bigint): number => {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
};

describe('JL-12 JSON canonicalisation (RFC 8785)', () => {
  it('sorts as section 3.2.3 says, and writes strings as 3.2.2.2', () => {
    const value = JSON.parse(
      '{"\\u20ac": "Euro Sign", "\\r": "Carriage Return", "\\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",' +
        ' "\\ud83d\\ude00": "Emoji: Grinning Face", "\\u0080": "Control", "\\u00f6": "Latin Small Letter O With Diaeresis"}',
    ) as Json;
    expect(
      JSON.parse(`[${[...canonicalJson(value).matchAll(/("(?:[^"\\]|\\.)*"):/g)].map(([, key]) => key)}]`),
    ).toEqual(['\r', '1', '\u0080', '\u00f6', '\u20ac', '\u{1f600}', '\ufb33']);
    expect(canonicalJson('\u20ac$\u000F\nA\'B"\\\\"/')).toBe('"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"');
    expect(
      canonicalJson(JSON.parse('{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001]}')),
    ).toBe('{"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27]}');
  });

  it('members that look like numbers are sorted as text', async () => {
    const value = JSON.parse('{"9": 1, "10": 2, "b": {"2": 1, "11": [], "": {}}, "a": null, "01": true}') as Json;
    expect(canonicalJson(value)).toBe('{"01":true,"10":2,"9":1,"a":null,"b":{"":{},"11":[],"2":1}}');
    expect(canonicalJson(value)).toBe(await reference(value));
  });

  it.each([
    [0x0000000000000000n, '0'],
    [0x8000000000000000n, '0'],
    [0x0000000000000001n, '5e-324'],
    [0x8000000000000001n, '-5e-324'],
    [0x7fefffffffffffffn, '1.7976931348623157e+308'],
    [0xffefffffffffffffn, '-1.7976931348623157e+308'],
    [0x4340000000000000n, '9007199254740992'],
    [0xc340000000000000n, '-9007199254740992'],
    [0x4430000000000000n, '295147905179352830000'],
    [0x44b52d02c7e14af5n, '9.999999999999997e+22'],
    [0x44b52d02c7e14af6n, '1e+23'],
    [0x44b52d02c7e14af7n, '1.0000000000000001e+23'],
    [0x444b1ae4d6e2ef4en, '999999999999999700000'],
    [0x444b1ae4d6e2ef4fn, '999999999999999900000'],
    [0x444b1ae4d6e2ef50n, '1e+21'],
    [0x3eb0c6f7a0b5ed8cn, '9.999999999999997e-7'],
    [0x3eb0c6f7a0b5ed8dn, '0.000001'],
    [0x41b3de4355555553n, '333333333.3333332'],
    [0x41b3de4355555554n, '333333333.33333325'],
    [0x41b3de4355555555n, '333333333.3333333'],
    [0x41b3de4355555556n, '333333333.3333334'],
    [0x41b3de4355555557n, '333333333.33333343'],
    [0xbecbf647612f3696n, '-0.0000033333333333333333'],
    [0x43143ff3c1cb0959n, '1424953923781206.2'],
  ])('the number %s of appendix B', (bits, text) => {
    expect(canonicalJson(double(bits))).toBe(text);
  });

  it('10 000 doubles of every size, and 300 documents, are written as another implementation writes them', async () => {
    // A fixed generator: the same documents in every run.
    let state = 0x2545f4914f6cdd1dn;
    const next = (): bigint => {
      state ^= (state << 13n) & 0xffffffffffffffffn;
      state ^= state >> 7n;
      state ^= (state << 17n) & 0xffffffffffffffffn;
      return state;
    };
    let count = 0;
    while (count < 10_000) {
      const value = double(next());
      if (!Number.isFinite(value)) continue;
      const text = canonicalJson(value);
      expect(text).toBe(await reference(value));
      expect(Object.is(Number(text), value === 0 ? 0 : value)).toBe(true);
      count++;
    }
    const letters = [
      'a',
      'B',
      '1',
      '10',
      '\u00f1',
      '\u20ac',
      '\ufb33',
      '\u{1f600}',
      '\u0007',
      '"',
      '\\',
      '/',
      ' ',
      '\u2028',
    ];
    const pick = (size: number): number => Number(next() % BigInt(size));
    const word = (): string => Array.from({ length: pick(4) }, () => letters[pick(letters.length)]).join('');
    const value = (depth: number): Json => {
      const kind = pick(depth > 0 ? 7 : 5);
      if (kind === 5) return Array.from({ length: pick(5) }, () => value(depth - 1));
      if (kind === 6) return Object.fromEntries(Array.from({ length: pick(6) }, () => [word(), value(depth - 1)]));
      return [null, true, word(), pick(1e9) / 1000, word()][kind]!;
    };
    for (let index = 0; index < 300; index++) {
      const document = { value: value(4) };
      expect(canonicalJson(document)).toBe(await reference(document));
    }
    console.log(`JL-12: ${count} doubles and 300 documents, 0 differences`);
  });
});
