import { fieldProblem, isObject, type Json, Problem, pointerToken } from '#kernel';
import { isExact } from './canonical/compiled/numbers.ts';

/**
 * Numbers whose RDF form is not theirs: the reference writes 16 digits of a double and reads `1e-7` as the integer 0,
 * so that two documents with different numbers would share one signature.
 * @throws Problem `lint-failed` with the pointer
 */
export function assertPortableNumbers(value: Json): void {
  if (!hasPortableNumbers(value)) refuseNumber(value, '');
}

function hasPortableNumbers(value: Json): boolean {
  if (typeof value === 'number') return isExact(value);
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(hasPortableNumbers);
  for (const key of Object.keys(value)) if (!hasPortableNumbers(value[key]!)) return false;
  return true;
}

/** @throws Problem `lint-failed` for the first one */
function refuseNumber(value: Json, pointer: string): void {
  if (typeof value === 'number') {
    if (isExact(value)) return;
    throw fieldProblem('lint-failed', pointer, `the number ${value} has no exact signed form`, 'number_form');
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) refuseNumber(item, `${pointer}/${index}`);
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) refuseNumber(item, `${pointer}/${pointerToken(key)}`);
  }
}

/**
 * Canonical forms on which libraries disagree: the reference keeps duplicate lines (a dataset is a set), and sorts by
 * UTF-16 unit where RDFC-1.0 says code point.
 * @throws Problem `lint-failed`
 */
export function assertPortableNquads(nquads: string): void {
  const lines = nquads.split('\n').slice(0, -1);
  for (let index = 1; index < lines.length; index++) {
    const [before, line] = [lines[index - 1]!, lines[index]!];
    if (before === line) throw new Problem('lint-failed', `one statement occurs twice: ${line.slice(0, 200)}`);
    if (Buffer.compare(Buffer.from(before), Buffer.from(line)) > 0) {
      throw new Problem('lint-failed', `libraries sort these characters differently: ${line.slice(0, 200)}`);
    }
  }
}
