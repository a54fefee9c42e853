import { isObject, type Json } from './strict-json.ts';

/**
 * One text for one value, whatever the order of its members: the JSON Canonicalization Scheme (RFC 8785), whose numbers and
 * strings are those of `JSON.stringify` and whose members are sorted by UTF-16 code units. Written out here, because an
 * object cannot hold that order: a platform lists members such as `9` and `10` as numbers, before all others.
 * @param value no number that JSON cannot say, no lone surrogate; members that are undefined are left out
 */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key]!)}`);
  return `{${members.join(',')}}`;
}
