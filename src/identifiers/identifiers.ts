import { type DIDResolutionResult, type DIDResolver, Resolver } from 'did-resolver';
import { type Clock, LIMITS } from '#kernel';
import type { FetchBudget, GuardedFetch } from '#net';
import { createDocumentCache } from './cache.ts';
import { findMethod } from './method.ts';
import { refused, unknown } from './outcome.ts';
import type { DocumentResolution, Identifiers } from './ports.ts';
import { resolveJwk, resolveKey } from './self-contained.ts';
import { resolveHttps, resolveWeb } from './web.ts';

export interface IdentifiersOptions {
  fetch: GuardedFetch;
  clock: Clock;
  /** Documents of the service's own institutions, from the store. */
  local?: (did: string) => Promise<Record<string, unknown> | undefined>;
  /** Milliseconds in which a fetched document is used again; failures a tenth of it. Default one minute. */
  cacheMs?: number;
}

const CACHE_MS = 60_000;
/** DID Core 3.1. */
const DID = /^did:[a-z0-9]+:[A-Za-z0-9._:%-]*[A-Za-z0-9._%-]$/;

/** Resolves did:web, did:key, did:jwk and https identifiers, every fetch through the guarded client. */
export function createIdentifiers(options: IdentifiersOptions): Identifiers {
  const { fetch, clock, local, cacheMs = CACHE_MS } = options;
  const cache = createDocumentCache(clock, cacheMs);

  async function resolve(id: string, budget?: FetchBudget): Promise<DocumentResolution> {
    if (id.length > LIMITS.identifierChars) return refused('did_malformed', 'the identifier is too long');
    const own = await local?.(id);
    if (own) return { outcome: 'ok', document: own };
    if (id.startsWith('https://')) return cache.answer(id, () => resolveHttps(id, fetch, budget));
    if (!DID.test(id)) return refused('did_malformed', `not an identifier: ${id.slice(0, 200)}`);
    if (id.startsWith('did:web:')) return cache.answer(id, () => dispatch(id, fetch, budget));
    // The others hold their key in themselves: nothing to remember, and nobody can fill the cache with them.
    return dispatch(id, fetch, budget);
  }

  return {
    resolve,
    async resolveMethod(methodId, relationship, budget) {
      const [base = '', fragment, ...rest] = methodId.split('#');
      if (!base || !fragment || rest.length > 0 || fragment.length > LIMITS.identifierChars) {
        return refused('method_malformed', 'a verification method is an identifier with a fragment');
      }
      const found = await resolve(base, budget);
      if (found.outcome !== 'ok') return found;
      const finding = findMethod(found.document, methodId, relationship);
      if (finding.outcome !== 'ok') return finding;
      return { ...found, method: finding.method };
    },
  };
}

/** The table of methods; a method that is not in it is unknown, never refused: somebody else may know it. */
async function dispatch(id: string, fetch: GuardedFetch, budget?: FetchBudget): Promise<DocumentResolution> {
  let answer: DocumentResolution | undefined;
  const keep = (work: (did: string) => DocumentResolution | Promise<DocumentResolution>): DIDResolver => {
    return async (did) => {
      answer = await work(did);
      return RESOLVED;
    };
  };
  await new Resolver({
    web: keep((did) => resolveWeb(did, fetch, budget)),
    key: keep(resolveKey),
    jwk: keep(resolveJwk),
  }).resolve(id);
  return answer ?? unknown('unsupported_did_method', `the DID method of ${id.slice(0, 200)} is not read here`);
}

/** The library carries the syntax and the dispatch; outcomes with three values travel beside it. */
const RESOLVED: DIDResolutionResult = {
  didResolutionMetadata: {},
  didDocument: null,
  didDocumentMetadata: {},
};
