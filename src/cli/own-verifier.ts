import { createAccreditationCheck } from '#accreditation';
import { readPublished } from '#app';
import { phDocumentErrors } from '#framework';
import { createIdentifiers, type Identifiers } from '#identifiers';
import { LIMITS, systemClock } from '#kernel';
import type { GuardedFetch } from '#net';
import { contextRules, createContextLoader, createJwtChecker, createProofChecker, hardenPrototypes } from '#proofs';
import { createVerifier, type Verifier } from '#verifier';

export interface OwnVerifier {
  verifier: Verifier;
  identifiers: Identifiers;
  close(): Promise<void>;
}

/** What it takes to check a signature without a service. @param fetch the only place where keys are looked up */
export function createOwnProofs(fetch: GuardedFetch) {
  const phContextUrl = 'https://tatak.invalid/contexts/ph/v1-draft';
  const loader = createContextLoader({ phContext: readPublished().get('/contexts/ph/v1-draft')!, phContextUrl });
  return {
    proofs: createProofChecker({ loader, clock: systemClock }),
    tokens: createJwtChecker({ loader, clock: systemClock }),
    identifiers: createIdentifiers({ fetch, clock: systemClock }),
    ...contextRules(loader),
  };
}

/**
 * The verifier of the service without a service: it holds no register and no key of its own.
 * @param fetch whatever a badge refers to is had by this, and what cannot be had is unknown, which is never a pass
 * @param anchors DIDs of trusted authorities
 */
export function createOwnVerifier(fetch: GuardedFetch, anchors: readonly string[]): OwnVerifier {
  hardenPrototypes();
  const checks = createOwnProofs(fetch);
  const none = { own: async () => undefined, held: async () => undefined };
  const verifier = createVerifier({
    ...{ ...checks, fetch, clock: systemClock, registers: none, phErrors: phDocumentErrors },
    accreditation: createAccreditationCheck({
      policy: { anchors, maxDepth: LIMITS.chainDepth },
      registers: {
        grantsTo: async () => [],
        successionsTo: async () => [],
        atHand: async () => ({ outcome: 'unknown', code: 'register_unreachable', detail: 'no register is held here' }),
      },
    }),
  });
  return { verifier, identifiers: checks.identifiers, close: () => checks.proofs.close() };
}
