import ContextResolver from 'jsonld/lib/ContextResolver.js';
import { freezeDefinitions, LayeredTerms } from './layered-terms.ts';

/** What the library knows of the terms at one place of a document, as far as it is looked at here. */
interface ActiveContext {
  mappings: Map<string, object>;
  /** Names of terms that may not be defined anew. */
  protected: Names;
  previousContext?: ActiveContext;
  clone: Clone;
}

type Names = Record<string, true>;
type Clone = (this: ActiveContext) => ActiveContext;

/** What became of a context in some surroundings; of an `@import` it is the imported text, without these. */
interface Processed {
  context?: ActiveContext;
  events?: readonly unknown[];
}

interface ResolvedContext {
  setProcessed(activeCtx: ActiveContext, processed: Processed): void;
}

/**
 * The resolver of the JSON-LD library, whose contexts begin with the terms of others and share their definitions. The library
 * copies all of them, with every context within, for each context within a context that it reads or checks: a hundred times
 * for a badge with types of the extension, nine tenths of its work. A definition is never changed once the library has made
 * it; those that outlive a document are frozen.
 */
export class SharingResolver extends ContextResolver {
  override async resolve(asked: object): Promise<unknown[]> {
    const found = (await super.resolve(asked)) as ResolvedContext[];
    for (const one of found) if (!Object.hasOwn(one, 'setProcessed')) letShare(one);
    return found;
  }
}

function letShare(one: ResolvedContext): void {
  const { setProcessed } = one;
  one.setProcessed = (activeCtx, processed) => {
    const { context, events } = processed;
    if (!(context?.mappings instanceof Map) || !events) return setProcessed.call(one, activeCtx, processed);
    // That of a type ends with its document.
    if (!context.previousContext) freezeDefinitions(context.mappings);
    context.protected = begunWith(context.protected);
    context.clone = sharing(context.clone);
    // The library goes on writing into its list, also what it finds in contexts after this one, of this document alone.
    setProcessed.call(one, activeCtx, { ...processed, events: [...events] });
  };
}

/** One of another's stands for all of them: the library writes into it and asks whether there are any, nothing else. */
function begunWith(names: Names): Names {
  const [any] = Object.keys(names);
  return any === undefined ? {} : { [any]: true };
}

const SHARING = new WeakMap<Clone, Clone>();
const NONE = new Map<string, object>();

function sharing(original: Clone): Clone {
  let shared = SHARING.get(original);
  if (!shared) {
    shared = function (this: ActiveContext): ActiveContext {
      const { mappings } = this;
      const child = original.call({ ...this, mappings: NONE, protected: {} });
      child.mappings = mappings instanceof LayeredTerms ? mappings.branch() : new LayeredTerms(mappings);
      child.protected = begunWith(this.protected);
      return child;
    };
    SHARING.set(original, shared);
    SHARING.set(shared, shared);
  }
  return shared;
}
