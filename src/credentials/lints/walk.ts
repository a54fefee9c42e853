import { type FieldError, isObject, type Json, type JsonObject, pointerToken } from '#kernel';

export interface Node {
  pointer: string;
  /** Member name; for an array element that of the array. */
  key: string;
  value: Json;
  parent: JsonObject | Json[];
}

/** What a document consists of, while it is held against all rules: a dozen of them look at every value of it. */
let held: { document: Json; nodes: readonly Node[] } | undefined;

/** Within `work`, which must not change the document, it is walked through once. */
export function heldOnce<T>(document: Json, work: () => T): T {
  const outer = held;
  held = { document, nodes: nodesOf(document) };
  try {
    return work();
  } finally {
    held = outer;
  }
}

/** Every value of a document in document order, the root itself left out. */
export function walk(document: Json): readonly Node[] {
  return held?.document === document ? held.nodes : nodesOf(document);
}

function nodesOf(document: Json): Node[] {
  const nodes: Node[] = [];
  const enter = (value: Json, pointer: string, key: string): void => {
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index++) visit(value[index]!, `${pointer}/${index}`, key, value);
    } else if (isObject(value)) {
      for (const name of Object.keys(value)) visit(value[name]!, `${pointer}/${pointerToken(name)}`, name, value);
    }
  };
  const visit = (value: Json, pointer: string, key: string, parent: Node['parent']): void => {
    nodes.push({ pointer, key, value, parent });
    if (typeof value === 'object') enter(value, pointer, key);
  };
  enter(document, '', '');
  return nodes;
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
