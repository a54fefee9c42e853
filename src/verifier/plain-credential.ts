import { idOf } from '#accreditation';
import { periodOf, versionOf } from '#credentials';
import { isObject, type Json, type JsonObject, type Text } from '#kernel';
import { inlineTerms } from '#proofs';
import { checkRecipient, type RecipientClaim } from './checks/recipient.ts';
import { checkStatus } from './checks/status.ts';
import { checkValidity } from './checks/validity.ts';
import { badgePeriod, strings } from './model.ts';
import { type Check, type CheckName, type CheckResult, check, type ReportCredential } from './report.ts';
import type { Session } from './session.ts';

/** Checks that ask what only an Open Badge says. */
const OF_BADGES: readonly CheckName[] = ['issuer', 'accreditation', 'achievement', 'endorsements', 'stackability'];

const NOT_A_BADGE: Text = {
  en: 'This is asked of Open Badges only; this is a credential of another kind.',
  fil: 'Para sa mga Open Badge lamang ang tanong na ito; ibang uri ng kredensiyal ito.',
};

/** More ways to take a credential back than this, and none is asked: each is a fetch at somebody's cost. */
const MOST_STATUSES = 4;

/** Everything that is asked of a genuine credential that is read by the profile `vc`. */
export async function checkPlain(
  document: JsonObject,
  recipient: RecipientClaim | undefined,
  session: Session,
): Promise<Check[]> {
  return [
    checkValidity(plainPeriod(document), session.now, true),
    await statusOf(document, session),
    recipientOf(document, recipient),
    ...OF_BADGES.map((name) => check(name, 'not_applicable', 'not_a_badge', NOT_A_BADGE)),
  ];
}

/**
 * What the report shows: members of the base context only, never one that the document defines itself, because whoever holds
 * it may exchange those definitions and keep the signature. A type of its own is shown as the address it stands for.
 */
export function plainCredential(document: JsonObject): ReportCredential {
  const contexts = [document['@context'] ?? []].flat().filter(isObject);
  const meaning = (type: string) =>
    contexts.map((one) => one[type]).find((iri): iri is string => typeof iri === 'string') ?? type;
  const { id, name } = document;
  const subjects = [document.credentialSubject ?? []].flat().filter(isObject);
  const subject = subjects.length === 1 ? subjects[0]!.id : undefined;
  return {
    ...(typeof id === 'string' ? { id } : {}),
    // Version 1.1 has no name: there it could be anything.
    ...(versionOf(document) === '2.0' && typeof name === 'string' ? { name } : {}),
    types: strings(document.type).map(meaning),
    issuerId: idOf(document.issuer) ?? '',
    ...(typeof subject === 'string' ? { subjectId: subject } : {}),
    ...plainPeriod(document),
  };
}

/** The context of version 1.1 defines the newer dates too: there the narrower period counts. In 2.0 the older are anybody's. */
const plainPeriod = (document: JsonObject) =>
  versionOf(document) === '1.1' ? badgePeriod(document) : periodOf(document, '2.0');

/** An entry that calls anything by a name of the document’s own is of a kind that is not read. */
async function statusOf(document: JsonObject, session: Session): Promise<Check> {
  const of = {
    issuer: idOf(document.issuer) ?? '',
    ...(typeof document.id === 'string' ? { id: document.id } : {}),
  };
  const entries: Json[] = [document.credentialStatus ?? []].flat();
  if (entries.length > MOST_STATUSES) {
    const message = {
      en: 'It names more status lists than are looked at, so it is not known whether it was revoked.',
      fil: 'Mas marami ang listahan ng katayuang binabanggit nito kaysa sa tinitingnan, kaya hindi alam kung binawi na ito.',
    };
    return check('status', 'unknown', 'too_many_entries', message, { entries: entries.length });
  }
  const own = inlineTerms(document);
  const readable = entries.map((one) => (usesTerms(one, own) ? {} : one));
  return checkStatus(readable.length === 0 ? undefined : readable, of, session);
}

/** Whether anything in an entry is called by a name that the document itself defines. */
function usesTerms(value: Json, terms: ReadonlySet<string>): boolean {
  if (Array.isArray(value)) return value.some((one) => usesTerms(one, terms));
  if (!isObject(value)) return false;
  if (strings(value.type).some((type) => terms.has(type))) return true;
  return Object.entries(value).some(([key, one]) => terms.has(key) || usesTerms(one, terms));
}

/** It belongs to somebody when one of its subjects is that person. */
function recipientOf(document: JsonObject, claim: RecipientClaim | undefined): Check {
  const subjects = [document.credentialSubject ?? []].flat().filter(isObject);
  const ids = subjects.map(({ id }) => (typeof id === 'string' ? { id } : {}));
  const checks = (ids.length > 0 ? ids : [{}]).map((one) => checkRecipient({ identifiers: [], ...one }, claim));
  const first = (wanted: CheckResult) => checks.find(({ result }) => result === wanted);
  return first('pass') ?? first('unknown') ?? checks[0]!;
}
