import { formatInstant, isObject, type Json, type JsonObject, Problem, systemClock } from '#kernel';
import type { GuardedFetch } from '#net';
import type { Holding } from '#pathways';
import type { Report } from '#verifier';
import { createOwnVerifier } from '../own-verifier.ts';
import type { Documents } from './documents.ts';

export interface Offline {
  /** What a signed badge is to a pathway; no holding when it is not genuine, or that could not be found out. */
  holdingOf(document: JsonObject): Promise<{ report: Report; holding?: Holding }>;
  close(): Promise<void>;
}

/**
 * The verifier of the service without its network: what it would have fetched stands in `documents`, and what does not is
 * unknown, which is never a pass.
 * @param anchors DIDs of trusted authorities
 */
export function createOffline(documents: Documents, anchors: readonly string[]): Offline {
  const { verifier, close } = createOwnVerifier(fetchFrom(documents), anchors);
  return { holdingOf: (document) => verifier.verifyHolding({ document }), close };
}

const fetchFrom =
  (documents: Documents): GuardedFetch =>
  async (url) => {
    const document: Json | undefined = Object.hasOwn(documents, url) ? documents[url] : undefined;
    if (!isObject(document)) throw new Problem('fetch-refused', `${url} is not among the documents that were given`);
    return {
      ...{ url, status: 200, contentType: 'application/json', fetchedAt: formatInstant(systemClock.now()) },
      bytes: Buffer.from(JSON.stringify(document)),
    };
  };
