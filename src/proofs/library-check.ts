import { isObject, type JsonObject } from '#kernel';
import { createKeptContexts } from './canonical/kept-contexts.ts';
import type { ContextLoader } from './contexts.ts';

/** A verification method, as the document of its controller lists it. */
export interface ListedMethod {
  id: string;
  controller: string;
  publicKeyMultibase: string;
}

/** One in so many goes through contexts that the library keeps as it likes, at forty times the work. */
const UNSHARED = 16;

/**
 * Asks the reference library alone whether a credential verifies: none of our forms, plans, or signature checks. For samples of
 * what was released. Contexts share the definitions of their terms, as they do on our way to the forms; a few times they do not,
 * so that a fault of that would show as well. `unknown` for suites that it is not asked about here.
 * @param at an instant at which the credential is in force
 */
export type LibraryCheck = (document: JsonObject, method: ListedMethod, at: Date) => Promise<boolean | 'unknown'>;

export function createLibraryCheck({ documentLoader }: Pick<ContextLoader, 'documentLoader'>): LibraryCheck {
  // Its own: nothing that our way to the forms has read. The loaders below answer for contexts as this one does.
  const kept = { shared: createKeptContexts(), unshared: createKeptContexts() };
  let asked = 0;
  return async (document, method, at) => {
    const library = await import('./library.ts');
    const { DataIntegrityProof, verifyCredential, verifyingCryptosuite } = library;
    const contextResolver =
      ++asked % UNSHARED === 0
        ? new library.ContextResolver({ sharedCache: kept.unshared })
        : new library.SharingResolver({ sharedCache: kept.shared });
    const { proof } = document;
    const name = isObject(proof) ? String(proof.cryptosuite) : '';
    const cryptosuite = verifyingCryptosuite(name, contextResolver);
    if (!cryptosuite) return 'unknown';
    const documents: Record<string, JsonObject> = {
      [method.id]: { '@context': 'https://w3id.org/security/multikey/v1', type: 'Multikey', ...method },
      [method.controller]: {
        '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
        id: method.controller,
        assertionMethod: [method.id],
      },
    };
    const { verified } = await verifyCredential({
      // The library writes into what it is given.
      credential: structuredClone(document),
      suite: new DataIntegrityProof({ cryptosuite }),
      checkStatus: async () => ({ verified: true }),
      now: at,
      async documentLoader(url) {
        const own = Object.hasOwn(documents, url) ? documents[url] : undefined;
        return own ? { contextUrl: null, documentUrl: url, document: own } : documentLoader(url);
      },
    });
    return verified;
  };
}
