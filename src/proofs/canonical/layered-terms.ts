type Terms = ReadonlyMap<string, object>;

const FROZEN = new WeakSet<Terms>();

/** Of terms that nobody writes to any more. What they begin with is looked at once. */
export function freezeDefinitions(terms: Terms): void {
  if (FROZEN.has(terms)) return;
  if (terms instanceof LayeredTerms) terms.freeze();
  else for (const definition of terms.values()) Object.freeze(definition);
  FROZEN.add(terms);
}

/**
 * The terms of a context that begins with those of another: what is written goes into a layer of its own, and nothing is copied.
 * What it begins with is not written to any more; `branch` sees to that for one that goes on being written.
 */
export class LayeredTerms extends Map<string, object> {
  /** Not those of `Map`, so that they can become a layer under others. `undefined`: taken away from what lies below. */
  #own = new Map<string, object | undefined>();
  #below: Terms;

  constructor(below: Terms) {
    super();
    this.#below = below;
  }

  /** One that begins with what is here now, whatever is written here later. */
  branch(): LayeredTerms {
    if (this.#own.size > 0) {
      this.#below = this.#layer();
      this.#own = new Map();
    }
    return new LayeredTerms(this.#below);
  }

  /** Every definition, also of what these terms begin with. */
  freeze(): void {
    for (const definition of this.#own.values()) Object.freeze(definition);
    freezeDefinitions(this.#below);
  }

  /** Of what is here, with layers below that have less than twice as much: of a thousand terms there are ten at most. */
  #layer(): LayeredTerms {
    let own = this.#own;
    let below = this.#below;
    while (below instanceof LayeredTerms && below.#own.size < 2 * own.size) {
      own = new Map([...below.#own, ...own]);
      below = below.#below;
    }
    const layer = new LayeredTerms(below);
    layer.#own = own;
    return layer;
  }

  override get(term: string): object | undefined {
    const own = this.#own.get(term);
    return own !== undefined || this.#own.has(term) ? own : this.#below.get(term);
  }

  override has(term: string): boolean {
    const own = this.#own.get(term);
    return own !== undefined || (!this.#own.has(term) && this.#below.has(term));
  }

  override set(term: string, definition: object): this {
    this.#own.set(term, definition);
    return this;
  }

  override delete(term: string): boolean {
    const had = this.has(term);
    if (this.#below.has(term)) this.#own.set(term, undefined);
    else this.#own.delete(term);
    return had;
  }

  override clear(): void {
    this.#own.clear();
    this.#below = new Map();
  }

  override get size(): number {
    return this.#all().size;
  }

  override keys(): MapIterator<string> {
    return this.#all().keys();
  }

  override values(): MapIterator<object> {
    return this.#all().values();
  }

  override entries(): MapIterator<[string, object]> {
    return this.#all().entries();
  }

  override [Symbol.iterator](): MapIterator<[string, object]> {
    return this.entries();
  }

  override forEach(each: (definition: object, term: string, terms: Map<string, object>) => void): void {
    for (const [term, definition] of this.#all()) each(definition, term, this);
  }

  /** In an order of its own: the library sorts what it goes through. */
  #all(): Map<string, object> {
    const below = this.#below;
    const all = below instanceof LayeredTerms ? below.#all() : new Map(below);
    for (const [term, definition] of this.#own) {
      if (definition === undefined) all.delete(term);
      else all.set(term, definition);
    }
    return all;
  }
}
