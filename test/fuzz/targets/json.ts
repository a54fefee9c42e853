import { isDeepStrictEqual } from 'node:util';
import { type Json, Problem, parseStrictJson, parseStrictJsonBytes } from '#kernel';
import { mutateJson } from '../mutate-json.ts';
import { accepted, must, type Target, textOf, utf8 } from '../target.ts';

/** Why strict JSON may refuse what the platform reads; everything else must be no JSON at all. */
const STRICTER = /occurs twice|__proto__|surrogate|nested deeper|more than|outside -|negative zero/;

const refusal = (error: unknown): boolean =>
  error instanceof Problem && (error.kind === 'malformed-json' || error.kind === 'payload-too-large');

function reason(text: string): string {
  try {
    parseStrictJson(text);
  } catch (error) {
    return (error as Problem).errors[0]?.detail ?? '';
  }
  return '';
}

export const json: Target = {
  name: 'json',
  seeds: [
    '{"a":[true,false,null,-1.5e3,"\\u00f1 \\"q\\" \\n\\/",{}],"toString":{"b":[]}," constructor ":1}',
    '{"issuer":{"id":"did:web:a.example"},"@context":["https://www.w3.org/ns/credentials/v2"],"x":0.1,"y":1E+2}',
    '[[[[[[]]]]],"\\ud83d\\ude00",9007199254740991,-0.0,1e-400]',
    ' \t\r\n"text" ',
    '0',
  ].map(utf8),
  dictionary: [
    ...[
      '"__proto__"',
      '"\\u005f_proto__"',
      '\\ud800',
      '\\u0000',
      'true',
      'null',
      '-0',
      '1e400',
      '01',
      '.5',
      '5.',
      '1e+',
    ],
    ...[
      '{"a":1,"\\u0061":2}',
      '/*x*/',
      '\uFEFF',
      'NaN',
      'Infinity',
      "'",
      ',]',
      ',}',
      '[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[',
      '\\x41',
    ],
  ],
  shape(input, random) {
    try {
      return utf8(JSON.stringify(mutateJson(JSON.parse(textOf(input)) as Json, random)));
    } catch {
      return input;
    }
  },
  run(input) {
    const text = textOf(input);
    const platform = accepted(
      () => JSON.parse(text) as unknown,
      (error) => error instanceof SyntaxError,
    );
    const ours = accepted(() => parseStrictJson(text), refusal);
    if (ours) {
      must(platform !== undefined, 'read what JSON.parse does not');
      must(isDeepStrictEqual(ours.value, platform.value), 'another value than that of JSON.parse');
      must(
        isDeepStrictEqual(parseStrictJson(JSON.stringify(ours.value)), ours.value),
        'does not survive being written',
      );
    } else if (platform) {
      must(STRICTER.test(reason(text)) || text.length > 200_000, `refused for no stated reason: ${reason(text)}`);
    }
    const bytes = accepted(() => parseStrictJsonBytes(input), refusal);
    const wellFormed = Buffer.from(text, 'utf8').equals(Buffer.from(input));
    must((bytes !== undefined) === (ours !== undefined && wellFormed), 'bytes and text are read differently');
  },
};
