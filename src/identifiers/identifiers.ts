import { type DIDResolutionResult, type DIDResolver, Resolver } from 'did-resolver';
import type { Clock } from '#kernel';
import type { FetchBudget, GuardedFetch } from '#net';
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
  /** How long a fetched document is used again; failures a tenth of it. */
  cacheMs?: number;
}

const CACHE_ENTRIES = 500;
const DID_URL = /^did:[a-z0-9]+:[A-Za-z0-9._:%-]+$/;

/** Resolves did:web, did:key, did:jwk and https identifiers, every fetch through the guarded client. */
export function createIdentifiers(options: IdentifiersOptions): Identifiers {
  const { fetch, clock, local, cacheMs = 60_000 } = options;
  const cache = new Map<string, { until: number; answer: DocumentResolution }>();

  async function resolve(did: string, budget?: FetchBudget): Promise<DocumentResolution> {
    const own = await local?.(did);
    if (own) return { outcome: 'ok', document: own };
    const now = clock.now().getTime();
    const known = cache.get(did);
    if (known && known.until > now) return known.answer;
    const answer = await dispatch(did, fetch, budget);
    // A budget that ran out says nothing about the identifier, so the next verification asks again.
    if (answer.outcome === 'ok' || answer.code !== 'budget') {
      if (cache.size >= CACHE_ENTRIES) cache.delete(cache.keys().next().value!);
      cache.set(did, { until: now + (answer.outcome === 'ok' ? cacheMs : cacheMs / 10), answer });
    }
    return answer;
  }

  return {
    resolve,
    async resolveMethod(methodId, relationship, budget) {
      const [base = '', fragment] = methodId.split('#');
      if (!fragment || methodId.split('#').length !== 2) {
        return refused('method_malformed', 'a verification method is an identifier with a fragment');
      }
      const found = await resolve(base, budget);
      if (found.outcome !== 'ok') return found;
      const method = findMethod(found.document, methodId, relationship);
      if (method.outcome !== 'ok') return method;
      return { ...method, document: found.document, ...(found.fetchedAt ? { fetchedAt: found.fetchedAt } : {}) };
    },
  };
}

/** The table of methods; a method that is not in it is unknown, never refused: somebody else may know it. */
async function dispatch(id: string, fetch: GuardedFetch, budget?: FetchBudget): Promise<DocumentResolution> {
  if (id.startsWith('https://')) return resolveHttps(id, fetch, budget);
  if (!DID_URL.test(id)) return refused('did_malformed', `not an identifier: ${id}`);
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
  return answer ?? unknown('unsupported_did_method', `the DID method of ${id} is not read here`);
}

/** The library carries the syntax and the dispatch; outcomes with three values travel beside it. */
const RESOLVED: DIDResolutionResult = {
  didResolutionMetadata: {},
  didDocument: null,
  didDocumentMetadata: {},
};
