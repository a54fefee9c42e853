import type {
  AccreditationEventType,
  AccreditationRole,
  AccreditationVerb,
  Grant,
  LegalInstrument,
  Standing,
  Succession,
} from '#accreditation';

/** Somebody named in a register; `slug` only of an institution of this service, which then has pages. */
export interface PartyView {
  did: string;
  name: string;
  slug?: string;
}

export interface EventView {
  type: AccreditationEventType;
  effectiveAt: string;
  recordedAt: string;
  reason: string;
  legalInstrument?: LegalInstrument;
  supersededBy?: string;
}

export interface SuccessionView extends Omit<Succession, 'predecessor' | 'successor'> {
  predecessor: PartyView;
  successor?: PartyView;
  /** Who recorded it. */
  by: PartyView;
}

/** One grant with all that happened to it, as of one moment. */
export interface GrantView {
  id: string;
  accreditor: PartyView;
  accredited: PartyView;
  /** As signed. */
  grant: Pick<
    Grant,
    | 'scope'
    | 'validFrom'
    | 'validUntil'
    | 'recordedAt'
    | 'provisional'
    | 'parent'
    | 'supersedes'
    | 'maxDelegationDepth'
    | 'legalInstrument'
    | 'decisionDate'
    | 'condition'
  > & { verb: AccreditationVerb; role: AccreditationRole };
  standing: Standing;
  events: readonly EventView[];
  /** Of `closed`: what its accreditor recorded of the party. */
  closedBy?: SuccessionView;
  /** Whether registers kept here lead from its accreditor to a trust anchor. */
  backed: boolean;
  /** Names of achievements of this service, by IRI. */
  titles: Readonly<Record<string, string>>;
}

/** The moment a page is about. Instants, and what the reader asked for, to fill the form again. */
export interface MomentView {
  at: string;
  knownAt: string;
  asked: { at?: string; knownOn?: string };
}
