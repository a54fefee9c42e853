import type { Json, JsonObject } from '#kernel';
import { isNotEligible, NOTHING, type NotEligible, notEligible, type Rule, type Without } from './eligible.ts';
import { iriFault } from './iri.ts';
import { hasOwnText, numberKind } from './numbers.ts';
import { type MemberUse, memberUse, type PinnedTerms, USE } from './terms.ts';

/** A value that a plan leaves open. */
export type Leaf = string | number;

/** Where a leaf stands in the document. */
export interface Place {
  holder: JsonObject | Json[];
  name: string | number;
}

export interface Shape {
  /** Everything that decides which statements a document makes; the whole of it is compared, never a hash. */
  key: string;
  /** In the order of the document. */
  leaves: Leaf[];
}

const MAX_KEY = 8 * 1024;
const MAX_NODES = 4_096;
const MAX_DEPTH = 32;
const MOST_NAMES = 8;

/**
 * One walk in document order. Structure goes into the key: `@context`, member names, `@type` and JSON values, lengths and
 * nesting, `null`, booleans, the kind of every value, and the text where an IRI might be replaced (S-1, K-1, N-1, I-3).
 * @param places filled with the places of the leaves, when given
 */
export function shapeOf(
  document: JsonObject,
  terms: PinnedTerms,
  places?: Place[],
  without: Without = NOTHING,
): Shape | NotEligible {
  const walk = new Walk(terms, places, without);
  const refused = walk.root(document);
  if (refused === undefined && walk.key.length > MAX_KEY) return notEligible('size');
  return refused ?? { key: walk.key, leaves: walk.leaves };
}

type Refused = NotEligible | undefined;

function isPlain(object: object): boolean {
  const prototype = Object.getPrototypeOf(object);
  return prototype === Object.prototype || prototype === null;
}

class Walk {
  key = '';
  readonly leaves: Leaf[] = [];
  readonly #terms: PinnedTerms;
  readonly #places: Place[] | undefined;
  readonly #without: Without;
  #nodes = 0;

  constructor(terms: PinnedTerms, places: Place[] | undefined, without: Without) {
    this.#terms = terms;
    this.#places = places;
    this.#without = without;
  }

  root(document: JsonObject): Refused {
    const context = document['@context'];
    if (!Array.isArray(context) || context.length === 0) return notEligible('S-2', '/@context');
    for (const one of context) {
      const known = typeof one === 'string' && this.#terms.contexts.has(one);
      if (!known) return notEligible('S-2', '/@context');
    }
    this.key = JSON.stringify(context);
    return this.#object(document, 0, true);
  }

  #object(object: JsonObject, depth: number, isRoot = false): Refused {
    if (depth > MAX_DEPTH) return notEligible('size');
    if (!isPlain(object)) return notEligible('S-1');
    this.key += '{';
    for (const name of Object.keys(object)) {
      if (isRoot && name === '@context') continue;
      if (this.key.length + name.length > MAX_KEY) return notEligible('size');
      const member = this.#member(name);
      if (isNotEligible(member)) return member;
      const value = object[name]!;
      if (member.use === 0 && typeof value === 'string') {
        // What most members are, written at once.
        if (++this.#nodes > MAX_NODES) return notEligible('size');
        this.key += member.ofText;
        this.leaves.push(value);
        this.#places?.push({ holder: object, name });
        continue;
      }
      this.key += member.quoted;
      const refused =
        (member.use & USE.fixed) !== 0
          ? this.#fixed(value, depth + 1, 'S-1')
          : this.#value(value, member.use, depth + 1, object, name);
      if (refused) return refused;
      this.key += ',';
    }
    this.key += '}';
    return undefined;
  }

