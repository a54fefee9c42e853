import type { DocumentLoader } from 'jsonld';
import type { JsonObject, Random } from '#kernel';
import { CanonicalizationError } from '../outcome.ts';
import { toDataset } from '../rdfc.ts';
import { type Discovered, planOf } from './assemble.ts';
import { isNotEligible, NOTHING, type NotEligible, notEligible, type Without } from './eligible.ts';
import { isAbsoluteIri, isNamed } from './iri.ts';
import { ownNquads } from './own.ts';
import type { Plan, Role } from './plan.ts';
import { deepNquads, hasRepeatedLine, referenceNquads } from './reference.ts';
import { readRoles } from './roles.ts';
import { createSentinels, randomLeaves, withLeaves } from './sentinels.ts';
import { type Leaf, shapeOf } from './shape.ts';
import type { PinnedTerms } from './terms.ts';
import { checkValues } from './values.ts';

export interface CompileDeps {
  terms: PinnedTerms;
  documentLoader: DocumentLoader;
  /** The reference. @throws CanonicalizationError */
  canonicalize(document: JsonObject): Promise<string>;
  random: Random;
  /** Rules left out, by tests alone. */
  without?: Without;
}

/** What the reference says differs from what the plan makes of it: the compiler must not be used any more. */
export interface PlanMismatch {
  mismatch: string;
  reference: string;
  compiled: string;
}

/** Random documents that a plan is tried on, besides its own. */
const INSTANCES = 2;
/** A leaf that turns out to be a constant may change what others are. */
const PASSES = 4;

/**
 * Makes the plan of a document's shape, in about five runs of the reference: one with sentinels, and one for each document
 * that the plan must reproduce before it may be used (T-2).
 * @returns `plan` when the reference does not accept the document
 */
export async function compile(document: JsonObject, deps: CompileDeps): Promise<Plan | NotEligible | PlanMismatch> {
  const { terms, without = NOTHING } = deps;
  const shape = shapeOf(document, terms, undefined, without);
  if (isNotEligible(shape)) return shape;
  const nquads = await accepted(() => deps.canonicalize(document));
  if (nquads === undefined) return notEligible('plan');
  if (hasRepeatedLine(nquads) && !without.has('D-1')) return notEligible('D-1');

  const discovered = await discover(document, shape.leaves, deps);
  if (isNotEligible(discovered)) return discovered;
  const plan = planOf(shape, document, discovered, terms);
  if (isNotEligible(plan)) return plan;

  // T-2, which only a test of the other rules leaves out.
  if (without.has('plan')) return plan;
  const tried: { leaves: readonly Leaf[]; nquads?: string }[] = [{ leaves: shape.leaves, nquads }];
  for (let count = 0; count < INSTANCES; count++) tried.push({ leaves: randomLeaves(plan.roles, deps.random) });
  for (const { leaves, nquads: known } of tried) {
    const expected =
      known ?? (await accepted(() => deps.canonicalize(withLeaves(document, leaves, terms, without)))) ?? 'refused';
    const fault = await faultOf(plan, leaves, expected, deps);
    if (fault) return fault;
  }
  return plan;
}

/** T-2: both ways through the plan must give what the reference gives. */
async function faultOf(
  plan: Plan,
  leaves: readonly Leaf[],
  expected: string,
  { terms, without }: CompileDeps,
): Promise<NotEligible | PlanMismatch | undefined> {
  const values = checkValues(plan, leaves, 'verify', terms, without);
  if (isNotEligible(values)) return values;
  const own = ownNquads(plan, values, without);
  const other = isNotEligible(own) && own.notEligible === 'D-2' ? await deepNquads(plan, values) : undefined;
  for (const compiled of [own, other ?? (await referenceNquads(plan, values))]) {
    if (isNotEligible(compiled)) {
      // Work that the reference does on other input only; the plan is right for documents without such nodes.
      if (compiled.notEligible === 'D-2') continue;
      return compiled;
    }
    if (compiled !== expected) {
      return { mismatch: 'the plan does not give what the reference gives', reference: expected, compiled };
    }
  }
  return undefined;
}

/** Runs the reference with sentinels, again with what turned out to be constant left as it is. */
async function discover(
  document: JsonObject,
  own: readonly Leaf[],
  deps: CompileDeps,
): Promise<Discovered | NotEligible> {
  const { terms, without = NOTHING } = deps;
  let constants = new Set<number>();
  for (let pass = 0; pass < PASSES; pass++) {
    const sentinels = createSentinels(own, deps.random);
    const marked = sentinels.leaves.map((one, index) => (constants.has(index) ? own[index]! : one));
    const dataset = await accepted(() => toDataset(withLeaves(document, marked, terms, without), deps.documentLoader));
    if (dataset === undefined) return notEligible('plan');
    const roles = readRoles(dataset, sentinels, own).map((role, index): Role => {
      const value = own[index]!;
      // A context may replace it although the key does not say so: then only this value is known (I-3).
      const isReplaced = role.kind === 'iri' && !without.has('I-1') && !isSafeIri(value, terms);
      return constants.has(index) || isReplaced ? { kind: 'constant', value } : role;
    });
    const now = new Set(roles.flatMap((role, index) => (role.kind === 'constant' ? [index] : [])));
    if (now.size === constants.size) return { dataset, roles, sentinels };
    constants = now;
  }
  return notEligible('plan');
}

const isSafeIri = (value: Leaf, terms: PinnedTerms): boolean =>
  typeof value === 'string' && isAbsoluteIri(value) && !isNamed(value, terms);

async function accepted<T>(run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof CanonicalizationError) return undefined;
    throw error;
  }
}
