import { isObject, type Json } from './strict-json.ts';

/**
 * Whether two values have one JSON text, the order of members included, without writing it.
 * @param one from JSON, like the other: nothing in them is undefined
 */
export function isSameJson(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  if (Array.isArray(one)) {
    if (!Array.isArray(other) || one.length !== other.length) return false;
    for (let index = 0; index < one.length; index++) if (!isSameJson(one[index], other[index])) return false;
    return true;
  }
  if (!isObject(one) || !isObject(other)) return false;
  const names = Object.keys(other);
  let index = 0;
  for (const name in one) if (name !== names[index++] || !isSameJson(one[name], other[name])) return false;
  return index === names.length;
}
