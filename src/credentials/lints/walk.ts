import { type FieldError, isObject, isSameJson, type Json, type JsonObject, pointerToken } from '#kernel';

export interface Node {
  pointer: string;
  /** Member name; for an array element that of the array. */
  key: string;
  value: Json;
  parent: JsonObject | Json[];
}

/**
 * Every value of a document in document order, the root itself left out.
 * @param before another document: what is the same in it, in the same place, is not gone into
 */
export function walk(document: Json, before?: Json): Node[] {
  const nodes: Node[] = [];
  descend(document, '', '', before, nodes);
  return nodes;
}

function descend(parent: Json, pointer: string, of: string, before: Json | undefined, nodes: Node[]): void {
  if (typeof parent !== 'object' || parent === null || (before !== undefined && isSameJson(parent, before))) return;
  if (Array.isArray(parent)) {
    const items = Array.isArray(before) ? before : [];
    for (let index = 0; index < parent.length; index++) {
      const node: Node = { pointer: `${pointer}/${index}`, key: of, value: parent[index]!, parent };
      nodes.push(node);
      descend(node.value, node.pointer, of, items[index], nodes);
    }
    return;
  }
  const members = isObject(before) ? before : {};
  for (const key of Object.keys(parent)) {
    const node: Node = { pointer: `${pointer}/${pointerToken(key)}`, key, value: parent[key]!, parent };
    nodes.push(node);
    descend(node.value, node.pointer, key, members[key], nodes);
  }
}

/** A single object or the objects of an array, as a list with pointers. */
export function eachObject(value: Json | undefined, pointer: string): { value: JsonObject; pointer: string }[] {
  if (!Array.isArray(value)) return isObject(value) ? [{ value, pointer }] : [];
  const objects: { value: JsonObject; pointer: string }[] = [];
  for (let index = 0; index < value.length; index++) {
    const item = value[index];
    if (isObject(item)) objects.push({ value: item, pointer: `${pointer}/${index}` });
  }
  return objects;
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
