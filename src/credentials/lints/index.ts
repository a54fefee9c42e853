import { absoluteIris } from './absolute-iris.ts';
import { awardId } from './award-id.ts';
import { badgeShape } from './badge-shape.ts';
import { caps } from './caps.ts';
import { closedObjects } from './closed-objects.ts';
import { contexts } from './contexts.ts';
import { credentialStatus } from './credential-status.ts';
import { criteria } from './criteria.ts';
import { dataIntegrityTerms } from './data-integrity-terms.ts';
import { dateTimes } from './date-times.ts';
import { evidenceTerms } from './evidence-terms.ts';
import { identityHashForm } from './identity-hash.ts';
import { nestedRepetition } from './nested-repetition.ts';
import { noEmpty } from './no-empty.ts';
import { numbers } from './numbers.ts';
import { ownNames } from './own-names.ts';
import { philsysNumber } from './philsys-number.ts';
import { pinnedDefinition } from './pinned-definition.ts';
import { priorLearning } from './prior-learning.ts';
import { protoValue } from './proto-value.ts';
import { requiredMembers } from './required-members.ts';
import { results } from './results.ts';
import type { LintRule } from './rule.ts';
import { setDuplicates } from './set-duplicates.ts';
import { specimen } from './specimen.ts';
import { subjectIdentified } from './subject-identified.ts';
import { types } from './types.ts';
import { unicode } from './unicode.ts';
import { validityPeriod } from './validity-period.ts';
import { vocabularies } from './vocabularies.ts';

/** Every issuing rule. A rule that is not here does not run; a test compares this list with the folder. */
export const LINTS: readonly LintRule[] = [
  contexts,
  types,
  requiredMembers,
  badgeShape,
  ownNames,
  pinnedDefinition,
  dateTimes,
  validityPeriod,
  unicode,
  noEmpty,
  absoluteIris,
  closedObjects,
  vocabularies,
  caps,
  criteria,
  subjectIdentified,
  identityHashForm,
  awardId,
  credentialStatus,
  numbers,
  setDuplicates,
  nestedRepetition,
  results,
  protoValue,
  philsysNumber,
  specimen,
  dataIntegrityTerms,
  evidenceTerms,
  priorLearning,
];
