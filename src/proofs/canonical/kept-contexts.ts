import type { DocumentLoader } from 'jsonld';
import type { ContextResolver } from 'jsonld/lib/ContextResolver.js';

/** As many as are pinned, and some addresses of the extension. */
const MOST = 64;

/** What the library keeps of contexts by address (first) and by text, each under a tag. */
export type SharedContexts = ConstructorParameters<typeof ContextResolver>[0]['sharedCache'];

/**
 * Contexts of whole documents, kept from one to the next. The library also keeps every context within a context, by its text,
 * each with ten results for surroundings that never come again: 50 MiB and more in every thread, for nothing.
 */
export function createKeptContexts(): SharedContexts {
  const kept = new Map<string, Map<string, unknown>>();
  return {
    get: (name) => kept.get(name),
    set(name, contexts) {
      if (name.startsWith('{')) return;
      kept.set(name, contexts);
      if (kept.size > MOST) kept.delete(kept.keys().next().value!);
    },
  };
}

const OF_LOADERS = new WeakMap<DocumentLoader, SharedContexts>();

/** Of one loader: another may answer with other bytes at the address of the extension. */
export function keptContextsOf(documentLoader: DocumentLoader): SharedContexts {
  let kept = OF_LOADERS.get(documentLoader);
  if (!kept) {
    kept = createKeptContexts();
    OF_LOADERS.set(documentLoader, kept);
  }
  return kept;
}
