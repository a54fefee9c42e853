import { type DIDResolutionResult, type DIDResolver, Resolver } from 'did-resolver';
import { type Clock, LIMITS } from '#kernel';
import type { FetchBudget, GuardedFetch } from '#net';
import { createDocumentCache } from './cache.ts';
import { resolveJoseKey } from './jose-key.ts';
import { findMethod } from './method.ts';
import { refused, unknown } from './outcome.ts';
import type { DocumentResolution, Identifiers, MethodResolution, Relationship } from './ports.ts';
import { resolveJwk, resolveKey } from './self-contained.ts';
import { fetchKeys, resolveHttps, resolveWeb } from './web.ts';

export interface IdentifiersOptions {
  fetch: GuardedFetch;
  clock: Clock;
  /** Documents of the service's own institutions, from the store. */
  local?: (did: string) => Promise<Record<string, unknown> | undefined>;
  /** A copy of the document of an identifier whose place does not answer any more. */
  archived?: (did: string) => { document: Record<string, unknown>; recordedAt: string } | undefined;
  /** Milliseconds in which a fetched document is used again; failures a tenth of it. Default one minute. */
  cacheMs?: number;
}

const CACHE_MS = 60_000;
/** A document that does not list the key asked for is asked for again when it is older: the key may just have been published. */
const ASK_AGAIN_MS = 5_000;
/** DID Core 3.1. */
const DID = /^did:[a-z0-9]+:[A-Za-z0-9._:%-]*[A-Za-z0-9._%-]$/;

/** Resolves did:web, did:key, did:jwk and https identifiers, every fetch through the guarded client. */
export function createIdentifiers(options: IdentifiersOptions): Identifiers {
  const { fetch, clock, local, cacheMs = CACHE_MS } = options;
  const cache = createDocumentCache(clock, cacheMs);

  async function resolve(id: string, budget?: FetchBudget, notOlder = cacheMs): Promise<DocumentResolution> {
    const answer = await resolveNow(id, budget, notOlder);
    // A place that answers is believed, whatever it says; only silence is made good.
    if (answer.outcome !== 'unknown' || !SILENT.has(answer.code)) return answer;
    const kept = options.archived?.(id);
    return kept ? { outcome: 'ok', document: kept.document, archivedAt: kept.recordedAt } : answer;
  }

  async function resolveNow(
    id: string,
    budget: FetchBudget | undefined,
    notOlder: number,
  ): Promise<DocumentResolution> {
    if (id.length > LIMITS.identifierChars) return refused('did_malformed', 'the identifier is too long');
    const own = await local?.(id);
    if (own) return { outcome: 'ok', document: own };
    if (id.startsWith('https://')) return cache.answer(id, () => resolveHttps(id, fetch, budget), notOlder);
    if (!DID.test(id)) return refused('did_malformed', `not an identifier: ${id.slice(0, 200)}`);
    if (id.startsWith('did:web:')) return cache.answer(id, () => dispatch(id, fetch, budget), notOlder);
    // The others hold their key in themselves: nothing to remember, and nobody can fill the cache with them.
    return dispatch(id, fetch, budget);
  }

  const resolveMethod = async (
    methodId: string,
    relationship: Relationship,
    budget?: FetchBudget,
    known?: DocumentResolution,
  ): Promise<MethodResolution> => {
    const [base = '', fragment, ...rest] = methodId.split('#');
    const bare = fragment === undefined && base.startsWith('https://');
    if (!base || !(fragment || bare) || rest.length > 0 || methodId.length > LIMITS.identifierChars) {
      return refused('method_malformed', 'a verification method is an identifier with a fragment');
    }
    const found = known ?? (await resolve(base, budget));
    if (found.outcome !== 'ok') return found;
    if (bare) return ofItsController(found.document, methodId, relationship, budget);
    const finding = findMethod(found.document, methodId, relationship);
    if (finding.outcome === 'ok') return { ...found, method: finding.method };
    if (!RECENT.has(finding.code)) return finding;
    const newer = await resolve(base, budget, ASK_AGAIN_MS);
    if (newer.outcome !== 'ok' || newer.document === found.document) return finding;
    const again = findMethod(newer.document, methodId, relationship);
    return again.outcome === 'ok' ? { ...newer, method: again.method } : again;
  };

  /**
   * A method with an address of its own (Open Badges 3.0: `verificationMethod` is a URL): it names its controller, and the
   * document of that one must list it for the use. The key is the one at the address.
   */
  async function ofItsController(
    method: Record<string, unknown>,
    methodId: string,
    relationship: Relationship,
    budget?: FetchBudget,
  ): Promise<MethodResolution> {
    const { controller } = method;
    if (typeof controller !== 'string' || controller === methodId) {
      return refused('method_controller', 'the key at the address names no controller');
    }
    const owner = await resolve(controller, budget);
    if (owner.outcome !== 'ok') return owner;
    const finding = findMethod(owner.document, methodId, relationship, { controller, method });
    return finding.outcome === 'ok' ? { ...owner, method: finding.method } : finding;
  }

  const keys = (url: string, budget?: FetchBudget, again = false) =>
    cache.answer(`keys ${url}`, () => fetchKeys(url, fetch, budget), again ? ASK_AGAIN_MS : cacheMs);

  return {
    resolve: (id, budget) => resolve(id, budget),
    resolveMethod,
    resolveJoseKey: (key, issuer, relationship, budget) =>
      resolveJoseKey(key, issuer, relationship, { resolve, resolveMethod, keys }, budget),
  };
}

const SILENT: ReadonlySet<string> = new Set(['did_unreachable', 'did_document_malformed']);

/** Findings that a key published a moment ago would explain. */
const RECENT: ReadonlySet<string> = new Set(['method_not_listed', 'method_not_found']);

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
