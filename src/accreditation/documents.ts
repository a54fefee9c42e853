import { formatInstant, type Json, type JsonObject } from '#kernel';
import type { GrantInput } from './grant-input.ts';
import { endBeforeDay, startOfDay } from './model.ts';
import type { AccreditationEventRecord, AccreditationRecord } from './ports.ts';

export interface DocumentSettings {
  publicUrl: string;
  /** `@context` of every accreditation document, in order: VC 2.0, Open Badges 3.0.3, ph. */
  contexts: readonly string[];
  /** Marks the documents `realism: Illustrative`. */
  specimen: boolean;
}

export const REGISTER_HOURS = 24;

/** The unsigned grant credential. Its validity period is the grant's own, in whole seconds of Asia/Manila days. */
export function grantDocument(
  settings: DocumentSettings,
  id: string,
  accreditor: string,
  input: GrantInput,
): JsonObject {
  const { legalInstrument, decisionDate, validUntil } = input;
  return {
    '@context': [...settings.contexts],
    id: `${settings.publicUrl}/accreditations/${id}`,
    type: ['VerifiableCredential', 'PhAccreditationCredential'],
    issuer: accreditor,
    validFrom: startOfDay(input.validFrom),
    ...(validUntil ? { validUntil: endBeforeDay(validUntil) } : {}),
    credentialSubject: {
      id: input.accredited,
      type: ['PhAccreditation'],
      accreditor,
      accredited: input.accredited,
      verb: input.verb ?? 'accredit',
      role: input.role,
      scope: input.scope.map(
        (item): JsonObject => ({
          type: ['PhAccreditationScope'],
          ...(item.awardType ? { awardType: item.awardType } : {}),
          ...(item.pqfLevelRange ? { pqfLevelRange: { type: ['PhLevelRange'], ...item.pqfLevelRange } } : {}),
          ...(item.achievement ? { achievement: item.achievement } : {}),
        }),
      ),
      ...(legalInstrument
        ? { legalInstrument: { type: ['PhLegalInstrument'], ...legalInstrument } as JsonObject }
        : {}),
      ...(decisionDate ? { decisionDate } : {}),
      ...(settings.specimen ? { realism: 'Illustrative' } : {}),
    },
  };
}

/** The unsigned register: everything this accreditor ever granted, with every event since. Valid for 24 hours. */
export function registerDocument(
  settings: DocumentSettings,
  tenant: string,
  accreditor: string,
  content: { grants: readonly AccreditationRecord[]; events: readonly AccreditationEventRecord[] },
  published: Date,
): JsonObject {
  const url = `${settings.publicUrl}/registry/${tenant}`;
  return {
    '@context': [...settings.contexts],
    type: ['VerifiableCredential', 'PhAccreditationRegisterCredential'],
    issuer: accreditor,
    validFrom: formatInstant(published),
    validUntil: formatInstant(new Date(published.getTime() + REGISTER_HOURS * 3_600_000)),
    credentialSubject: {
      id: url,
      type: ['PhAccreditationRegister'],
      accreditor,
      register: {
        grants: content.grants.map((grant) => JSON.parse(grant.signed) as Json),
        events: content.events.map((event) => ({
          grant: `${settings.publicUrl}/accreditations/${event.accreditationId}`,
          type: event.type,
          effectiveAt: event.effectiveAt,
          recordedAt: event.recordedAt,
          reason: event.reason,
        })),
      },
      ...(settings.specimen ? { realism: 'Illustrative' } : {}),
    },
  };
}
