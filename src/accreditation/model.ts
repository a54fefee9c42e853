import type { LegalInstrument } from '#framework';
import type { AccreditationScope } from './scope/dimension.ts';

/** Four acts, kept apart (framework 6.1): only `accredit` says that this party may do it. */
export type AccreditationVerb = 'list' | 'approve' | 'accredit' | 'endorse';
export type AccreditationRole = 'Train' | 'Assess' | 'Award' | 'Accredit';
export type AccreditationEventType =
  | 'activated'
  | 'suspended'
  | 'reinstated'
  | 'expired'
  | 'withdrawn'
  | 'superseded'
  | 'annulled';

export const VERBS: readonly AccreditationVerb[] = ['list', 'approve', 'accredit', 'endorse'];
export const ROLES: readonly AccreditationRole[] = ['Train', 'Assess', 'Award', 'Accredit'];

export type { LegalInstrument } from '#framework';

/**
 * One grant, as its accreditor signed it (framework 6.2). All instants are whole-second UTC text, which sorts as time
 * does. Two clocks: `validFrom` and `validUntil` are the legal one, `recordedAt` says when it was written down.
 */
export interface Grant {
  /** IRI of the grant. */
  id: string;
  accreditor: string;
  accredited: string;
  verb: AccreditationVerb;
  role: AccreditationRole;
  /** Alternatives; empty matches nothing. */
  scope: readonly AccreditationScope[];
  validFrom: string;
  /** The first instant at which it is no longer in force. */
  validUntil?: string;
  recordedAt: string;
  /** Granted until a later decision: in force, and said to be provisional. */
  provisional: boolean;
  /** The one delegation it rests on; without it any delegation that contains it will do. */
  parent?: string;
  /** Of a grant of role Accredit: how many further delegations may stand below it. */
  maxDelegationDepth: number;
  /** IRI of the grant it takes the place of. */
  supersedes?: string;
  legalInstrument: readonly LegalInstrument[];
  decisionDate?: string;
  condition: readonly string[];
}

/** Append-only. `effectiveAt` is the legal clock, `recordedAt` when we knew. */
export interface GrantEvent {
  /** IRI of the grant it is about. */
  grant: string;
  type: AccreditationEventType;
  /** From when it has effect; of an annulment, from when the grant is void. */
  effectiveAt: string;
  recordedAt: string;
  reason?: string;
  legalInstrument?: LegalInstrument;
  /** Of `superseded`: the grant that takes its place. */
  supersededBy?: string;
}

export const SUCCESSION_KINDS = ['Merger', 'Closure', 'Conversion', 'Custody'] as const;

/**
 * What became of an institution: who holds its records, and with `mayAward` who awards its achievements from then on.
 * It carries no accreditation with it: the successor needs its own.
 */
export interface Succession {
  predecessor: string;
  /** Absent only of a closure that nobody has taken over. */
  successor?: string;
  kind: (typeof SUCCESSION_KINDS)[number];
  mayAward: boolean;
  effectiveAt: string;
  recordedAt: string;
  reason: string;
  legalInstrument?: LegalInstrument;
}

/** What one authority says: all of it, or all of it about the parties that were asked about. */
export interface Register {
  url: string;
  accreditor: string;
  published: string;
  validUntil: string;
  grants: readonly Grant[];
  /** In the order in which they were recorded. */
  events: readonly GrantEvent[];
  successions: readonly Succession[];
  /** Where it was had: asked now, held from before, or this service's own. */
  source?: 'fetched' | 'held' | 'own';
}
