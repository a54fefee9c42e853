import { type Json, pointerToken } from '#kernel';

export interface TextFinding {
  code: 'not_nfc' | 'bidi_control' | 'invisible_character' | 'control_character' | 'null_member' | 'empty_array';
  pointer: string;
}

const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
// U+200C and U+200D join letters in some scripts; between Latin letters they only hide.
const INVISIBLE = /[\u00ad\u200b\u2060-\u2064\ufeff]|[A-Za-z][\u200c\u200d]/;
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
const MAX_FINDINGS = 50;

/**
 * What a reader cannot see: text that is not in normal form C or carries invisible or direction-changing characters, and
 * members a signature does not cover because they mean nothing (null, empty array). The bytes are never changed.
 */
export function findTextProblems(value: Json, pointer = '', found: TextFinding[] = []): TextFinding[] {
  if (found.length >= MAX_FINDINGS) return found;
  if (typeof value === 'string') {
    const add = (code: TextFinding['code']) => found.push({ code, pointer });
    if (value.normalize('NFC') !== value) add('not_nfc');
    if (BIDI.test(value)) add('bidi_control');
    if (INVISIBLE.test(value)) add('invisible_character');
    if (CONTROL.test(value)) add('control_character');
  } else if (Array.isArray(value)) {
    if (value.length === 0) found.push({ code: 'empty_array', pointer });
    value.forEach((item, index) => {
      findTextProblems(item, `${pointer}/${index}`, found);
    });
  } else if (value === null) {
    found.push({ code: 'null_member', pointer });
  } else if (typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) findTextProblems(item, `${pointer}/${pointerToken(key)}`, found);
  }
  return found;
}
