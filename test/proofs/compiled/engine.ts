import type { Json, JsonObject, Random } from '#kernel';
import { CanonicalizationError } from '#proofs';
import {
  checkValues,
  compile,
  deepNquads,
  isNotEligible,
  type Leaf,
  type NotEligible,
  ownNquads,
  type Plan,
  type Rule,
  referenceNquads,
  shapeOf,
  type ValueUse,
} from '../../../src/proofs/canonical/compiled/index.ts';
import { rdfc } from '../../../src/proofs/canonical/rdfc.ts';
import { assertPortableNquads, assertPortableNumbers } from '../../../src/proofs/portable.ts';
import { documentLoader, terms } from './extension.ts';

const known = new WeakMap<JsonObject, Promise<string>>();

function referenceForm(document: JsonObject): Promise<string> {
  let form = known.get(document);
  if (form === undefined) {
    form = rdfc(document, documentLoader, 1, 'sha256');
    known.set(document, form);
  }
  return form;
}

/** What the reference path makes of a document; undefined when it refuses. Asked once for each object. */
export async function reference(document: JsonObject): Promise<string | undefined> {
  try {
    return await referenceForm(document);
  } catch (error) {
    if (error instanceof CanonicalizationError) return undefined;
    throw error;
  }
}

/** Whether the lints of the maker let it be signed. */
export function isPortable(document: JsonObject, nquads: string): boolean {
  try {
    assertPortableNumbers(document as Json);
    assertPortableNquads(nquads);
    return true;
  } catch {
    return false;
  }
}

export interface Answer {
  nquads: string;
  /** The plan was there already. */
  cached: boolean;
}

export interface Engine {
  plans: Map<string, Plan>;
  /** Through a plan that is there. */
  cached(document: JsonObject, use?: ValueUse): Promise<Answer | NotEligible>;
  /** Also through a new plan. */
  answer(document: JsonObject, use?: ValueUse): Promise<Answer | NotEligible>;
}

/** The compiled path as a verifier has it, with a cache without bounds. @param without rules taken out */
export function createEngine(random: Random, without: ReadonlySet<Rule> = new Set()): Engine {
  const plans = new Map<string, Plan>();
  const through = async (plan: Plan, leaves: Leaf[], use: ValueUse): Promise<string | NotEligible> => {
    const values = checkValues(plan, leaves, use, terms, without);
    if (isNotEligible(values)) return values;
    const own = ownNquads(plan, values, without);
    if (isNotEligible(own)) return own.notEligible === 'D-2' ? deepNquads(plan, values) : own;
    // The code of the self-check must say the same, always.
    const other = without.size > 0 ? own : await referenceNquads(plan, values);
    if (other !== own) throw new Error(`two ways through one plan differ: ${JSON.stringify(other)}`);
    return own;
  };
  const ask = async (document: JsonObject, use: ValueUse, builds: boolean): Promise<Answer | NotEligible> => {
    const shape = shapeOf(document, terms, undefined, without);
    if (isNotEligible(shape)) return shape;
    let plan = plans.get(shape.key);
    const cached = plan !== undefined;
    if (plan === undefined) {
      if (!builds) return { notEligible: 'plan' };
      const made = await compile(document, { terms, documentLoader, canonicalize: referenceForm, random, without });
      if (isNotEligible(made)) return made;
      if ('mismatch' in made) throw new Error(`${made.mismatch}\n${made.reference}\n${made.compiled}`);
      plan = made;
      plans.set(shape.key, plan);
    }
    const nquads = await through(plan, shape.leaves, use);
    return isNotEligible(nquads) ? nquads : { nquads, cached };
  };
  return {
    plans,
    cached: (document, use = 'verify') => ask(document, use, false),
    answer: (document, use = 'verify') => ask(document, use, true),
  };
}
