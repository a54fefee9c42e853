import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSurelyStrict, type Json, Problem, parseStrictJson } from '#kernel';

/** What is read, or where it is refused. */
function outcome(text: string): string | undefined {
  try {
    return JSON.stringify(parseStrictJson(text));
  } catch (error) {
    return (error as Problem).errors[0]?.pointer;
  }
}

describe('strict JSON', () => {
  it.each([
    ['{"a":1,"a":2}', '/a'],
    ['{"a":1,"\\u0061":2}', '/a'],
    ['{"__proto__":1}', '/__proto__'],
    ['{"x":["__proto__"]}', '/x/0'],
    ['{"x":"\\u005f_proto__"}', '/x'],
    ['{"x":"\\ud800"}', '/x'],
    ['[1e400]', '/0'],
    ['[9007199254740993]', '/0'],
    ['[-0]', '/0'],
    ['[05]', ''],
    ['[1,]', ''],
    ['{"a":1} x', ''],
    ['', ''],
    ['{"a/b":{"c~":nul}}', '/a~1b/c~0'],
  ])('refuses %s at %s', (text, pointer) => {
    try {
      parseStrictJson(text);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(Problem);
      expect((error as Problem).kind).toBe('malformed-json');
      expect((error as Problem).errors[0]?.pointer).toBe(pointer);
    }
  });

  it('refuses depth 33 and a flood of members before doing any work on them', () => {
    expect(() => parseStrictJson('['.repeat(10_000))).toThrow(/deeper/);
    expect(() => parseStrictJson(`{${Array.from({ length: 10_001 }, (_, i) => `"${i}":0`).join()}}`)).toThrow(
      /members/,
    );
  });

  it('is certain only of values whose text it reads as them', () => {
    let certain = 0;
    const strings = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', '\ud800', '"\\\u0000', 'ñ'));
    fc.assert(
      fc.property(
        fc.anything({ key: strings, values: [strings, fc.double(), fc.integer(), fc.boolean()] }),
        (value) => {
          if (!isSurelyStrict(value as Json)) return;
          certain++;
          expect(parseStrictJson(JSON.stringify(value))).toEqual(value);
        },
      ),
      { numRuns: 3_000 },
    );
    expect(certain).toBeGreaterThan(300);
  });

  it.each([
    ['a lone surrogate', { a: ['\ud800'] }],
    ['a lone surrogate in a name', { a: { '\udc00': 1 } }],
    ['__proto__', { a: '__proto__' }],
    ['a number beyond the safe range', [2 ** 53]],
    ['a number that JSON has not', [Number.NaN]],
    ['negative zero', { a: -0 }],
    ['what JSON leaves out', { a: undefined } as never],
    ['what has a text of its own', { a: new Date(0) } as never],
    ['33 levels', Array.from({ length: 32 }).reduce<Json>((inside) => [inside], [])],
    ['10,001 members', Array.from({ length: 10_001 }, () => 0)],
    ['more bytes than are read', 'a'.repeat(256 * 1024)],
  ])('is not certain of %s', (_, value) => {
    expect(isSurelyStrict(value as Json)).toBe(false);
  });

  it('is certain of 32 levels', () => {
    expect(isSurelyStrict(Array.from({ length: 31 }).reduce<Json>((inside) => [inside], []))).toBe(true);
  });

  // The same value in fewer characters here and in more there: its length alone must not make a text the platform's.
  it('reads text of other writers as its own parser reads it', () => {
    const numbers = fc.constantFrom(
      ...['0', '-0', '0e9', '100', '1e2', '1E2', '1e3', '1000', '1e-1', '0.1', '1e-3', '0.001', '0.10', '1.5', '15e-1'],
      ...['999', '999.99', '1e21', '0.30000000000000004', '0.3', '9007199254740993', '1e400', '5e-324', '12e-3', '-1'],
    );
    const texts = fc.oneof(
      fc.constantFrom(
        '"a"',
        '"\\u0061"',
        '"\ud800"',
        '"\\ud800"',
        '"\u{1f600}"',
        '"ñ"',
        '"__proto__"',
        'null',
        'true',
        'false',
      ),
      fc.string().map((text) => JSON.stringify(text)),
    );
    const space = fc.constantFrom('', '', '', ' ', '\n');
    const names = fc.constantFrom('"a"', '"b"', '"\\u0061"', '"1"', '"0"', '"constructor"');
    const { tree } = fc.letrec<{ tree: string; list: string; map: string }>((tie) => ({
      tree: fc.oneof({ maxDepth: 4 }, numbers, texts, tie('list'), tie('map')),
      list: fc
        .tuple(fc.array(tie('tree'), { maxLength: 4 }), space)
        .map(([items, gap]) => `[${items.join(`,${gap}`)}]`),
      map: fc
        .tuple(fc.array(fc.tuple(names, tie('tree')), { maxLength: 4 }), space)
        .map(([members, gap]) => `{${members.map(([name, value]) => `${name}:${gap}${value}`).join()}}`),
    }));
    fc.assert(
      fc.property(tree, (text) => {
        expect(outcome(text)).toBe(outcome(` ${text}`));
      }),
      { numRuns: 5_000 },
    );
    expect(outcome('{"a":1000,"a":1e3}')).toBe('/a');
    expect(outcome('[100,"\ud800"]')).toBe('/1');
  });

  // A space before it leaves a text its meaning, and keeps it from being read by the platform.
  it('reads text that the platform writes as it reads any other', () => {
    const hostile = fc.constantFrom(
      '__proto__',
      '\ud800',
      '\u0000',
      '9'.repeat(16),
      'e+',
      '\\ud800',
      'constructor',
      '7',
    );
    const keys = fc.oneof(hostile, fc.string());
    const numbers = fc.constantFrom(-0, 2 ** 53, 1e21, 1e-7, 5e-324, 9007199254740991, -1.5);
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ maxDepth: 6 }, numbers, hostile, fc.string(), fc.jsonValue(), tie('list'), tie('map')),
      list: fc.array(tie('tree'), { maxLength: 4 }),
      map: fc.dictionary(keys, tie('tree'), { maxKeys: 4, noNullPrototype: true }),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const text = JSON.stringify(value);
        expect(outcome(text)).toBe(outcome(` ${text}`));
      }),
      { numRuns: 2_000 },
    );
    for (const depth of [31, 32, 33]) {
      const text = `${'['.repeat(depth)}${']'.repeat(depth)}`;
      expect(outcome(text)).toBe(outcome(` ${text}`));
    }
  });

  it('reads what JSON.parse reads', () => {
    const text = ' {"a":[true,false,null,-1.5e3,"\\u00f1 \\"q\\" \\n\\/",{}],"toString":{"b":[]}, "constructor": 1 } ';
    expect(parseStrictJson(text)).toEqual(JSON.parse(text));
  });
});
