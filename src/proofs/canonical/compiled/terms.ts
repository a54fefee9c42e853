import { type JsonObject, sha256Hex } from '#kernel';

/** How the value of a member may be read, in one pinned context at least; more than one bit may be set. */
export const USE = {
  /** `@id` or coerced to an IRI: its text is looked at. */
  iri: 1,
  /** Text that decides what is read (`@type`), is parsed (`xsd:double`): part of the key. */
  fixedText: 2,
  /** Whatever it holds is part of the key (`@type`, `@json`). */
  fixed: 4,
  /** Stands for another keyword (S-1). */
  keyword: 8,
  /** A container that makes ids, types, graphs or indexes of member names, or a term of a kind not known here (S-2). */
  refused: 16,
} as const;

export interface MemberUse {
  use: number;
  /** The name as JSON. */
  name: string;
  /** The same as it stands in a key, with the colon. */
  quoted: string;
  /** The same with what a key says of any text, and the comma. */
  ofText: string;
}

/** What the rules need to know of the contexts that are ever read. Plain data. */
export interface PinnedTerms {
  /** Addresses a document may list, with the SHA-256 of the context's JSON. One with `@vocab` is not among them (S-2). */
  readonly contexts: ReadonlyMap<string, string>;
  /** Every name that any of them defines, scoped ones too (I-2). */
  readonly names: ReadonlySet<string>;
  /** Characters of the longest of them. */
  readonly longestName: number;
  readonly members: ReadonlyMap<string, MemberUse>;
}

const HARMLESS_KEYWORDS = new Set(['@version', '@protected', '@language', '@direction', '@propagate']);
const HARMLESS_IN_TERM = new Set([
  '@id',
  '@type',
  '@container',
  '@context',
  '@language',
  '@direction',
  '@protected',
  '@prefix',
]);
const HARMLESS_CONTAINERS = new Set(['@set', '@list', '@language']);

/** Reads all pinned contexts once, those inside terms too. @param contexts by address, each with its `@context` */
export function readTerms(contexts: ReadonlyMap<string, JsonObject>): PinnedTerms {
  const eligible = new Map<string, string>();
  const uses = new Map<string, number>();
  const meanings = new Map<string, Set<string>>();
  for (const [address, document] of contexts) {
    const scan = new Scan(uses, meanings);
    scan.context(document['@context']);
    if (scan.eligible) eligible.set(address, sha256Hex(JSON.stringify(document)));
  }
  aliasesOfAliases(uses, meanings);
  const longestName = Math.max(0, ...[...uses.keys()].map((name) => name.length));
  const members = [...uses].map(([name, use]): [string, MemberUse] => [name, memberUse(name, use)]);
  return { contexts: eligible, names: new Set(uses.keys()), longestName, members: new Map(members) };
}

/** @param quoted the name as it is to stand in a key */
export function memberUse(name: string, use: number, quoted = `${JSON.stringify(name)}:`): MemberUse {
  return { use, name: JSON.stringify(name), quoted, ofText: `${quoted}s,` };
}

/** Use of a member by the text of the IRI it stands for. */
function useOfKeyword(iri: string): number {
  if (iri === '@id') return USE.iri;
  if (iri === '@type') return USE.fixed;
  return iri.startsWith('@') ? USE.keyword : 0;
}

class Scan {
  eligible = true;
  readonly #uses: Map<string, number>;
  readonly #meanings: Map<string, Set<string>>;

  constructor(uses: Map<string, number>, meanings: Map<string, Set<string>>) {
    this.#uses = uses;
    this.#meanings = meanings;
  }

  context(context: unknown): void {
    if (context === null || context === undefined) return;
    if (Array.isArray(context)) for (const one of context) this.context(one);
    // A context elsewhere is not looked into, so nothing is known of it.
    else if (typeof context !== 'object') this.eligible = false;
    else {
      for (const [name, definition] of Object.entries(context)) {
        if (!name.startsWith('@')) this.#term(name, definition);
        else if (!HARMLESS_KEYWORDS.has(name)) this.eligible = false;
      }
    }
  }

  #term(name: string, definition: unknown): void {
    if (typeof definition !== 'object' || definition === null) {
      this.#add(name, typeof definition === 'string' ? this.#standsFor(name, definition) : 0);
      return;
    }
    const { '@id': id, '@type': type, '@container': container, '@context': scoped } = definition as JsonObject;
    let use = typeof id === 'string' ? this.#standsFor(name, id) : 0;
    if (type === '@id' || type === '@vocab') use |= USE.iri;
    else if (type === '@json') use |= USE.fixed;
    else if (typeof type === 'string' && /double$/i.test(type)) use |= USE.fixedText;
    const refused =
      Object.keys(definition).some((keyword) => !HARMLESS_IN_TERM.has(keyword)) ||
      [container ?? []].flat().some((one) => !HARMLESS_CONTAINERS.has(one as string));
    this.#add(name, refused ? use | USE.refused : use);
    this.context(scoped);
  }

  #standsFor(name: string, iri: string): number {
    const meanings = this.#meanings.get(name) ?? new Set();
    this.#meanings.set(name, meanings.add(iri));
    return useOfKeyword(iri);
  }

  #add(name: string, use: number): void {
    this.#uses.set(name, (this.#uses.get(name) ?? 0) | use);
  }
}

/** `kind` for `type` for `@type`: a name that stands for another name is used as that one may be. */
function aliasesOfAliases(uses: Map<string, number>, meanings: ReadonlyMap<string, ReadonlySet<string>>): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name, iris] of meanings) {
      const before = uses.get(name)!;
      const use = [...iris].reduce((all, iri) => all | (uses.get(iri) ?? 0), before);
      if (use !== before) changed = true;
      uses.set(name, use);
    }
  }
}
