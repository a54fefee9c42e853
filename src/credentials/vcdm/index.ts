import { isObject, type JsonObject } from '#kernel';
import { CREDENTIALS_V1 } from '#proofs';
import type { About, ConformityError, ConformityRule, DocumentKind, Finding } from './rule.ts';
import { context } from './rules/context.ts';
import { envelope, isEnvelope } from './rules/envelope.ts';
import { identifiers } from './rules/identifiers.ts';
import { issuer } from './rules/issuer.ts';
import { keywords } from './rules/keywords.ts';
import { namesAndDescriptions } from './rules/names.ts';
import { presentation } from './rules/presentation.ts';
import { relatedResource } from './rules/related-resource.ts';
import { subject } from './rules/subject.ts';
import { typedObjects } from './rules/typed-objects.ts';
import { types } from './rules/types.ts';
import { validity } from './rules/validity.ts';
import { each } from './values.ts';

/** Every rule of the data model but that of envelopes. A rule that is not here does not run; a test compares it with the folder. */
export const CONFORMITY: readonly ConformityRule[] = [
  context,
  keywords,
  types,
  identifiers,
  namesAndDescriptions,
  issuer,
  subject,
  validity,
  typedObjects,
  relatedResource,
  presentation,
];

/** The members that are data (`@json`) by the base context. */
const DATA: ReadonlySet<string> = new Set(['jsonSchema', '_sd', 'jwk']);

export { envelope };

export function versionOf(document: JsonObject): '2.0' | '1.1' {
  return Array.isArray(document['@context']) && document['@context'][0] === CREDENTIALS_V1 ? '1.1' : '2.0';
}

/**
 * Does the document conform to the Verifiable Credentials Data Model, 2.0 or (by its first context) 1.1. Pure: contexts are
 * not read, nothing is fetched, proofs are left to their own checks; a term that no context defines is found by the proof.
 * @param data members whose values are not looked into; the default is those of the base context
 */
export function conformityErrors(
  document: JsonObject,
  kind: DocumentKind,
  data: ReadonlySet<string> = DATA,
): ConformityError[] {
  const about: About = { kind, version: versionOf(document), data };
  const rules = isEnvelope(document) ? [envelope] : CONFORMITY;
  const own = rules.flatMap((rule) => rule.check(document, about).map((one) => asError(rule.id, one)));
  if (kind === 'credential') return own;
  const members = each(document.verifiableCredential, '/verifiableCredential').flatMap(({ pointer, value }) =>
    (isObject(value) ? conformityErrors(value, 'credential', data) : []).map((error) => ({
      ...error,
      pointer: `${pointer}${error.pointer}`,
    })),
  );
  return [...own, ...members];
}

const asError = (code: string, { pointer, detail, problem }: Finding): ConformityError => ({
  problem: problem ?? 'MALFORMED_VALUE_ERROR',
  code,
  pointer,
  detail,
});
