import { isObject, parseDateTimeStamp } from '#kernel';
import { keyForm } from './key-form.ts';
import { type Failure, refused } from './outcome.ts';
import type { Relationship, ResolvedMethod } from './ports.ts';

export type MethodFinding = { outcome: 'ok'; method: ResolvedMethod } | Failure;

/** A method that was served at its own address, and who it says controls it. */
export interface OwnAddress {
  controller: string;
  method: Record<string, unknown>;
}

/**
 * Controlled Identifiers 1.0, "retrieve verification method" (3.3), on a document already fetched for the part before
 * `#`: the fragment resolves to one method, its id is the whole URL, its controller is the document, and it is listed
 * for the use. Every comparison is of whole texts: relative ids and other spellings do not match.
 */
export function findMethod(
  document: Record<string, unknown>,
  methodId: string,
  relationship: Relationship,
  elsewhere?: OwnAddress,
): MethodFinding {
  const base = elsewhere?.controller ?? methodId.slice(0, methodId.indexOf('#'));
  if (document.id !== base) return refused('did_document_mismatch', 'the document is about another identifier');
  const listed = list(document[relationship]).filter((entry) => (isObject(entry) ? entry.id : entry) === methodId);
  if (listed.length === 0) return refused('method_not_listed', `the key is not listed for ${relationship}`);
  const inDocument = [...list(document.verificationMethod), ...listed].filter(
    (entry) => isObject(entry) && entry.id === methodId,
  );
  const found: unknown[] = inDocument.length > 0 || !elsewhere ? inDocument : [elsewhere.method];
  const [method] = found;
  if (!isObject(method)) return refused('method_not_found', 'the key is listed but not in the document');
  // Two methods of one id: which key is meant would depend on who reads.
  if (found.length > 1) return refused('method_ambiguous', 'the document has two keys of this id');
  if (method.controller !== base) return refused('method_controller', 'the key has another controller');
  const { revoked, expires } = method;
  for (const [name, instant] of Object.entries({ revoked, expires })) {
    if (instant !== undefined && !parseDateTimeStamp(instant)) {
      return refused('method_malformed', `${name} is not an instant`);
    }
  }
  const key = keyForm(method);
  if (key.outcome !== 'ok') return key;
  return {
    outcome: 'ok',
    method: {
      id: methodId,
      controller: base,
      publicKeyMultibase: key.key.multibase,
      ...(typeof revoked === 'string' ? { revoked } : {}),
      ...(typeof expires === 'string' ? { expires } : {}),
    },
  };
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}
