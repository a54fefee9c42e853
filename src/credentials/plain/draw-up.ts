import { type FieldError, fieldProblem, isObject, type JsonObject } from '#kernel';
import { noEmpty } from '../lints/no-empty.ts';
import { looksLikePhilSysNumber, philsysNumber } from '../lints/philsys-number.ts';
import { protoValue } from '../lints/proto-value.ts';
import type { LintContext } from '../lints/rule.ts';
import { unicode } from '../lints/unicode.ts';
import { conformityErrors } from '../vcdm/index.ts';
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

/** Bitstring Status List 1.0 section 2.1. The `id` names the entry and is not the address of the list. */
export function statusEntry(publicUrl: string, entry: PlainStatusEntry): JsonObject {
  const list = `${publicUrl}/status/${entry.statusListId}`;
  return {
    id: `${list}#${entry.statusListIndex}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: entry.statusPurpose,
    statusListIndex: String(entry.statusListIndex),
    statusListCredential: list,
  };
}

/** Rules of badges that hold for everything that is signed; none of them asks for the definition. */
const RULES = [unicode, protoValue, noEmpty];
const NOTHING_ELSE = {} as LintContext;

/**
 * Faults of a document that is to be signed: the data model's rules first, then our own about what no signature would
 * cover, what different eyes read differently, and what is never signed.
 */
export function plainErrors(document: JsonObject): FieldError[] {
  if (isEnvelope(document)) return [{ pointer: '/type', detail: 'is an envelope, which has no claims to sign' }];
  const { proof: _, ...unsecured } = document;
  const subjects = [document.credentialSubject ?? []].flat().filter(isObject);
  const people = subjects.flatMap((subject) =>
    philsysNumber.check({ ...unsecured, credentialSubject: subject }, NOTHING_ELSE),
  );
  if (looksLikePhilSysNumber(document.id)) people.push({ pointer: '/id', detail: 'looks like a PhilSys Number' });
  return [
    ...conformityErrors(document, 'credential'),
    ...RULES.flatMap((rule) => rule.check(unsecured, NOTHING_ELSE)),
    ...people,
  ];
}
