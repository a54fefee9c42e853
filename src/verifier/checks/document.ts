import { type ConformityError, conformityErrors, type DocumentKind } from '#credentials';
import { type FieldError, isObject, type Json, type JsonObject, parseDateTimeStamp, type Text } from '#kernel';
import { type ContextProfile, NOT_READ, type ProofReport } from '#proofs';
import { DOCUMENT_TEXTS as TEXTS } from '../document-words.ts';
import { type Check, check, type Profile } from '../report.ts';
import type { ContextFinding } from '../session.ts';
import { findTextProblems } from '../text-walk.ts';

export interface DocumentRules {
  contextProblems: (document: JsonObject, profile?: ContextProfile) => ContextFinding[];
  schemaErrors: (document: JsonObject) => FieldError[];
  phErrors: (document: JsonObject) => FieldError[];
  /** Members whose values are data; default those of the base context. */
  jsonTerms?: ReadonlySet<string>;
}

const READ = ['OpenBadgeCredential', 'AchievementCredential', 'EndorsementCredential', 'ClrCredential'];

/** A document that does not conform, by one set of rules. */
interface Fault {
  code: string;
  at: readonly { pointer: string; code?: string; problem?: string }[];
}

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

/** Codes by which the proof room says that a member is not defined by the contexts. */
const NOT_DEFINED = new Set(['dropped_term', 'invalid_json_ld', 'forbidden_member']);

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
  const twin = twinOf(document, document.id);
  if (twin !== undefined) {
    return check('document', 'unknown', 'split_node', TEXTS.split_node, { at: places([{ pointer: twin }]) });
  }
  return faultCheck(faults(document, rules), malformed) ?? warnings(document, conforming);
}

function faultCheck(faults: readonly Fault[], malformed: Text): Check | undefined {
  const fault = faults.find(({ at }) => at.length > 0);
  return fault && malformedCheck(fault.code, fault.at, malformed);
}

/** Rules that look everywhere: below the root, a context that is not read may say that it is data. */
const EVERYWHERE = new Set(['keywords', 'types', 'identifiers', 'names-and-descriptions']);

/** The errors that stand whatever further contexts mean: the base context protects the members of a credential. */
export function certainErrors(document: JsonObject, kind: DocumentKind, data?: ReadonlySet<string>): ConformityError[] {
  return conformityErrors(document, kind, data).filter(
    ({ code, pointer }) => !EVERYWHERE.has(code) || !pointer.slice(1).includes('/'),
  );
}

/** What the contexts leave to say; undefined when they can all be read. */
export function contextCheck(contexts: readonly ContextFinding[], malformed: Text): Check | undefined {
  if (contexts.length === 0) return undefined;
  const wrong = contexts.filter((one) => !NOT_READ.has(one.code));
  if (wrong.length > 0) return malformedCheck('bad_context', wrong, malformed);
  const all = (code: string) => contexts.every((one) => one.code === code);
  const code = all('iri_member') || all('context_not_installed') ? contexts[0]!.code : 'unsupported_context';
  const message = code === 'iri_member' ? TEXTS.iri_member : TEXTS.unsupported_context;
  return check('document', 'unknown', code, message, { at: places(contexts) });
}

export function isUndefined(proof: ProofReport): boolean {
  return NOT_DEFINED.has(proof.code) || proof.proofs.some((one) => NOT_DEFINED.has(one.code));
}

export function malformedCheck(code: string, errors: Fault['at'], message: Text): Check {
  const problems = errors
    .filter((one) => one.problem !== undefined)
    .slice(0, 20)
    .map((one) => ({ pointer: places([one])[0], code: one.code, problem: one.problem }));
  return check('document', 'fail', code, message, { at: places(errors), ...(problems.length > 0 ? { problems } : {}) });
}

/**
 * Another object with the id of the credential that says it is one. The signature covers statements, not where they stand: of
 * such two, the one that is read could lack the status or the dates that the other still has.
 */
function twinOf(value: Json, id: Json | undefined, pointer = ''): string | undefined {
  if (typeof id !== 'string' || typeof value !== 'object' || value === null) return undefined;
  for (const [key, one] of Object.entries(value)) {
    const at = `${pointer}/${key}`;
    const types = isObject(one) ? [one.type].flat() : [];
    if (isObject(one) && one.id === id && types.some((type) => typeof type === 'string' && /Credential$/.test(type))) {
      return at;
    }
    const found = key === 'proof' && pointer === '' ? undefined : twinOf(one, id, at);
    if (found !== undefined) return found;
  }
  return undefined;
}

function dateErrors(document: JsonObject): FieldError[] {
  const from = parseDateTimeStamp(document.validFrom ?? document.issuanceDate);
  const until = parseDateTimeStamp(document.validUntil ?? document.expirationDate);
  return from && until && until < from ? [{ pointer: '/validUntil', detail: 'before validFrom' }] : [];
}

export function warnings(document: JsonObject, conforming: Text): Check {
  const { proof: _, ...unsigned } = document;
  const found = findTextProblems(unsigned);
  const contexts: Json[] = [document['@context'] ?? []].flat();
  const inline = contexts.flatMap((one, index) => (isObject(one) ? [{ pointer: `/@context/${index}` }] : []));
  if (inline.length > 0) {
    return check('document', 'warning', 'inline_context', TEXTS.inline_context, { at: places([...inline, ...found]) });
  }
  if (found.length === 0) return check('document', 'pass', 'conforming', conforming);
  return check('document', 'warning', found[0]!.code, TEXTS.hidden_text, { at: places(found) });
}

/** Member names may be hostile text too: only plain pointers are shown. */
export function places(found: readonly { pointer: string }[]): string[] {
  const plain = found.map(({ pointer }) => (/^[\w@:./~-]{0,200}$/.test(pointer) ? pointer || '/' : '(unprintable)'));
  return [...new Set(plain)].slice(0, 20);
}
