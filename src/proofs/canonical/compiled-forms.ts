import type { Clock, JsonObject, Random } from '#kernel';
import type { Mismatch } from '../mismatch.ts';
import type { PlanCompiler } from './bounded.ts';
import {
  checkValues,
  deepNquads,
  isNotEligible,
  type NotEligible,
  ownNquads,
  type PinnedTerms,
  type Plan,
  type PlanMismatch,
  referenceNquads,
  type Shape,
  shapeOf,
  type Values,
  type ValueUse,
} from './compiled/index.ts';
import { createMadeForms } from './made-forms.ts';
import { createPlans, type KnownStructure, type PlanBounds, type PlanInUse } from './plans.ts';

/** How often what a plan gives is held against the reference (compiled templates, self-check). */
export interface Sampling {
  /** The first so many of each plan. */
  first: number;
  /** Then about one in so many, at most 256, by a draw that nobody can foresee. */
  oneIn: number;
}

export interface CompiledFormsOptions {
  terms: PinnedTerms;
  compiler: PlanCompiler;
  clock: Clock;
  random: Random;
  use: ValueUse;
  /** Which code labels and sorts: the own, or that of the reference, so that what the one signed the other checks. */
  by: 'own' | 'reference';
  /** Absent: plans are held against the reference when they are made, and no more. */
  sampling?: Sampling;
  bounds?: PlanBounds;
  /** Short documents of which many are equal (proof configurations): the form of one that was made a moment ago is kept. */
  repeats?: boolean;
  /** Canonical N-Quads by the reference, from the document. @throws CanonicalizationError */
  reference(document: JsonObject): Promise<string>;
  /** `compiled`, or the rule by which a document is not eligible. */
  count?(outcome: string): void;
  /** Two ways to one form differ. Plans are used no more. */
  onMismatch?(mismatch: Mismatch): void;
}

/** What a plan says of a document. */
export type CompiledForm =
  /** With what was found of the structure that all documents of the plan share. */
  | { nquads: string; structure: KnownStructure }
  /** Normal: the reference decides. With the shape, if there is one to be learnt. */
  | (NotEligible & { shape?: Shape })
  /** A fault of ours. `nquads` is what the reference says, where it was asked. */
  | { mismatch: Mismatch; nquads?: string };

export interface CompiledForms {
  form(document: JsonObject): Promise<CompiledForm>;
  /** The reference accepted this document, whose form was not eligible for the want of a plan. */
  learn(shape: Shape, document: JsonObject, owner: string): void;
  /** What is known of a document, for whoever looks into a fault of it. */
  explain(document: JsonObject): Promise<Mismatch>;
  /** No plan is used or made any more. */
  close(): void;
  /** When no plan is being made. */
  idle(): Promise<void>;
}

const MOST_SUSPECTS = 4_096;
const DRAWN = 256;

