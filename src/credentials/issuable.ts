import { type FieldError, isObject, type Json, type JsonObject, Problem } from '#kernel';
import type { ContextRules } from '#proofs';
import { absoluteIris } from './lints/absolute-iris.ts';
import { badgeShape } from './lints/badge-shape.ts';
import { caps } from './lints/caps.ts';
import { closedObjects } from './lints/closed-objects.ts';
import { criteria } from './lints/criteria.ts';
import { dateTimes } from './lints/date-times.ts';
import { endorsement } from './lints/endorsement.ts';
import { identityHashForm } from './lints/identity-hash.ts';
import { nestedRepetition } from './lints/nested-repetition.ts';
import { noEmpty } from './lints/no-empty.ts';
import { numbers } from './lints/numbers.ts';
import { philsysNumber } from './lints/philsys-number.ts';
import { protoValue } from './lints/proto-value.ts';
import { results } from './lints/results.ts';
import type { LintContext } from './lints/rule.ts';
import { setDuplicates } from './lints/set-duplicates.ts';
import { subjectIdentified } from './lints/subject-identified.ts';
import { unicode } from './lints/unicode.ts';
import { validityPeriod } from './lints/validity-period.ts';
import { vocabularies } from './lints/vocabularies.ts';
import { hasType } from './lints/walk.ts';
import { publishedResources } from './published-resources.ts';
import { conformityErrors } from './vcdm/index.ts';

/** The part of an issuing rule's context that is there without a definition of ours; a rule that asks for more is not listed. */
interface AnyRule {
  check(document: JsonObject, context: Pick<LintContext, 'now'>): FieldError[];
}

/** What no signature would cover, or what different eyes and libraries read differently: of everything that is signed. */
const SIGNED: readonly AnyRule[] = [
  protoValue,
  unicode,
  noEmpty,
  numbers,
  setDuplicates,
  nestedRepetition,
  philsysNumber,
  publishedResources,
];

/** Rules of every Open Badge, whoever defined the achievement. */
const BADGES: readonly AnyRule[] = [
  badgeShape,
  absoluteIris,
  closedObjects,
  vocabularies,
  caps,
  criteria,
  subjectIdentified,
  identityHashForm,
  results,
  dateTimes,
  validityPeriod,
];

/** Rules of an endorsement: what is said of something else, and no award. */
const ENDORSEMENTS: readonly AnyRule[] = [endorsement, absoluteIris, closedObjects, caps, dateTimes, validityPeriod];

export interface Issuing {
  contexts: ContextRules;
  /** Limits on future dates of badges count from here. */
  now: Date;
}

/**
 * What is wrong with a document that another system has drawn up and this service is asked to sign: the data model, contexts
 * that let two readers see two documents, what no signature would cover; for `openbadge` also the rules of Open Badges
 * 3.0. A proof is left to whoever adds one.
 * @returns every fault, with pointers into the document
 */
export function issuableErrors(document: JsonObject, profile: 'openbadge' | 'vc', issuing: Issuing): FieldError[] {
  const { proof: _, ...unsecured } = document;
  const { contexts, now } = issuing;
  const { '@context': __, ...members } = withoutData(unsecured, contexts.jsonTerms) as JsonObject;
  const isEndorsement = hasType(document.type, 'EndorsementCredential');
  const errors = [
    ...conformityErrors(unsecured, 'credential', contexts.jsonTerms),
    ...contexts.contextProblems(unsecured, profile),
    ...[...SIGNED, ...(profile === 'vc' ? [] : isEndorsement ? ENDORSEMENTS : BADGES)].flatMap((rule) =>
      rule.check(members, { now }),
    ),
  ];
  const seen = new Set<string>();
  return errors.filter(({ pointer }) => !seen.has(pointer) && seen.add(pointer));
}

/**
 * The same, for whoever signs.
 * @throws Problem `lint-failed` naming every fault
 */
export function assertIssuable(document: JsonObject, profile: 'openbadge' | 'vc', issuing: Issuing): void {
  const errors = issuableErrors(document, profile, issuing);
  if (errors.length > 0) throw new Problem('lint-failed', 'the credential breaks an issuing rule', { errors });
}

/** Values of `@json` terms mean nothing but themselves. */
function withoutData(value: Json, data: ReadonlySet<string>): Json {
  if (Array.isArray(value)) return value.map((one) => withoutData(one, data));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !data.has(key));
  return Object.fromEntries(kept.map(([key, one]) => [key, withoutData(one, data)]));
}
