import { isObject, type Json, type JsonObject, pointerToken } from '#kernel';
import type { About } from './rule.ts';

const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/;

/** VCDM 2.0, 4.4: an identifier is one absolute URL; relative ones and blank nodes name nothing for certain. */
export function isUrl(value: Json | undefined): value is string {
  return typeof value === 'string' && ABSOLUTE.test(value) && URL.canParse(value);
}

/** A term of a context, or an absolute URL (VCDM 2.0, 4.5). Which terms there are, the contexts say. */
export function isTypeName(value: Json | undefined): value is string {
  return isUrl(value) || (typeof value === 'string' && /^[^\s:@][^\s:]*$/.test(value));
}

export interface Placed<T> {
  pointer: string;
  value: T;
}

/** A single value or a list of values, with pointers. */
export function each(value: Json | undefined, pointer: string): Placed<Json>[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return [{ pointer, value }];
  return value.map((one, index) => ({ pointer: `${pointer}/${index}`, value: one }));
}

/**
 * Every object of a document that is part of its own statements: contexts, proofs, data, and the credentials in a
 * presentation are left out.
 */
export function* objects(document: JsonObject, about: About): Generator<Placed<JsonObject>> {
  const skipped = new Set(['@context', 'proof', ...about.data]);
  if (about.kind === 'presentation') skipped.add('verifiableCredential');
  yield* inside(document, '', skipped);
}

function* inside(value: Json, pointer: string, skipped: ReadonlySet<string>): Generator<Placed<JsonObject>> {
  if (Array.isArray(value)) {
    for (const [index, one] of value.entries()) yield* inside(one, `${pointer}/${index}`, skipped);
  } else if (isObject(value)) {
    yield { pointer, value };
    for (const [key, one] of Object.entries(value)) {
      if (!skipped.has(key)) yield* inside(one, `${pointer}/${pointerToken(key)}`, skipped);
    }
  }
}

export function typesOf(document: JsonObject): Json[] {
  return Array.isArray(document.type) ? document.type : [document.type ?? null];
}
