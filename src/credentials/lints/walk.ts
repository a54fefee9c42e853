import { type FieldError, isObject, isSameJson, type Json, type JsonObject, pointerToken } from '#kernel';

export interface Node {
  pointer: string;
  /** Member name; for an array element that of the array. */
  key: string;
  value: Json;
  parent: JsonObject | Json[];
}

/** Every value of a document in document order, the root itself left out. */
export const walk = (document: Json): readonly Node[] => nodesOf(document);

/**
 * What is wrong with one value, by itself: where it stands and under what name, what it holds, what holds it, and the
 * `@context` of the document. Nothing else may matter to it, since what it passed once is not shown to it again.
 */
type Judge = (node: Node, contexts: Json | undefined) => FieldError | FieldError[] | undefined;

/** The check of a rule that judges every value by itself. */
export function everyNode(judge: Judge): (document: JsonObject) => FieldError[] {
  return (document) => {
    const held = walked?.document === document ? walked : new Walked(document);
    return held.errorsBy(judge);
  };
}

/** The document that is held against rules at this moment. */
let walked: Walked | undefined;

/** All rules that `work` holds a document against share one walk; it must not change meanwhile. */
export function walkedOnce<T>(document: JsonObject, work: () => T): T {
  const before = walked;
  walked = new Walked(document, definitionOf(document));
  try {
    return work();
  } finally {
    walked = before;
  }
}

/** A definition as it was in a document before, the same for every learner, and who found nothing in it. */
interface Definition {
  contexts: Json | undefined;
  achievement: JsonObject;
  passed: Set<Judge>;
}

const DEFINITIONS = 64;
const definitions = new Map<string, Definition>();

/** Known only where it is the same to the last member, in the same place and under the same contexts. */
function definitionOf(document: JsonObject): Definition | undefined {
  const { '@context': contexts } = document;
  const { achievement } = parts(document);
  if (typeof achievement.id !== 'string') return undefined;
  const name = `${achievement.id} ${String(achievement.version)}`;
  const known = definitions.get(name);
  if (known && isSameJson(known.achievement, achievement) && isSameJson(known.contexts, contexts)) return known;
  const copy: Definition = { ...structuredClone({ contexts, achievement }), passed: new Set() };
  definitions.delete(name);
  if (definitions.size >= DEFINITIONS) definitions.delete(definitions.keys().next().value!);
  definitions.set(name, copy);
  return copy;
}

class Walked {
  readonly document: JsonObject;
  readonly #definition: Definition | undefined;
  #all: readonly Node[] | undefined;
  #others: readonly Node[] | undefined;

  constructor(document: JsonObject, definition?: Definition) {
    this.document = document;
    this.#definition = definition;
  }

  errorsBy(judge: Judge): FieldError[] {
    const passed = this.#definition?.passed.has(judge) ?? false;
    const nodes = this.#nodes(passed);
    const errors: FieldError[] = [];
    let isInside = false;
    for (const node of nodes) {
      const found = judge(node, this.document['@context']);
      if (found === undefined) continue;
      if (Array.isArray(found)) errors.push(...found);
      else errors.push(found);
      isInside ||= node.pointer.startsWith(`${ACHIEVEMENT}/`);
    }
    if (!passed && !isInside) this.#definition?.passed.add(judge);
    return errors;
  }

  #nodes(isClosed: boolean): readonly Node[] {
    if (isClosed) this.#others ??= nodesOf(this.document, ACHIEVEMENT);
    else this.#all ??= nodesOf(this.document);
    return (isClosed ? this.#others : this.#all)!;
  }
}

/** @param closed pointer of a value into which it does not go */
function nodesOf(document: Json, closed?: string): Node[] {
  const nodes: Node[] = [];
  descend(document, '', '', closed, nodes);
  return nodes;
}

function descend(parent: Json, pointer: string, of: string, closed: string | undefined, nodes: Node[]): void {
  if (typeof parent !== 'object' || parent === null || pointer === closed) return;
  if (Array.isArray(parent)) {
    for (let index = 0; index < parent.length; index++) {
      const node: Node = { pointer: `${pointer}/${index}`, key: of, value: parent[index]!, parent };
      nodes.push(node);
      descend(node.value, node.pointer, of, closed, nodes);
    }
    return;
  }
  for (const key of Object.keys(parent)) {
    const node: Node = { pointer: `${pointer}/${pointerToken(key)}`, key, value: parent[key]!, parent };
    nodes.push(node);
    descend(node.value, node.pointer, key, closed, nodes);
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