  #member(name: string): MemberUse | NotEligible {
    const known = this.#terms.members.get(name);
    if (known === undefined) {
      const isKeyword = name.startsWith('@') && !this.#without.has('S-1');
      if (isKeyword || name === '__proto__' || !name.isWellFormed()) return notEligible('S-1', name);
      return this.#without.has('K-1') ? memberUse(name, 0, `${name}:`) : memberUse(name, 0);
    }
    if ((known.use & USE.keyword) !== 0 && !this.#without.has('S-1')) return notEligible('S-1', name);
    if ((known.use & USE.refused) !== 0 && !this.#without.has('S-2')) return notEligible('S-2', name);
    return known;
  }

  #value(value: Json, use: number, depth: number, holder: JsonObject | Json[], name: string | number): Refused {
    if (++this.#nodes > MAX_NODES) return notEligible('size');
    switch (typeof value) {
      case 'string': {
        const isFixed =
          use !== 0 &&
          ((use & USE.fixedText) !== 0 ||
            ((use & USE.iri) !== 0 && iriFault(value, this.#terms, this.#without) !== undefined));
        if (isFixed) return this.#fixed(value, depth, 'I-3');
        this.key += 's';
        break;
      }
      case 'number':
        this.key += this.#without.has('N-1') ? 'i' : this.#without.has('K-1') ? 's' : numberKind(value);
        break;
      case 'boolean':
        this.key += value ? 't' : 'f';
        return undefined;
      default:
        if (value === null) {
          this.key += 'n';
          return undefined;
        }
        if (Array.isArray(value)) return this.#array(value, use, depth);
        return typeof value === 'object' ? this.#object(value, depth) : notEligible('S-1');
    }
    this.leaves.push(value);
    this.#places?.push({ holder, name });
    return undefined;
  }

  #array(items: Json[], use: number, depth: number): Refused {
    if (depth > MAX_DEPTH || this.key.length > MAX_KEY) return notEligible('size');
    this.key += '[';
    for (let index = 0; index < items.length; index++) {
      const refused = this.#value(items[index]!, use, depth + 1, items, index);
      if (refused) return refused;
      this.key += ',';
    }
    this.key += ']';
    return undefined;
  }

  /** The whole value is structure. Keywords in it stay refused: in another context the member may not be data. */
  #fixed(value: Json, depth: number, rule: Rule): Refused {
    const known = rule === 'S-1' ? this.#ofNames(value, depth) : undefined;
    if (known !== undefined && !this.#without.has(rule)) {
      this.key += known;
      return undefined;
    }
    const size = this.#sizeOf(value, depth);
    if (isNotEligible(size)) return size;
    if (this.key.length + size > MAX_KEY) return notEligible('size');
    this.key += this.#without.has(rule) ? 'c' : JSON.stringify(value);
    return undefined;
  }

  /** The text of types that pinned contexts define: what nearly all are. */
  #ofNames(value: Json, depth: number): string | undefined {
    if (!Array.isArray(value) || value.length > MOST_NAMES || depth >= MAX_DEPTH || this.key.length > MAX_KEY)
      return undefined;
    let text = '';
    for (let index = 0; index < value.length; index++) {
      const item = value[index]!;
      const name = typeof item === 'string' ? this.#terms.members.get(item)?.name : undefined;
      if (name === undefined) return undefined;
      text += index === 0 ? name : `,${name}`;
    }
    this.#nodes += 1 + value.length;
    return this.#nodes > MAX_NODES ? undefined : `[${text}]`;
  }

  /** Counts before anything is written. */
  #sizeOf(value: Json, depth: number): number | NotEligible {
    if (++this.#nodes > MAX_NODES || depth > MAX_DEPTH) return notEligible('size');
    if (typeof value === 'string') {
      if (!value.isWellFormed() || value === '__proto__') return notEligible('R-1');
      return value.length;
    }
    if (typeof value === 'number' && !hasOwnText(value)) return notEligible('N-2');
    if (typeof value === 'number' || typeof value === 'boolean' || value === null) return 1;
    if (typeof value !== 'object' || !(Array.isArray(value) || isPlain(value))) return notEligible('S-1');
    let size = 2;
    for (const [name, item] of Object.entries(value)) {
      if (name.startsWith('@') || name === '__proto__') return notEligible('S-1', name);
      const inside = this.#sizeOf(item, depth + 1);
      if (isNotEligible(inside)) return inside;
      size += name.length + inside;
    }
    return size;
  }
}
