import { createAccreditationCheck } from '#accreditation';
import { phDocumentErrors } from '#framework';
import { formatInstant, isObject, type Json, type JsonObject, LIMITS, Problem, systemClock } from '#kernel';
import type { GuardedFetch } from '#net';
import type { Holding } from '#pathways';
import { hardenPrototypes } from '#proofs';
import { createVerifier, type Report } from '#verifier';
import type { Documents } from './documents.ts';
import { createOfflineProofs } from './offline-proofs.ts';

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
  hardenPrototypes();
  const fetch = fetchFrom(documents);
  const checks = createOfflineProofs(fetch);
  const none = { own: async () => undefined, held: async () => undefined };
  const verifier = createVerifier({
    ...{ ...checks, fetch, clock: systemClock, registers: none, phErrors: phDocumentErrors },
    accreditation: createAccreditationCheck({
      policy: { anchors, maxDepth: LIMITS.chainDepth },
      registers: {
        grantsTo: async () => [],
        successionsTo: async () => [],
        atHand: async () => ({ outcome: 'unknown', code: 'register_unreachable', detail: 'nothing is fetched here' }),
      },
    }),
  });
  return { holdingOf: (document) => verifier.verifyHolding({ document }), close: () => checks.proofs.close() };
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
