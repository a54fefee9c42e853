import { type FieldError, fieldProblem, isObject, type JsonObject } from '#kernel';
import { type Issuing, issuableErrors } from '../issuable.ts';
import { looksLikePhilSysNumber } from '../lints/philsys-number.ts';
import { hasType, walk } from '../lints/walk.ts';
import { bitstringEntry } from '../status/list-credential.ts';
import { isEnvelope } from '../vcdm/rules/envelope.ts';
import type { PlainStatusEntry } from './ports.ts';

/**
 * The document as it will be signed. Only three members are ever filled in, and only where the caller left them out: `id`
 * (what was issued can be named), `issuer` (the one who signs is known) and `credentialStatus` (the instance adds one).
 * @param named the caller's `id`, or one minted for it
 * @throws Problem `invalid-request` at `/issuer` for another issuer than the one who signs
 */
export function drawUp(credential: JsonObject, did: string, named: string, entry?: JsonObject): JsonObject {
  const { '@context': context, id = named, type, issuer = did, ...rest } = credential;
  if ((isObject(issuer) ? issuer.id : issuer) !== did) {
    throw fieldProblem('invalid-request', '/issuer', `must be ${did}, who signs here`, 'issuer_mismatch');
  }
  return {
    ...(context === undefined ? {} : { '@context': context }),
    id,
    ...(type === undefined ? {} : { type }),
    issuer,
    ...rest,
    ...(entry ? { credentialStatus: entry } : {}),
  };
}

export const statusEntry = (publicUrl: string, entry: PlainStatusEntry): JsonObject =>
  bitstringEntry(publicUrl, {
    listId: entry.statusListId,
    index: entry.statusListIndex,
    purpose: entry.statusPurpose,
  });

/**
 * Faults of a document that is to be signed: everything that holds for whatever another system has drawn up, and a national
 * number in any place where a subject or the credential itself is named.
 */
export function plainErrors(document: JsonObject, issuing: Issuing): FieldError[] {
  if (isEnvelope(document)) return [{ pointer: '/type', detail: 'is an envelope, which has no claims to sign' }];
  const numbered: FieldError[] = [];
  for (const { pointer, key, value } of walk(document)) {
    if (key === 'id' && looksLikePhilSysNumber(value)) {
      numbered.push({ pointer, detail: 'looks like a PhilSys Number', code: 'philsys-number' });
    }
  }
  return [...issuableErrors(document, plainProfile(document), issuing), ...numbered];
}

/**
 * By which rules a document is held, signed and checked: an endorsement is a document of Open Badges, which are the stricter
 * ones (and is drawn up by this service only).
 */
export const plainProfile = (document: JsonObject): 'openbadge' | 'vc' =>
  hasType(document.type, 'EndorsementCredential') ? 'openbadge' : 'vc';
