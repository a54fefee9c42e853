import { conformityErrors } from '#credentials';
import { type FieldError, type JsonObject, parseDateTimeStamp, type Text } from '#kernel';
import type { ContextProfile, ProofReport } from '#proofs';
import {
  certainErrors,
  contextCheck,
  type Fault,
  isUndefined,
  malformedCheck,
  places,
  twinOf,
  warnings,
} from '../document-findings.ts';
import { DOCUMENT_TEXTS as TEXTS } from '../document-words.ts';
import { type Check, check, type Profile } from '../report.ts';
import type { ContextFinding } from '../session.ts';

export interface DocumentRules {
  contextProblems: (document: JsonObject, profile?: ContextProfile) => ContextFinding[];
  schemaErrors: (document: JsonObject) => FieldError[];
  phErrors: (document: JsonObject) => FieldError[];
  /** Members whose values are data; default those of the base context. */
  jsonTerms?: ReadonlySet<string>;
}

const READ = ['OpenBadgeCredential', 'AchievementCredential', 'EndorsementCredential', 'ClrCredential'];

/** What each profile asks of contexts, and then, once nothing in the document is undefined, of its members. */
const PROFILES: Record<
  Profile,
  {
    contexts?: ContextProfile;
    /** What is wrong whatever the contexts say that cannot be read. */
    certain(document: JsonObject, rules: DocumentRules): Fault[];
    faults(document: JsonObject, rules: DocumentRules): Fault[];
    malformed: Text;
    conforming: Text;
  }
> = {
  openbadge: {
    certain: () => [],
    faults: (document, rules) => [
      { code: 'schema', at: rules.schemaErrors(document) },
      { code: 'dates', at: dateErrors(document) },
      { code: 'ph_rules', at: rules.phErrors(document) },
    ],
    malformed: TEXTS.not_open_badges,
    conforming: TEXTS.open_badges,
  },
  vc: {
    contexts: 'vc',
    certain: (document, rules) => [{ code: 'data_model', at: certainErrors(document, 'credential', rules.jsonTerms) }],
    faults: (document, rules) => [
      { code: 'data_model', at: conformityErrors(document, 'credential', rules.jsonTerms) },
    ],
    malformed: TEXTS.not_data_model,
    conforming: TEXTS.data_model,
  },
};

/**
 * Is it a conforming document of its profile: contexts, nothing undefined, members of the right type, our own rules for the
 * ph terms. Evidence names places, never what stands there, so that it can be shown when the proof fails.
 */
export function checkDocument(
  document: JsonObject,
  proof: ProofReport,
  rules: DocumentRules,
  profile: Profile = 'openbadge',
): Check {
  const { contexts, certain, faults, malformed, conforming } = PROFILES[profile];
  const unread = contextCheck(rules.contextProblems(document, contexts), malformed);
  if (unread?.result === 'unknown') return faultCheck(certain(document, rules), malformed) ?? unread;
  if (unread) return unread;
  const types = Array.isArray(document.type) ? document.type : [document.type];
  if (profile === 'openbadge' && !READ.some((type) => types.includes(type)) && types.includes('VerifiableCredential')) {
    return check('document', 'unknown', 'unsupported_type', TEXTS.unsupported_type);
  }
  if (isUndefined(proof)) return check('document', 'fail', 'undefined_term', TEXTS.undefined_term);
  const twin = twinOf(document);
  if (twin !== undefined) {
    return check('document', 'unknown', 'split_node', TEXTS.split_node, { at: places([{ pointer: twin }]) });
  }
  return faultCheck(faults(document, rules), malformed) ?? warnings(document, conforming);
}

function faultCheck(faults: readonly Fault[], malformed: Text): Check | undefined {
  const fault = faults.find(({ at }) => at.length > 0);
  return fault && malformedCheck(fault.code, fault.at, malformed);
}

function dateErrors(document: JsonObject): FieldError[] {
  const from = parseDateTimeStamp(document.validFrom ?? document.issuanceDate);
  const until = parseDateTimeStamp(document.validUntil ?? document.expirationDate);
  return from && until && until < from ? [{ pointer: '/validUntil', detail: 'before validFrom' }] : [];
}
