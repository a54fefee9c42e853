import { type ConformityError, conformityErrors, type DocumentKind } from '#credentials';
import { isObject, type Json, type JsonObject, type Text } from '#kernel';
import { NOT_READ, type ProofReport } from '#proofs';
import { DOCUMENT_TEXTS as TEXTS } from './document-words.ts';
import { type Check, check } from './report.ts';
import type { ContextFinding } from './session.ts';
import { findTextProblems } from './text-walk.ts';

/** A document that does not conform, by one set of rules. */
export interface Fault {
  code: string;
  at: readonly { pointer: string; code?: string; problem?: string }[];
}

/** Codes by which the proof room says that a member is not defined by the contexts. */
const NOT_DEFINED = new Set(['dropped_term', 'invalid_json_ld', 'forbidden_member']);

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

/** What of a credential any object may carry, of whatever type: the contexts define it everywhere. */
const ANYWHERE = ['awardedDate', 'name', 'description'] as const;

/**
 * Another object with the id of the credential, or of the subject or achievement of a badge, that says it is one, or has what
 * the credential lacks. The signature covers statements, not where they stand: of such two, the one that is read could lack
 * the status, the dates or the mark of a specimen that the other still has.
 * @returns pointer of the other one
 */
export function twinOf(document: JsonObject): string | undefined {
  const types: Json[] = [document.type ?? []].flat();
  const subjects = types.includes('ClrCredential') ? [] : [document.credentialSubject ?? []].flat().filter(isObject);
  const achievements = subjects.flatMap(({ achievement }) => [achievement ?? []].flat().filter(isObject));
  const lacking = ANYWHERE.filter((name) => document[name] === undefined);
  const isCredential = (one: JsonObject) =>
    ofType(one, /Credential$/) || lacking.some((name) => one[name] !== undefined);
  return (
    otherOf(document, document, isCredential) ??
    first(subjects, (one) => otherOf(document, one, (other) => ofType(other, /^AchievementSubject$/))) ??
    first(achievements, (one) => otherOf(document, one, (other) => ofType(other, /Achievement$/)))
  );
}

const ofType = (one: JsonObject, pattern: RegExp): boolean =>
  [one.type].flat().some((type) => typeof type === 'string' && pattern.test(type));

function first(parts: readonly JsonObject[], find: (one: JsonObject) => string | undefined): string | undefined {
  for (const one of parts) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

function otherOf(
  value: Json,
  part: JsonObject,
  matches: (other: JsonObject) => boolean,
  pointer = '',
): string | undefined {
  if (typeof part.id !== 'string' || typeof value !== 'object' || value === null) return undefined;
  if (isObject(value) && value !== part && value.id === part.id && matches(value)) return pointer;
  for (const [key, one] of Object.entries(value)) {
    if (key === 'proof' && pointer === '') continue;
    const found = otherOf(one, part, matches, `${pointer}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
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
