import { conformityErrors, type DocumentKind, isEnvelope } from '#credentials';
import { type JsonObject, Problem } from '#kernel';

/**
 * An envelope is held to the data model (VCDM 2.0 sections 4.13.1 and 4.13.2) before the verifier opens it. What stands in it
 * is never handed on as text: an address would be fetched, and no token is an address.
 * @param pointer where it stands in the request
 * @throws Problem `lint-failed` for an envelope that breaks the data model
 */
export function assertEnvelope(document: JsonObject, kind: DocumentKind, pointer: string): void {
  if (!isEnvelope(document)) return;
  const errors = conformityErrors(document, kind).map(({ pointer: at, detail, code }) => ({
    ...{ pointer: `${pointer}${at}`, detail, code },
  }));
  if (errors.length > 0) throw new Problem('lint-failed', errors[0]!.detail, { errors });
}
