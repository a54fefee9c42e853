import { type FieldError, isObject, type Json, type JsonObject, Problem } from '#kernel';
import type { ContextLoader } from '#proofs';
import { walk } from '../lints/walk.ts';

/** Types this service signs by other doors, each with its own rules; `Ph...` are those of the extension. */
const TYPES = new Set([
  'OpenBadgeCredential',
  'AchievementCredential',
  'AchievementSubject',
  'EndorsementCredential',
  'ClrCredential',
  'RecognizedEntityCredential',
  'BitstringStatusListCredential',
  'BitstringStatusList',
]);
const PH_TYPE = /^Ph[A-Z]/;
/** Vocabularies of those types: a term of another name, or a full IRI, would say the same. */
const VOCABULARIES = ['https://purl.imsglobal.org/spec/', 'https://www.w3.org/ns/credentials/status#Bitstring'];

/**
 * What may not be signed through this door, whoever asks. A badge is issued where its definition, its permitted issuers,
 * its accreditation and the second person are looked at; a register and a status list are an authority's, and one that an
 * issuer's key could have signed here would be believed like the real one.
 * @param kindOf role of a pinned context; the extension context is `other` and known by its path
 * @throws Problem `not-entitled` with the pointer of each reserved context or type
 */
export function assertNotReserved(document: JsonObject, kindOf: ContextLoader['kind']): void {
  const errors = [...contextFaults(document['@context'], kindOf), ...typeFaults(document)];
  if (errors.length === 0) return;
  throw new Problem(
    'not-entitled',
    'badges are issued at /v1/credentials, where definition, accreditation and approval are checked; registers and status lists by the service itself',
    { errors: errors.slice(0, 20) },
  );
}

function* contextFaults(context: Json | undefined, kindOf: ContextLoader['kind']): Generator<FieldError> {
  for (const [index, entry] of [context ?? []].flat().entries()) {
    const pointer = `/@context/${index}`;
    if (typeof entry === 'string') {
      const kind = kindOf(entry);
      const reserved = kind === 'open-badges' || kind === 'clr' || /\/contexts\/ph\/v1(?:-draft)?$/.test(entry);
      if (reserved) yield fault(pointer, 'is the context of a document that is not issued here');
    } else if (isObject(entry)) {
      for (const [term, iri] of Object.entries(entry)) {
        if (isReservedName(iri)) yield fault(`${pointer}/${term}`, 'maps to a term that is not issued here');
      }
    }
  }
}

function* typeFaults(document: JsonObject): Generator<FieldError> {
  for (const { pointer, key, value } of walk(document)) {
    if (key === 'type' && isReservedName(value)) yield fault(pointer, 'is a type that is not issued here');
  }
}

function isReservedName(value: Json | undefined): boolean {
  if (typeof value !== 'string') return false;
  return TYPES.has(value) || PH_TYPE.test(value) || VOCABULARIES.some((start) => value.startsWith(start));
}

const fault = (pointer: string, detail: string): FieldError => ({ pointer, detail, code: 'reserved' });
