import { type FieldError, isObject, type Json, type JsonObject, pointerToken } from '#kernel';

export interface Node {
  pointer: string;
  /** Member name; for an array element that of the array. */
  key: string;
  value: Json;
  parent: JsonObject | Json[];
}

/** Every value of a document in document order, the root itself left out. */
export function* walk(value: Json, pointer = '', key = ''): Generator<Node> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield { pointer: `${pointer}/${index}`, key, value: item, parent: value };
      yield* walk(item, `${pointer}/${index}`, key);
    }
  } else if (isObject(value)) {
    for (const [name, item] of Object.entries(value)) {
      const at = `${pointer}/${pointerToken(name)}`;
      yield { pointer: at, key: name, value: item, parent: value };
      yield* walk(item, at, name);
    }
  }
}

/** A single value or an array of values, as a list with pointers. */
function each(value: Json | undefined, pointer: string): { value: Json; pointer: string }[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return [{ value, pointer }];
  return value.map((item, index) => ({ value: item, pointer: `${pointer}/${index}` }));
}

/** The same, objects only. */
export function eachObject(value: Json | undefined, pointer: string): { value: JsonObject; pointer: string }[] {
  return each(value, pointer).filter((one): one is { value: JsonObject; pointer: string } => isObject(one.value));
}

/** The achievement subject and its achievement; empty objects when they are missing (another rule says so). */
export function parts(document: JsonObject): { subject: JsonObject; achievement: JsonObject } {
  const subject = isObject(document.credentialSubject) ? document.credentialSubject : {};
  return { subject, achievement: isObject(subject.achievement) ? subject.achievement : {} };
}

/**
 * Of the pinned definition: an endorsement is a signed document of its own, verified when the version was stored, and
 * brings its contexts and its proof (Open Badges 3.0, EndorsementCredential).
 */
export const isOfEndorsement = (pointer: string, member: '@context' | 'proof'): boolean => {
  const [, index, rest] = /^\/credentialSubject\/achievement\/endorsement\/(\d)\/([^/]+)/.exec(pointer) ?? [];
  return index !== undefined && rest === member;
};

export const SUBJECT = '/credentialSubject';
export const ACHIEVEMENT = '/credentialSubject/achievement';

/** Whether a `type` member, string or array, names a type. */
export function hasType(type: Json | undefined, name: string): boolean {
  return Array.isArray(type) ? type.includes(name) : type === name;
}

/** Errors of one rule: `fault(pointer, detail)`. */
export const faults =
  (id: string) =>
  (pointer: string, detail: string): FieldError => ({ pointer, detail, code: id });
