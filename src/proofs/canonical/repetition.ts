import { isObject, type Json, pointerToken } from '#kernel';

/** Nesting of equal siblings without ids that default verifiers can no longer canonicalise (hazards of RDFC-1.0). */
const LEVELS = 3;

/**
 * Looks for equal siblings without ids, inside equal siblings without ids, inside equal siblings without ids: the
 * canonical labels of such blank nodes can only be found by trying permutations.
 * @returns the JSON Pointer of the outermost repeated node, or undefined
 */
export function nestedRepetition(document: Json): string | undefined {
  return scan(document, '', new Map()).pointer;
}

interface Scan {
  /** How many levels of equal siblings nest at or under this value. */
  levels: number;
  pointer?: string;
}

function scan(value: Json, pointer: string, texts: Map<Json, string>): Scan {
  const best: Scan = { levels: 0 };
  const take = (found: Scan): void => {
    best.levels = Math.max(best.levels, found.levels);
    if (found.pointer !== undefined) best.pointer ??= found.pointer;
  };
  if (Array.isArray(value)) {
    const count = new Map<string, number>();
    for (const item of value) {
      if (isAnonymous(item)) count.set(textOf(item, texts), (count.get(textOf(item, texts)) ?? 0) + 1);
    }
    value.forEach((item, index) => {
      const inside = scan(item, `${pointer}/${index}`, texts);
      const repeated = isAnonymous(item) && count.get(textOf(item, texts))! > 1;
      const levels = inside.levels + (repeated ? 1 : 0);
      take({ ...inside, levels });
      if (repeated && levels >= LEVELS) best.pointer ??= `${pointer}/${index}`;
    });
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) take(scan(item, `${pointer}/${pointerToken(key)}`, texts));
  }
  return best;
}

function isAnonymous(value: Json): boolean {
  return isObject(value) && !('id' in value) && !('@id' in value);
}

/** Equal for objects that differ only in the order of members or of array items, which are equal as RDF. */
function textOf(value: Json, texts: Map<Json, string>): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  let text = texts.get(value);
  if (text === undefined) {
    text = Array.isArray(value)
      ? `[${value
          .map((item) => textOf(item, texts))
          .sort()
          .join()}]`
      : `{${Object.keys(value)
          .sort()
          .map((key) => `${JSON.stringify(key)}:${textOf(value[key]!, texts)}`)
          .join()}}`;
    texts.set(value, text);
  }
  return text;
}
