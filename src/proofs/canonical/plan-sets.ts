import type { Clock, Json, JsonObject, Random } from '#kernel';
import type { ContextLoader } from '../contexts.ts';
import type { Mismatch } from '../mismatch.ts';
import { type BoundedCanonicalizer, createBoundedCanonicalizer, type PlanCompiler } from './bounded.ts';
import { canonicalize, createVerifyingCanonicalizer, type VerifyingCanonicalizer } from './canonicalize.ts';
import { readTerms } from './compiled/index.ts';
import { type CompiledForms, type CompiledFormsOptions, createCompiledForms } from './compiled-forms.ts';
import type { Part } from './forms.ts';
import { PLAN_BOUNDS } from './plans.ts';

/** Plans of documents, and of proof configurations. */
export type PlanPair = Record<Part, CompiledForms>;

/** Who uses plans: the maker of proofs, the check of what it made, the verifier. None uses a plan of another. */
export type PlanUse = 'issue' | 'release' | 'verify';

export interface PlanSets {
  issuing: PlanPair;
  /** For a checker of what is about to be released: other plans, and the code of the reference behind them. */
  releases: VerifyingCanonicalizer;
  verifying: VerifyingCanonicalizer;
  /** When no plan of what is issued and released is being made. */
  learnt(): Promise<void>;
  /** For tests and measurements: when no plan is being made. */
  idle(): Promise<void>;
  /** Ends the worker thread. */
  close(): Promise<void>;
}

/** Makes plans of our own documents, and says what the reference makes of one (work factor 1). */
export interface OwnReference extends PlanCompiler {
  /** @throws Error when there is no answer */
  canonicalize(document: Json): Promise<string>;
}

/** The first ten of a template, then one in 256; the same of what is verified. */
const SAMPLING = { first: 10, oneIn: 256 };
const SAMPLED_OF_OTHERS = { first: 2, oneIn: 256 };

/**
 * Compiled canonicalisation for one service. Plans of what is verified are made in one thread, which also canonicalises what
 * strangers send and the calling thread should not; it can be killed.
 * @param options.ours elsewhere than in that thread: plans and samples of our own documents then wait for nothing of strangers
 * @param options.count by use: `compiled`, or the rule that a document is not eligible by
 * @param options.onMismatch a fault of ours; the plans of that use are not used any more
 */
export function createPlanSets(options: {
  loader: ContextLoader;
  clock: Clock;
  random: Random;
  count?: (use: PlanUse, outcome: string) => void;
  onMismatch?: (use: PlanUse, mismatch: Mismatch) => void;
  ours?: OwnReference;
  /** For tests. */
  bounded?: BoundedCanonicalizer & PlanCompiler;
}): PlanSets {
  const { loader, clock, random } = options;
  const bounded = options.bounded ?? createBoundedCanonicalizer(loader.source);
  const terms = readTerms(loader.documents);
  const ours: OwnReference = options.ours ?? {
    compile: bounded.compile,
    // In the thread while it is free; the forms are the same.
    canonicalize: (document) => (bounded.isFree() ? bounded.run(document) : canonicalize(loader, document)),
  };
  const strangers = createVerifyingCanonicalizer(loader, bounded, { elsewhere: true });
  const own = createVerifyingCanonicalizer(loader, bounded);

  function pair(use: PlanUse, more: Partial<CompiledFormsOptions>): PlanPair {
    const made: CompiledForms[] = [];
    const one = (repeats: boolean): CompiledForms => {
      const forms = createCompiledForms({
        repeats,
        ...{ terms, compiler: ours, clock, random, use: 'verify', by: 'own', reference: ours.canonicalize, ...more },
        count: (outcome) => options.count?.(use, outcome),
        onMismatch(mismatch) {
          for (const other of made) other.close();
          options.onMismatch?.(use, mismatch);
        },
      });
      made.push(forms);
      return forms;
    };
    return { document: one(false), proof: one(true) };
  }

  /** Institutions of one service have templates as they need them. */
  const bounds = { ...PLAN_BOUNDS, each: PLAN_BOUNDS.plans };
  const issuing = pair('issue', { use: 'issue', sampling: SAMPLING, bounds });
  const releases = pair('release', { by: 'reference', bounds });
  const verifying = pair('verify', {
    compiler: bounded,
    sampling: SAMPLED_OF_OTHERS,
    reference: (document: JsonObject) => strangers.canonicalize(document),
  });
  const made = async (...pairs: PlanPair[]): Promise<void> => {
    for (const each of pairs) await Promise.all([each.document.idle(), each.proof.idle()]);
  };
  return {
    issuing,
    releases: { ...own, plans: releases },
    verifying: { ...strangers, plans: verifying },
    learnt: () => made(issuing, releases),
    idle: () => made(issuing, releases, verifying),
    async close() {
      for (const each of [issuing, releases, verifying]) for (const one of Object.values(each)) one.close();
      await bounded.close();
    },
  };
}
