import type { LegalInstrument } from '#accreditation';
import type { Page, PageRequest } from '#kernel';
import type { AuditWrite } from '#observability';
import type { Ending, EquivalenceEventType, EquivalenceInput, EquivalenceState } from './model.ts';

/** A draft, and the decision that was made of it: from then on nothing but how it stands changes. */
export interface EquivalenceRecord {
  tenant: string;
  equivalenceId: string;
  state: EquivalenceState;
  /** Counts what was written as a draft. */
  revision: number;
  input: EquivalenceInput;
  createdAt: string;
  updatedAt: string;
  /** Instant of the signature; absent in a draft. */
  decidedAt?: string;
  /** Days, inclusive, as they stand now; absent in a draft. */
  validFrom?: string;
  validUntil?: string;
}

/** A signed form of a decision: the first as decided, a further one for each ending. Never edited. */
export interface EquivalenceEditionRecord {
  tenant: string;
  equivalenceId: string;
  edition: number;
  /** The signed credential, exactly as served. */
  signed: string;
  sha256: string;
  createdAt: string;
}

/** Append-only. */
export interface EquivalenceEventRecord {
  tenant: string;
  equivalenceId: string;
  type: EquivalenceEventType;
  /** Of an ending the last day in force, of an appeal the day it was received. */
  day: string;
  recordedAt: string;
  by: string;
  /** Published, except of an appeal: what somebody appeals with may be about a person. */
  reason: string;
  legalInstrument?: LegalInstrument;
  /** Address of the decision that takes its place. */
  supersededBy?: string;
}

export interface EquivalenceReader {
  equivalence(equivalenceId: string): Promise<EquivalenceRecord | undefined>;
  /** In the order in which they were drafted. */
  equivalences(
    filter: { tenant: string; state?: EquivalenceState },
    page: PageRequest,
  ): Promise<Page<EquivalenceRecord>>;
  /** Latest when `edition` is absent. */
  equivalenceEdition(equivalenceId: string, edition?: number): Promise<EquivalenceEditionRecord | undefined>;
  equivalenceEvents(equivalenceId: string): Promise<EquivalenceEventRecord[]>;
}

type Key = { tenant: string; equivalenceId: string };

export type EquivalenceWrite =
  | { op: 'equivalence.insert'; row: EquivalenceRecord }
  /** Fails with `UniqueViolation('equivalence.revision')` when it is no draft of this revision any more. */
  | ({ op: 'equivalence.edit'; revision: number; input: EquivalenceInput; updatedAt: string } & Key)
  /** As `edit`. */
  | ({ op: 'equivalence.decide'; revision: number; decidedAt: string; validFrom: string; validUntil?: string } & Key)
  /** Fails with `UniqueViolation('equivalence.state')` when it is not in the state `from` any more. */
  | ({ op: 'equivalence.end'; from: EquivalenceState; state: Ending; validUntil: string } & Key)
  | { op: 'equivalenceEdition.insert'; row: EquivalenceEditionRecord }
  /** Fails with `UniqueViolation('equivalence_events')` when `after` events are no longer all there are. */
  | { op: 'equivalenceEvent.insert'; row: EquivalenceEventRecord; after: number }
  | AuditWrite;
