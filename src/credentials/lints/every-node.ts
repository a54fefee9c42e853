import { type FieldError, isSameJson, type Json, type JsonObject } from '#kernel';
import { type Node, parts, walk } from './walk.ts';

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
  walked = new Walked(document, knownOf(document));
  try {
    return work();
  } finally {
    keep(walked);
    walked = before;
  }
}

/** What an earlier badge of a definition shares with others of it, and who found nothing in that. Nothing of its learner. */
interface Known {
  shared: JsonObject;
  passed: ReadonlySet<Judge>;
}

const DEFINITIONS = 64;
const known = new Map<string, Known>();

/** Which definition, for badges that have one. */
function nameOf(document: JsonObject): string | undefined {
  const { id, version } = parts(document).achievement;
  return typeof id === 'string' && typeof version === 'string' ? `${id} ${version}` : undefined;
}

/** Known only under the same contexts: they are what else a judge may look at. */
function knownOf(document: JsonObject): Known | undefined {
  const found = known.get(nameOf(document) ?? '');
  return found && isSameJson(found.shared['@context'], document['@context']) ? found : undefined;
}

function sharedOf(document: JsonObject): JsonObject {
  const { '@context': contexts = null, type = null, issuer = null } = document;
  const { subject, achievement } = parts(document);
  const credentialSubject = { type: subject.type ?? null, achievement };
  return structuredClone({ '@context': contexts, type, issuer, credentialSubject });
}

/** For the next ones, where more is known by it. */
function keep({ document, passed, before }: Walked): void {
  if (passed.size <= (before?.passed.size ?? 0)) return;
  const name = nameOf(document);
  if (name === undefined) return;
  known.delete(name);
  if (known.size >= DEFINITIONS) known.delete(known.keys().next().value!);
  known.set(name, { shared: sharedOf(document), passed });
}

class Walked {
  readonly document: JsonObject;
  readonly before: Known | undefined;
  /** Who found nothing in it. */
  readonly passed = new Set<Judge>();
  #all: readonly Node[] | undefined;
  #others: readonly Node[] | undefined;

  constructor(document: JsonObject, before?: Known) {
    this.document = document;
    this.before = before;
  }

  errorsBy(judge: Judge): FieldError[] {
    const errors: FieldError[] = [];
    for (const node of this.#nodes(this.before?.passed.has(judge) ?? false)) {
      const found = judge(node, this.document['@context']);
      if (found === undefined) continue;
      if (Array.isArray(found)) errors.push(...found);
      else errors.push(found);
    }
    if (errors.length === 0) this.passed.add(judge);
    return errors;
  }

  /** @param isKnown without what is within a value that was the same, to the last member, in the same place */
  #nodes(isKnown: boolean): readonly Node[] {
    if (isKnown) this.#others ??= walk(this.document, this.before?.shared);
    else this.#all ??= walk(this.document);
    return (isKnown ? this.#others : this.#all)!;
  }
}
