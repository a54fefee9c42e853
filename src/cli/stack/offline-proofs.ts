import { readPublished } from '#app';
import { createIdentifiers } from '#identifiers';
import { systemClock } from '#kernel';
import type { GuardedFetch } from '#net';
import { contextRules, createContextLoader, createJwtChecker, createProofChecker } from '#proofs';

/** What it takes to check a signature without a service. @param fetch the only place where keys are looked up */
export function createOfflineProofs(fetch: GuardedFetch) {
  const phContextUrl = 'https://tatak.invalid/contexts/ph/v1-draft';
  const loader = createContextLoader({ phContext: readPublished().get('/contexts/ph/v1-draft')!, phContextUrl });
  return {
    proofs: createProofChecker({ loader, clock: systemClock }),
    tokens: createJwtChecker({ loader, clock: systemClock }),
    identifiers: createIdentifiers({ fetch, clock: systemClock }),
    ...contextRules(loader),
  };
}
