import { describe, expect, it } from 'vitest';
import { isDid, isIdentifier, isWebAddress, schemaCheck, textFault } from '#kernel';

describe('textFault', () => {
  it('takes names as people here write them', () => {
    for (const name of ['José Peñaflorida', 'Ma. Niña Ñ.', 'ᜊᜌ᜔ᜊᜌᜒᜈ᜔', "D'Angelo-Reyes", '李小龍', '👩‍🏫']) {
      expect(textFault(name, 200), name).toBeUndefined();
    }
    expect(textFault('two\n\tlines', 200, true)).toBeUndefined();
    expect(textFault('𝒜'.repeat(200), 200)).toBeUndefined();
  });

  it('refuses what reads as something else, or is not NFC', () => {
    const bad = [
      '',
      '  ',
      'José'.normalize('NFD'),
      'a\u202Eb',
      'a\u2066b',
      'a\u0000b',
      'a\u0085b',
      'a\u200Bb',
      '\uFEFFa',
    ];
    bad.push('a\uD800', 'two\nlines', 'a\tb', 'a\u2028b', '𝒜'.repeat(201));
    for (const text of bad) expect(textFault(text, 200), JSON.stringify(text)).toBeTypeOf('string');
    expect(textFault('a\rb', 200, true)).toBeTypeOf('string');
  });
});

describe('addresses', () => {
  it('are absolute, ASCII and without a user name', () => {
    expect(isWebAddress('https://example.org/a?b=c#d')).toBe(true);
    expect(isIdentifier('urn:uuid:1b4e28ba-2fa1-11d2-883f-0016d3cca427')).toBe(true);
    const bad = [
      '/a',
      'https://',
      'ftp://a/b',
      'https://a b',
      'https://a/<b>',
      'https://u:p@a/',
      'javascript:alert(1)',
    ];
    for (const text of [
      ...bad,
      '_:b0',
      'https://a/"',
      'https://ñ.ph/',
      `https://a/${'x'.repeat(2048)}`,
      '\nhttps://a/',
    ]) {
      expect(isIdentifier(text), text).toBe(false);
    }
  });
  it('tells a DID from a DID URL', () => {
    expect(isDid('did:web:localhost%3A8483:institutions:specimen')).toBe(true);
    for (const text of ['did:web', 'did:web:', 'did:web:a#b', 'did:web:a/b', 'did:WEB:a', 'did:web:a\n', 5]) {
      expect(isDid(text), String(text)).toBe(false);
    }
  });
});

describe('schemaCheck', () => {
  const check = schemaCheck({
    type: 'object',
    required: ['name'],
    additionalProperties: false,
    properties: {
      name: { type: 'string', maxLength: 5, format: 'line' },
      size: { type: 'number' },
      on: { type: 'string', format: 'day' },
    },
  });
  it('rejects with pointers, never repairs', () => {
    const value = { 'a/b': 1, size: '5', on: '2026-02-30' };
    expect(check(value, '/x')).toEqual([
      { pointer: '/x/name', detail: 'is required' },
      { pointer: '/x/a~1b', detail: 'is not a known member', code: 'unknown-member' },
      { pointer: '/x/size', detail: 'must be number' },
      { pointer: '/x/on', detail: 'must be a day that exists, YYYY-MM-DD' },
    ]);
    expect(value).toEqual({ 'a/b': 1, size: '5', on: '2026-02-30' });
    expect(check({ name: 'a\u202E' })).toEqual([
      { pointer: '/name', detail: 'must not have control, direction-changing or invisible characters' },
    ]);
    expect(check({ name: 'ok', constructor: 1 })).toHaveLength(1);
  });
});
