import { formatInstant, type JsonObject } from '#kernel';
import type { LegalInstrument } from './model.ts';
import type { PathwayInput } from './pathway-input.ts';

export interface PathwayDocumentSettings {
  publicUrl: string;
  /** `@context` of every pathway, in order: VC 2.0, Open Badges 3.0.3, ph. */
  contexts: readonly string[];
  /** Marks the documents `realism: Illustrative`, whatever the input says. */
  specimen: boolean;
}

/** The unsigned pathway credential. The rule tree is one JSON literal: its meaning is the rule kinds', not JSON-LD's. */
export function pathwayDocument(
  settings: PathwayDocumentSettings,
  pathwayId: string,
  version: number,
  publisher: string,
  input: PathwayInput,
  now: Date,
): JsonObject {
  const url = `${settings.publicUrl}/pathways/${pathwayId}`;
  const realism = settings.specimen ? 'Illustrative' : input.realism;
  return {
    '@context': [...settings.contexts],
    id: `${url}?version=${version}`,
    type: ['VerifiableCredential', 'PhPathwayCredential'],
    issuer: publisher,
    validFrom: formatInstant(now),
    credentialSubject: {
      id: url,
      type: ['PhQualification'],
      name: input.name,
      ...(input.description ? { description: input.description } : {}),
      conferrer: input.conferrer ?? publisher,
      ...(input.achievement ? { achievement: input.achievement } : {}),
      version: String(version),
      ...(input.effectivePeriod ? { effectivePeriod: { type: ['PhPeriod'], ...input.effectivePeriod } } : {}),
      ...(input.legalInstrument ? { legalInstrument: input.legalInstrument.map(instrument) } : {}),
      ...(realism ? { realism } : {}),
      stackingRule: input.stackingRule,
    },
  };
}

const instrument = (one: LegalInstrument): JsonObject => ({ type: ['PhLegalInstrument'], ...one });
