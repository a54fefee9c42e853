import { createAccreditationCheck } from '#accreditation';
import { phDocumentErrors } from '#framework';
import { createIdentifiers, type Identifiers } from '#identifiers';
import { type Clock, fieldProblem, LIMITS, systemClock } from '#kernel';
import {
  contextRules,
  createCanonicalizerHere,
  createContextLoader,
  createJwtChecker,
  createProofChecker,
} from '#proofs';
import { createRegisterAccess, createVerifier, type Verifier } from '#verifier';
import phContext from '../../../contexts/ph-v1-draft.json' with { type: 'json' };
import { heldRegisters } from './held.ts';
import { fetchFrom, type Material, readSnapshots, type Snapshot } from './material.ts';

export interface OfflineOptions extends Material {
  /** DIDs of the authorities that are trusted. Without any, `recognition` is `not_shown`. */
  anchors?: readonly string[];
  /** Days after its publication for which a register may answer; default only within its own validity, a day or so. */
  registerMaxAgeDays?: number;
  /** The moment of the verification; default now. */
  now?: Date | string;
}

export interface Offline {
  verifier: Verifier;
  identifiers: Identifiers;
  snapshots: readonly Snapshot[];
  clock: Clock;
}

/** Where a document stands that names the extension at any address; it is read from these bytes, and never fetched. */
const SOURCE = { phContext: JSON.stringify(phContext), phContextUrl: 'https://tatak.invalid/contexts/ph/v1-draft' };
let loaded: ReturnType<typeof createContextLoader> | undefined;

/** Nothing waits for a network; what takes time is the canonicalisation on a slow machine. */
const MS = 120_000;

/**
 * The verifier of the service, in a program of somebody else: the same checks in the same order, with what the caller brought in
 * the place of the network. What was not brought is unknown, which is never a pass.
 * @throws Problem `invalid-request`
 */
export function offlineVerifier(options: OfflineOptions): Offline {
  const { anchors = [], registerMaxAgeDays } = options;
  const now = moment(options.now);
  const clock: Clock = { now: () => new Date(now) };
  loaded ??= createContextLoader(SOURCE);
  const canonicalizer = createCanonicalizerHere(loaded);
  const snapshots = readSnapshots(options.registers);
  const fetch = fetchFrom(options, snapshots, now);
  const looking = {
    proofs: createProofChecker({ loader: loaded, clock, canonicalizer }),
    tokens: createJwtChecker({ loader: loaded, clock, canonicalizer }),
    identifiers: createIdentifiers({ fetch, clock }),
    ...{ fetch, clock },
    ...contextRules(loaded),
  };
  const { verifyRegister } = createRegisterAccess(looking);
  const verifier = createVerifier({
    ...looking,
    registers: heldRegisters(snapshots, registerMaxAgeDays, clock, verifyRegister),
    phErrors: phDocumentErrors,
    accreditation: createAccreditationCheck({
      policy: { anchors, maxDepth: LIMITS.chainDepth },
      registers: {
        grantsTo: async () => [],
        successionsTo: async () => [],
        atHand: async (did) => ({ outcome: 'unknown', code: 'register_not_at_hand', detail: did }),
      },
    }),
    limits: { ms: MS, fetches: LIMITS.verifyFetches, parallel: LIMITS.verifyParallelFetches },
  });
  return { verifier, identifiers: looking.identifiers, snapshots, clock };
}

function moment(now: Date | string = systemClock.now()): Date {
  const date = new Date(now);
  if (Number.isNaN(date.getTime())) throw fieldProblem('invalid-request', '/now', 'must be a moment');
  return date;
}
