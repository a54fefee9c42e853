import type { Page, PageRequest } from '#kernel';
import type { AuditWrite } from '#observability';
import type {
  AccreditationEventType,
  AccreditationRole,
  AccreditationVerb,
  LegalInstrument,
  Succession,
} from './model.ts';
import type { AccreditationScope } from './scope/dimension.ts';

/** A signed grant: the credential text is authoritative, the columns are for look-up. */
export interface AccreditationRecord {
  tenant: string;
  accreditationId: string;
  accreditor: string;
  accredited: string;
  verb: AccreditationVerb;
  role: AccreditationRole;
  scope: AccreditationScope[];
  /** Whole-second UTC instants, half-open. Rows of the first version hold a day, counted in Asia/Manila. */
  validFrom: string;
  validUntil?: string;
  signed: string;
  /** When it was recorded. */
  createdAt: string;
}

/** Append-only; `effectiveAt` is the legal clock, `recordedAt` ours. */
export interface AccreditationEventRecord {
  tenant: string;
  accreditationId: string;
  type: AccreditationEventType;
  effectiveAt: string;
  recordedAt: string;
  by: string;
  reason: string;
  legalInstrument?: LegalInstrument;
  /** IRI of the grant that takes its place. */
  supersededBy?: string;
}

/** Append-only; recorded by an authority (`tenant`) about an institution. */
export interface SuccessionRecord extends Succession {
  tenant: string;
  successionId: string;
  by: string;
}

/**
 * A register of somebody else as it was had, held for when its address does not answer. Append-only: the last row of an
 * accreditor counts. Holding is not consulting, and consulting is not trusting: only what a chain from an anchor reaches
 * is ever believed.
 */
export interface HeldRegisterRecord {
  tenant: string;
  heldId: string;
  accreditor: string;
  url: string;
  published: string;
  validUntil: string;
  sha256: string;
  /** The register as signed, with its parts. */
  text: string;
  /** Whether it may answer in place of the network at all. */
  consult: boolean;
  /** Days after `published` for which it may; the result says its age. */
  maxAgeDays: number;
  importedAt: string;
  by: string;
}

/**
 * A recorded decision that an institution may issue although no register shows that it is accredited. It changes what is
 * issued here, never what a verifier finds.
 */
export interface IssuingDecisionRecord {
  /** The institution it is for. */
  tenant: string;
  decisionId: string;
  /** Absent: for every achievement. */
  achievementId?: string;
  reason: string;
  legalInstrument?: LegalInstrument;
  /** Instants, half-open, about the moment of issuing. */
  validFrom: string;
  validUntil?: string;
  recordedAt: string;
  by: string;
}

export interface AccreditationFilter {
  tenant?: string;
  accredited?: string;
  role?: AccreditationRole;
  verb?: AccreditationVerb;
}

/** What somebody looks for in all registers; what is not stated does not narrow. */
export interface AccreditationSearch {
  /** Of one authority; default of all. */
  tenant?: string;
  /** Part of the name or of the DID of the party, without regard to capitals and accents. */
  text?: string;
  /** DID of an institution of this service, up to its slug: names are those of its own institutions. */
  ownDid: string;
  role?: AccreditationRole;
  verb?: AccreditationVerb;
  /** Also finds grants that are not limited to any kind of award. */
  awardType?: string;
}

/** Grants with everything that happened to them. */
export interface GrantRows {
  grants: AccreditationRecord[];
  /** In the order in which they were recorded. */
  events: AccreditationEventRecord[];
}

export interface AccreditationReader {
  accreditation(accreditationId: string): Promise<AccreditationRecord | undefined>;
  accreditations(filter: AccreditationFilter, page: PageRequest): Promise<Page<AccreditationRecord>>;
  searchAccreditations(search: AccreditationSearch, page: PageRequest): Promise<Page<AccreditationRecord>>;
  accreditationEvents(accreditationId: string): Promise<AccreditationEventRecord[]>;
  /** About these parties, of one authority or of all, of one role or of any. */
  grantsTo(accredited: readonly string[], only?: { tenant?: string; role?: AccreditationRole }): Promise<GrantRows>;
  /** Every grant of role Accredit of this authority. */
  delegationsOf(tenant: string): Promise<GrantRows>;
  /** Everything this accreditor ever granted to parties whose bucket lies in [from, to): part of its register. */
  registerPart(tenant: string, from: number, to: number): Promise<GrantRows>;
  /** What changes when anything is added to the register: counts. */
  registerSize(tenant: string): Promise<{ grants: number; events: number; successions: number }>;
  /** Authorities that granted anything, with how much. */
  registers(): Promise<{ tenant: string; accreditor: string; grants: number }[]>;
  successionsBy(tenant: string): Promise<SuccessionRecord[]>;
  /** In which this institution is predecessor or successor. */
  successionsOf(did: string): Promise<SuccessionRecord[]>;
  /** The last row of each accreditor, without text. */
  heldRegisters(): Promise<Omit<HeldRegisterRecord, 'text'>[]>;
  heldRegister(accreditor: string): Promise<HeldRegisterRecord | undefined>;
  issuingDecisions(tenant: string, page: PageRequest): Promise<Page<IssuingDecisionRecord>>;
  /** One that covers issuing this achievement by this tenant at this instant. */
  issuingDecision(tenant: string, achievementId: string, at: string): Promise<IssuingDecisionRecord | undefined>;
}

export type AccreditationWrite =
  | { op: 'accreditation.insert'; row: AccreditationRecord }
  /** Fails with `UniqueViolation('accreditation_events')` when `after` events are no longer all there are. */
  | { op: 'accreditationEvent.insert'; row: AccreditationEventRecord; after: number }
  | { op: 'succession.insert'; row: SuccessionRecord }
  | { op: 'heldRegister.insert'; row: HeldRegisterRecord }
  | { op: 'issuingDecision.insert'; row: IssuingDecisionRecord }
  | AuditWrite;
