import { isObject, type Json } from './strict-json.ts';

/**
 * One text for one value, whatever the order of its members: the JSON Canonicalization Scheme (RFC 8785), whose numbers and
 * strings are those of `JSON.stringify` and whose members are sorted by UTF-16 code units.
 * @param value no number that JSON cannot say, no lone surrogate
 */
export function canonicalJson(value: Json): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key]!)]),
  );
}
