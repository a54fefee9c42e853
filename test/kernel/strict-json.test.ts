import { describe, expect, it } from 'vitest';
import { Problem, parseStrictJson } from '#kernel';

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

  it('reads what JSON.parse reads', () => {
    const text = ' {"a":[true,false,null,-1.5e3,"\\u00f1 \\"q\\" \\n\\/",{}],"toString":{"b":[]}, "constructor": 1 } ';
    expect(parseStrictJson(text)).toEqual(JSON.parse(text));
  });
});