/** Canonical forms from plans (compiled templates), each rule of which ends in the reference and never in a guess. */
export function createCompiledForms(options: CompiledFormsOptions): CompiledForms {
  const { terms, random, use, by, sampling, reference } = options;
  /** The shape that could not be reproduced, until somebody is told. */
  let faulty: { key: string; mismatch: Mismatch } | undefined;
  let off = false;
  const plans = createPlans({
    ...options,
    onMismatch: ({ reference: expected, compiled, mismatch: why }: PlanMismatch, key) => {
      const mismatch = { evidence: { why, reference: expected, compiled, key }, suspects: [] };
      faulty = { key, mismatch };
      stop(mismatch);
    },
  });

  function stop(mismatch: Mismatch): void {
    off = true;
    plans.close();
    options.onMismatch?.(mismatch);
  }

  const isSampled = ({ uses }: PlanInUse, { unusual }: Values): boolean => {
    if (!sampling) return false;
    return uses <= sampling.first || unusual || draw() % sampling.oneIn === 0;
  };

  /** Many at once: a call for one byte costs as much. */
  let drawn: Uint8Array = new Uint8Array();
  let next = 0;
  function draw(): number {
    if (next === drawn.length) {
      drawn = random.bytes(DRAWN);
      next = 0;
    }
    return drawn[next++]!;
  }

  const made = options.repeats ? createMadeForms() : undefined;

  async function form(document: JsonObject): Promise<CompiledForm> {
    if (off && !faulty) return { notEligible: 'plan' };
    const known = faulty ? undefined : made?.get(document);
    // Only while its plan is in use. It was drawn for the reference, or not, when it was made: it is the same form.
    if (known && plans.get(known.inUse.plan.key) === known.inUse) return answer(known.inUse, known.nquads);
    const shape = shapeOf(document, terms);
    if (isNotEligible(shape)) return shape;
    if (faulty) {
      const { key, mismatch } = faulty;
      if (key !== shape.key) return { notEligible: 'plan' };
      faulty = undefined;
      return { mismatch };
    }
    const inUse = plans.get(shape.key);
    if (!inUse) return { notEligible: 'plan', shape };
    const values = checkValues(inUse.plan, shape.leaves, use, terms);
    if (isNotEligible(values)) return values;
    const nquads = await nquadsOf(inUse.plan, values);
    if (isNotEligible(nquads)) return nquads;
    const found = await used(inUse, values, document, nquads);
    if (!('mismatch' in found)) made?.keep(document, { inUse, nquads });
    return found;
  }

  async function nquadsOf(plan: Plan, values: Values): Promise<string | NotEligible> {
    const found = by === 'own' ? ownNquads(plan, values) : await referenceNquads(plan, values);
    return isNotEligible(found) && found.notEligible === 'D-2' ? deepNquads(plan, values) : found;
  }

  async function used(inUse: PlanInUse, values: Values, document: JsonObject, nquads: string): Promise<CompiledForm> {
    inUse.uses++;
    if (!isSampled(inUse, values)) {
      if (sampling && inUse.suspects.length < MOST_SUSPECTS) inUse.suspects.push(idOf(document));
      return answer(inUse, nquads);
    }
    const expected = await reference(document);
    if (expected === nquads) {
      inUse.suspects = [];
      return answer(inUse, nquads);
    }
    const { plan, suspects } = inUse;
    const mismatch = { evidence: { own: nquads, reference: expected, ...planEvidence(plan) }, suspects };
    stop(mismatch);
    return { mismatch, nquads: expected };
  }

  return {
    async form(document) {
      const found = await form(document);
      options.count?.('notEligible' in found ? found.notEligible : 'compiled');
      return found;
    },
    learn(shape, document, owner) {
      if (!off) plans.sight(shape.key, document, owner);
    },
    async explain(document) {
      const shape = shapeOf(document, terms);
      const inUse = isNotEligible(shape) ? undefined : plans.get(shape.key);
      const expected = await reference(document).catch((error: unknown) => String(error));
      if (isNotEligible(shape) || !inUse) return { evidence: { reference: expected }, suspects: [] };
      const { plan, suspects } = inUse;
      const values = checkValues(plan, shape.leaves, use, terms);
      const own = isNotEligible(values) ? values : await nquadsOf(plan, values);
      return { evidence: { own: asJson(own), reference: expected, ...planEvidence(plan) }, suspects };
    },
    close() {
      off = true;
      plans.close();
    },
    idle: () => plans.idle(),
  };
}

const answer = ({ structure }: PlanInUse, nquads: string): CompiledForm => ({ nquads, structure });
const idOf = ({ id }: JsonObject): string => (typeof id === 'string' ? id : '');
const asJson = (own: string | NotEligible): string =>
  typeof own === 'string' ? own : `not eligible: ${own.notEligible}`;
/** The whole plan: it is compared, and never used again. */
const planEvidence = (plan: Plan): JsonObject => ({ plan: JSON.stringify(plan) });
