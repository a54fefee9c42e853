import { type Clock, isObject, type JsonObject, systemClock } from '#kernel';
import { createKeptContexts } from './canonical/kept-contexts.ts';
import type { ContextLoader } from './contexts.ts';

/** A verification method, as the document of its controller lists it. */
export interface ListedMethod {
  id: string;
  controller: string;
  publicKeyMultibase: string;
}

/** Milliseconds. */
const HOUR = 3_600_000;

/**
 * Asks the reference library alone whether a credential verifies: none of our forms, plans, or signature checks. For samples of
 * what was released. `unknown` for suites that it is not asked about here.
 *
 * Contexts share the definitions of their terms, as they do on our way to the forms. Whatever is asked first after a full hour
 * goes without, for a hundred times the work and some 20 MiB more for a moment, so that a fault of that would show as well.
 * @param at an instant at which the credential is in force
 */
export type LibraryCheck = (document: JsonObject, method: ListedMethod, at: Date) => Promise<boolean | 'unknown'>;

export function createLibraryCheck(
  { documentLoader }: Pick<ContextLoader, 'documentLoader'>,
  clock: Clock = systemClock,
): LibraryCheck {
  // Its own: nothing that our way to the forms has read. The loaders below answer for contexts as this one does.
  const sharedCache = createKeptContexts();
  const hourNow = () => Math.floor(clock.now().getTime() / HOUR);
  let hour = hourNow();
  return async (document, method, at) => {
    const library = await import('./library.ts');
    const { DataIntegrityProof, verifyCredential, verifyingCryptosuite } = library;
    const now = hourNow();
    const contextResolver =
      now === hour
        ? new library.SharingResolver({ sharedCache })
        : new library.ContextResolver({ sharedCache: createKeptContexts() });
    const { proof } = document;
    const name = isObject(proof) ? String(proof.cryptosuite) : '';
    const cryptosuite = verifyingCryptosuite(name, contextResolver);
    if (!cryptosuite) return 'unknown';
    hour = now;
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
