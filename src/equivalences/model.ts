import type { LegalInstrument } from '#accreditation';
import type { EquivalenceDecision, Realism } from '#pathways';

export type Match = 'full' | 'partial' | 'none';

/** One learning outcome of what was awarded, held against what it is to stand for. */
export interface OutcomeMatch {
  from: string;
  /** Absent where nothing matches. */
  to?: string;
  match: Match;
  note?: string;
}

/** What a panel worked with: at least an address or a digest of each. */
export interface EvidenceReference {
  name: string;
  url?: string;
  sha256?: string;
}

/**
 * A decision as it is written (framework 7.1): a draft may leave out what is not optional in a decision. Days in
 * Asia/Manila, inclusive; amounts decimal text.
 */
export interface EquivalenceInput {
  from: { achievement: string; version?: string[]; title?: string };
  to:
    | { mode: 'specified'; achievement: string; version?: string; title?: string }
    | { mode: 'block'; achievements: string[] }
    | { mode: 'unspecified'; category?: string };
  /** Of what it stands for, with `specified` and `block`. */
  category?: string;
  credit?: { system: string; value: string };
  /** Most credit that one learner may place under it, in the same system. */
  cap?: string;
  validFrom?: string;
  validUntil?: string;
  /** Default the day on which it is signed. */
  decisionDate?: string;
  /** Whom the institution had decide: roles, never names of persons. Absent: it decided itself. */
  panel?: { name: string; members: string[] };
  legalInstrument?: LegalInstrument[];
  outcomeMatching?: OutcomeMatch[];
  evidence?: EvidenceReference[];
  /** How, as text or an address, and until which day. */
  appeal?: { how: string; until?: string };
  realism?: Realism;
  /** Address of an earlier decision of this institution that ends where this one begins. */
  supersedes?: string;
}

/** With everything a decision must say. */
export type Decided = EquivalenceInput &
  Required<Pick<EquivalenceInput, 'credit' | 'validFrom' | 'outcomeMatching' | 'appeal'>>;

export type Ending = 'withdrawn' | 'superseded' | 'overturned';
export type EquivalenceState = 'draft' | 'decided' | Ending;

/** `appealed` waits for `confirmed` or `overturned`. */
export type EquivalenceEventType = Ending | 'appealed' | 'confirmed';

/** How an ended decision ended: part of what is signed then. */
export interface Ended {
  state: Ending;
  /** Last day on which it was in force; the day before its first when it never was. */
  validUntil: string;
  reason: string;
  supersededBy?: string;
}

/** What stands on a day. */
export type EquivalenceStanding = 'draft' | 'not_yet' | 'in_force' | 'expired' | Ending;

/** A decision as its document says it; `decision` is what an evaluation needs of it. */
export interface PublishedDecision {
  decision: EquivalenceDecision & { decidedBy: string };
  specimen: boolean;
}
