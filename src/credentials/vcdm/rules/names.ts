import { isObject, type Json, type JsonObject } from '#kernel';
import type { ConformityRule, Finding } from '../rule.ts';
import { each, objects } from '../values.ts';

/** BCP 47 in outline: a primary subtag, then subtags of up to eight characters. */
const LANGUAGE = /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/;
const KEYS: ReadonlySet<string> = new Set(['@value', '@language', '@direction']);

/** Text, or text with its language and direction (VCDM 2.0, 11.1); nothing beside them. */
function fault(value: JsonObject): string | undefined {
  if (typeof value['@value'] !== 'string') return 'must be text, or an object whose @value is text';
  if (!Object.keys(value).every((key) => KEYS.has(key))) return 'may only have @value, @language and @direction';
  const { '@language': language, '@direction': direction } = value;
  if (language !== undefined && !(typeof language === 'string' && LANGUAGE.test(language))) {
    return 'must have a language tag as @language';
  }
  return direction === undefined || direction === 'ltr' || direction === 'rtl' ? undefined : 'must be ltr or rtl';
}

function names(of: JsonObject, at: string): Finding[] {
  const found: Finding[] = [];
  for (const key of ['name', 'description']) {
    if (Array.isArray(of[key]) && of[key].length === 0) found.push({ pointer: `${at}/${key}`, detail: 'is empty' });
    for (const { pointer, value } of each(of[key], `${at}/${key}`)) {
      if (typeof value !== 'string' && !isObject(value)) found.push({ pointer, detail: 'must be text' });
      else if (isObject(value) && !('@value' in value)) found.push({ pointer, detail: 'must be text with @value' });
    }
  }
  return found;
}

/** Of the credential and its issuer; texts with a language wherever they stand. */
export const namesAndDescriptions: ConformityRule = {
  id: 'names-and-descriptions',
  clause: '4.6',
  check(document, about) {
    const found: Finding[] = [];
    if (about.version === '2.0') {
      found.push(...names(document, ''));
      if (isObject(document.issuer)) found.push(...names(document.issuer, '/issuer'));
    }
    for (const { pointer, value } of objects(document, about)) {
      const wrong = '@value' in value ? fault(value) : undefined;
      if (wrong) found.push({ pointer, detail: wrong });
    }
    return found;
  },
  examples: {
    pass: places().flatMap(({ label, put }) =>
      [
        'Plain',
        { '@value': 'Dalubhasa', '@language': 'fil' },
        { '@value': 'Dalubhasa', '@language': 'fil-PH', '@direction': 'ltr' },
        [
          { '@value': 'HTML', '@language': 'en' },
          { '@value': 'HTML', '@language': 'ar', '@direction': 'rtl' },
        ],
      ].map((value) => ({
        on: 'credential' as const,
        title: `${label} ${JSON.stringify(value)}`,
        change: (d: Sample) => put(d, value as Json),
      })),
    ),
    fail: places().flatMap(({ label, put, pointer }) => [
      ...[
        { '@value': 'HTML', '@language': 'en', url: 'did:example:extra' },
        { '@value': 5 },
        { '@value': 'x', '@language': 'not a tag' },
        { '@value': 'x', '@language': null },
        { '@value': 'x', '@direction': 'up' },
        { en: 'English' },
        5,
        null,
        [],
      ].map((value) => ({
        on: 'credential' as const,
        title: `${label} ${JSON.stringify(value)}`,
        change: (d: Sample) => put(d, value as Json),
        pointer,
      })),
    ]),
  },
};

// biome-ignore lint/suspicious/noExplicitAny: examples reach into a JSON document
type Sample = any;

function places() {
  return ['name', 'description'].flatMap((key) => [
    {
      label: key,
      pointer: `/${key}`,
      put: (d: Sample, value: Json) => {
        d[key] = value;
      },
    },
    {
      label: `issuer ${key}`,
      pointer: `/issuer/${key}`,
      put: (d: Sample, value: Json) => {
        d.issuer[key] = value;
      },
    },
  ]);
}
