import { formatInstant, type Json, type JsonObject } from '#kernel';
import type { CheckedGrant } from '../inputs/grant.ts';
import { lastSecondBefore } from '../instants.ts';
import type { LegalInstrument } from '../model.ts';
import type { AccreditationEventRecord, GrantRows, SuccessionRecord } from '../ports.ts';
import { scopeDocument } from '../scope/scope.ts';

export interface DocumentSettings {
  publicUrl: string;
  /** `@context` of every accreditation document, in order: VC 2.0, Open Badges 3.0.3, ph. */
  contexts: readonly string[];
  /** Marks the documents `realism: Illustrative`. */
  specimen: boolean;
}

export const REGISTER_HOURS = 24;

export const grantUrl = (publicUrl: string, accreditationId: string): string =>
  `${publicUrl}/accreditations/${accreditationId}`;

/** The unsigned grant credential. Its validity period is the grant's own, in whole seconds. */
export function grantDocument(
  settings: DocumentSettings,
  id: string,
  accreditor: string,
  input: CheckedGrant,
  recordedAt: string,
): JsonObject {
  const { decisionDate, validUntil, parent, supersedes, legalInstrument, condition, maxDelegationDepth } = input;
  return {
    '@context': [...settings.contexts],
    id: grantUrl(settings.publicUrl, id),
    type: ['VerifiableCredential', 'PhAccreditationCredential'],
    issuer: accreditor,
    validFrom: input.validFrom,
    ...(validUntil ? { validUntil: lastSecondBefore(validUntil) } : {}),
    credentialSubject: {
      id: input.accredited,
      type: ['PhAccreditation'],
      accreditor,
      accredited: input.accredited,
      verb: input.verb,
      role: input.role,
      scope: input.scope.map((item) => scopeDocument(item) as JsonObject),
      recordedAt,
      ...(input.provisional ? { provisional: true } : {}),
      ...(maxDelegationDepth > 0 ? { maxDelegationDepth } : {}),
      ...(parent ? { parent } : {}),
      ...(supersedes ? { supersedes } : {}),
      ...(legalInstrument.length > 0 ? { legalInstrument: legalInstrument.map(instrument) } : {}),
      ...(decisionDate ? { decisionDate } : {}),
      ...(condition.length > 0 ? { condition } : {}),
      ...(settings.specimen ? { realism: 'Illustrative' } : {}),
    },
  };
}

const instrument = (one: LegalInstrument): JsonObject => ({ type: ['PhLegalInstrument'], ...one });

/** Entries as they stand in a register or in one part of it. */
export function registerEntries(
  publicUrl: string,
  { grants, events }: GrantRows,
  successions: readonly SuccessionRecord[] = [],
): JsonObject {
  return {
    grants: grants.map((grant) => JSON.parse(grant.signed) as Json),
    events: events.map((event) => eventEntry(publicUrl, event)),
    ...(successions.length > 0 ? { successions: successions.map(successionEntry) } : {}),
  };
}

function eventEntry(publicUrl: string, event: AccreditationEventRecord): JsonObject {
  const { type, effectiveAt, recordedAt, reason, legalInstrument, supersededBy } = event;
  return {
    grant: grantUrl(publicUrl, event.accreditationId),
    ...{ type, effectiveAt, recordedAt, reason },
    ...(legalInstrument ? { legalInstrument: { ...legalInstrument } } : {}),
    ...(supersededBy ? { supersededBy } : {}),
  };
}

function successionEntry({ tenant: _, successionId: __, by: ___, ...row }: SuccessionRecord): JsonObject {
  return { ...row } as unknown as JsonObject;
}

/** The unsigned register of an authority: everything it ever granted, or where it is. Valid for 24 hours. */
export function registerDocument(
  settings: DocumentSettings,
  tenant: string,
  accreditor: string,
  register: JsonObject,
  published: Date,
): JsonObject {
  return {
    '@context': [...settings.contexts],
    type: ['VerifiableCredential', 'PhAccreditationRegisterCredential'],
    issuer: accreditor,
    validFrom: formatInstant(published),
    validUntil: formatInstant(new Date(published.getTime() + REGISTER_HOURS * 3_600_000)),
    credentialSubject: {
      id: `${settings.publicUrl}/registry/${tenant}`,
      type: ['PhAccreditationRegister'],
      accreditor,
      register,
      ...(settings.specimen ? { realism: 'Illustrative' } : {}),
    },
  };
}
