import { conformityErrors, type DocumentKind, isEnvelope } from '#credentials';
import { type JsonObject, Problem } from '#kernel';

/**
 * An envelope is opened by the verifier, as one document with the media type it names (VCDM 2.0 sections 4.13.1 and 4.13.2;
 * Securing Credentials using JOSE and COSE 3.1.1: no claim `vc` in it); here every fault of its outside is told at once.
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
