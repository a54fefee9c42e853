import { fieldProblem, type Json, pointerToken } from '#kernel';

/**
 * Closes the object prototype against additions for the rest of the process. The JSON-LD library writes the *value*
 * `__proto__` of an IRI-typed member to the global object prototype before its own checks run
 * (digitalbazaar/jsonld.js issue 584); every later document would then fail or change its meaning.
 * Call it first thing at start; it is idempotent. A worker thread calls it for itself.
 */
export function hardenPrototypes(): void {
  Object.preventExtensions(Object.prototype);
}

/** @throws Error unless the process runs with `--disable-proto=delete` and `hardenPrototypes` has been called */
export function assertHardened(): void {
  if ('__proto__' in Object.prototype) throw new Error('start node with --disable-proto=delete');
  if (Object.isExtensible(Object.prototype)) throw new Error('hardenPrototypes() was not called');
}

/**
 * Refuses `__proto__` as member name or value, and text that is not well-formed UTF-16 (two different lone surrogates
 * have one UTF-8 form, hence one signature), also when the document did not come through the strict parser.
 * @throws Problem `lint-failed` with the JSON Pointer
 */
export function assertNoProto(document: unknown): void {
  if (!isClean(document as Json, 0)) walk(document as Json, '');
}

/** No pointers are made for what hardly ever has a fault. Deeper than any document of ours, the walk with pointers decides. */
const DEPTH = 64;

function isClean(value: Json, depth: number): boolean {
  if (typeof value === 'string') return value !== '__proto__' && value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  if (depth > DEPTH) return false;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) if (!isClean(value[index]!, depth + 1)) return false;
    return true;
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  for (const key of Object.keys(value)) {
    if (key === '__proto__' || !key.isWellFormed() || !isClean(value[key]!, depth + 1)) return false;
  }
  return true;
}

function walk(value: Json, pointer: string): void {
  if (typeof value === 'string') check(value, pointer);
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) walk(item, `${pointer}/${index}`);
  else if (typeof value === 'object' && value !== null) {
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) {
      throw fieldProblem('lint-failed', pointer, 'an object with a foreign prototype', 'forbidden_member');
    }
    for (const key of Object.keys(value)) {
      check(key, `${pointer}/${pointerToken(key)}`);
      walk(value[key]!, `${pointer}/${pointerToken(key)}`);
    }
  }
}

function check(text: string, pointer: string): void {
  if (text === '__proto__')
    throw fieldProblem('lint-failed', pointer, '"__proto__" is not allowed', 'forbidden_member');
  if (!text.isWellFormed()) throw fieldProblem('lint-failed', pointer, 'a lone surrogate', 'forbidden_member');
}
