import { type FieldError, isSameJson, type Json, type JsonObject } from '#kernel';
import { ACHIEVEMENT, type Node, parts, walk } from './walk.ts';

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
    if (isClosed) this.#others ??= walk(this.document, ACHIEVEMENT);
    else this.#all ??= walk(this.document);
    return (isClosed ? this.#others : this.#all)!;
  }
}
