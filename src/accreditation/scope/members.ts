import { isObject, type JsonObject, pointerToken } from '#kernel';
import type { Bad } from './dimension.ts';

export const MAX_LIST = 200;

/** A list of objects of one shape. */
export function checkObjects(
  limit: unknown,
  at: string,
  bad: Bad,
  members: readonly string[],
  one: (item: JsonObject, at: string) => void,
): void {
  if (!Array.isArray(limit) || limit.length === 0 || limit.length > MAX_LIST) {
    bad(at, `must be a list of 1 to ${MAX_LIST} items`);
    return;
  }
  for (const [index, item] of limit.entries()) {
    const here = `${at}/${index}`;
    if (!isObject(item)) bad(here, `must be an object with ${members.join(', ')}`);
    else {
      onlyMembers(item, members, here, bad);
      one(item, here);
    }
  }
}

/** An unknown member is an error: a limit that is not understood would silently not limit. */
export function onlyMembers(value: object, members: readonly string[], at: string, bad: Bad): void {
  for (const key of Object.keys(value)) {
    if (!members.includes(key)) bad(`${at}/${pointerToken(key)}`, 'is not known');
  }
}
