import { conformityErrors, type DocumentKind, isEnvelope } from '#credentials';
import { type JsonObject, Problem } from '#kernel';
import type { CredentialInput } from '#verifier';

/**
 * What is inside an envelope (VCDM 2.0 sections 4.13.1 and 4.13.2), or the document as it stands.
 * @param pointer where it stands in the request
 * @throws Problem `lint-failed` for an envelope that breaks the data model
 */
export function unwrap(document: JsonObject, kind: DocumentKind, pointer: string): CredentialInput {
  if (!isEnvelope(document)) return { document };
  const errors = conformityErrors(document, kind).map(({ pointer: at, detail, code }) => ({
    ...{ pointer: `${pointer}${at}`, detail, code },
  }));
  if (errors.length > 0) throw new Problem('lint-failed', errors[0]!.detail, { errors });
  const id = String(document.id);
  return { text: id.slice(id.indexOf(',') + 1) };
}
