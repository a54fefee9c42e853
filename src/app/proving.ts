import type { Logger } from 'pino';
import type { Identifiers } from '#identifiers';
import type { Clock, Random } from '#kernel';
import type { Counters } from '#observability';
import {
  type ContextLoader,
  createContextLoader,
  createJwtChecker,
  createJwtMaker,
  createPlanSets,
  createProofChecker,
  createProofMaker,
  type PlanUse,
  startReleaseThread,
} from '#proofs';
import { readAddedContexts } from './added-contexts.ts';
import { createReleaseCheck } from './check-released.ts';
import type { Config } from './config.ts';
import { askedSeldom, checkElsewhere, type ReleasedElsewhere } from './released-elsewhere.ts';

export interface ProvingDeps {
  config: Pick<Config, 'dataDirectory'>;
  /** The extension context of this service, and where it is served. */
  phContext: Parameters<typeof createContextLoader>[0]['phContext'];
  phContextUrl: string;
  clock: Clock;
  random: Random;
  counters: Counters;
  logger: Logger;
}

/** Everything that signs, and everything that looks at signatures. */
export interface Proving {
  loader: ContextLoader;
  proofs: ReturnType<typeof createProofMaker>;
  tokenMaker: ReturnType<typeof createJwtMaker>;
  checker: ReturnType<typeof createProofChecker>;
  tokens: ReturnType<typeof createJwtChecker>;
  /** When no plan of what is issued and released is being made. */
  learnt(): Promise<void>;
  /** The check of what is about to be released, with the keys that our own documents publish. To be closed before the rest. */
  releasedBy(identifiers: Identifiers): ReleasedElsewhere;
  close(): Promise<void>;
}

export function openProving(deps: ProvingDeps): Proving {
  const { config, phContext, phContextUrl, clock, random, counters, logger } = deps;
  const loader = createContextLoader({ phContext, phContextUrl, added: readAddedContexts(config.dataDirectory) });
  const countForm = (use: PlanUse, outcome: string) => counters.count('tatak_canonical_forms_total', use, outcome);
  const onMismatch = (use: PlanUse) => {
    counters.count('tatak_plan_mismatches_total', use);
    logger.fatal({ use }, 'a compiled form is not the one of the reference: no plans are used any more');
  };
  // One for all: its one thread is all that two cores gain from.
  const plans = createPlanSets({ ...{ loader, clock, random, onMismatch }, count: countForm });
  const canonicalizer = plans.verifying;
  const tokens = createJwtChecker({ loader, clock, canonicalizer });
  return {
    ...{ loader, tokens, learnt: plans.learnt, close: plans.close },
    proofs: createProofMaker({ loader, plans: plans.issuing }),
    tokenMaker: createJwtMaker({ loader }),
    checker: createProofChecker({ loader, clock, canonicalizer }),
    releasedBy(identifiers) {
      // Made and looked at by different plans and different code.
      const released = createProofChecker({ loader, clock, canonicalizer: plans.releases });
      const keys = askedSeldom(identifiers);
      return checkElsewhere(
        createReleaseCheck(released, tokens, keys),
        keys,
        () => startReleaseThread(loader.source),
        ({ forms, mismatch }) => {
          for (const outcome of forms) countForm('release', outcome);
          if (mismatch) onMismatch('release');
        },
      );
    },
  };
}
