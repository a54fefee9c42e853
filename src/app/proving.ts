import type { Logger } from 'pino';
import type { Identifiers } from '#identifiers';
import type { Clock, Random } from '#kernel';
import type { Counters } from '#observability';
import {
  type ContextLoader,
  type CredentialDeriver,
  canonicalize,
  createJwtChecker,
  createJwtMaker,
  createPlanSets,
  createProofChecker,
  createProofMaker,
  type JwtChecker,
  type JwtMaker,
  type OwnReference,
  type PlanUse,
  type ProofChecker,
  type ProofMaker,
  type ReleaseThread,
  type ReleaseThreadOnDemand,
  releaseThreadOnDemand,
  startReleaseThread,
} from '#proofs';
import { createReleaseCheck } from './check-released.ts';
import { askedSeldom, checkElsewhere, type ReleasedElsewhere } from './released-elsewhere.ts';

export interface ProvingDeps {
  loader: ContextLoader;
  clock: Clock;
  random: Random;
  counters: Counters;
  logger: Logger;
  /** For tests. */
  startThread?: () => Promise<ReleaseThread>;
}

/** Everything that signs, and everything that looks at signatures. */
export interface Proving {
  proofs: ProofMaker & CredentialDeriver;
  tokenMaker: JwtMaker;
  checker: ProofChecker;
  tokens: JwtChecker;
  /** When no plan of what is issued and released is being made. */
  learnt(): Promise<void>;
  /** The check of what is about to be released, with the keys that our own documents publish. */
  releasedBy(identifiers: Identifiers): ReleasedElsewhere;
  close(): Promise<void>;
}

export function openProving({ loader, clock, random, counters, logger, startThread }: ProvingDeps): Proving {
  const countForm = (use: PlanUse, outcome: string) => counters.count('tatak_canonical_forms_total', use, outcome);
  const onMismatch = (use: PlanUse) => {
    counters.count('tatak_plan_mismatches_total', use);
    logger.fatal({ use }, 'a compiled form is not the one of the reference: no plans are used any more');
  };
  const thread = releaseThreadOnDemand(startThread ?? (() => startReleaseThread(loader.source)), (err) =>
    logger.error({ err }, 'the thread that checks what is released did not start: all of it is done here'),
  );
  // One for all, with a thread for what strangers send and one for our own: two cores gain nothing from more.
  const plans = createPlanSets({
    ...{ loader, clock, random, onMismatch },
    count: countForm,
    ours: ownReference(thread, loader),
  });
  const canonicalizer = plans.verifying;
  const tokens = createJwtChecker({ loader, clock, canonicalizer });
  return {
    ...{ tokens, learnt: plans.learnt },
    proofs: createProofMaker({ loader, plans: plans.issuing }),
    tokenMaker: createJwtMaker({ loader }),
    checker: createProofChecker({ loader, clock, canonicalizer }),
    releasedBy(identifiers) {
      // Made and looked at by different plans and different code.
      const released = createProofChecker({ loader, clock, canonicalizer: plans.releases });
      const keys = askedSeldom(identifiers);
      return checkElsewhere(createReleaseCheck(released, tokens, keys), keys, thread, ({ forms, mismatch }) => {
        for (const outcome of forms) countForm('release', outcome);
        if (mismatch) onMismatch('release');
      });
    },
    async close() {
      await thread.close();
      await plans.close();
    },
  };
}

/** In the thread where what we release is checked; a plan is worth starting it, one form is not. */
function ownReference(thread: ReleaseThreadOnDemand, loader: ContextLoader): OwnReference {
  return {
    async compile(document) {
      const running = await thread.wanted();
      if (!running) throw new Error('the thread that makes plans did not start');
      return running.compile(document);
    },
    async canonicalize(document) {
      const here = () => canonicalize(loader, document);
      return thread.running?.canonicalize(document).catch(here) ?? here();
    },
  };
}
