import type { Recipient } from '#credentials';
import type { JsonObject, Page, PageRequest } from '#kernel';
import type { AuditWrite } from '#observability';

/** Routes of `learningRoute` on which an assessment takes the place of teaching. */
export type Route = 'RPL' | 'ETEEAP' | 'EBET';

/**
 * `open` has not been assessed. `recognised` and `not_recognised` are what the latest assessment decided; after the second
 * one the candidate may be assessed again. `awarding`: the award was asked for and waits for a second person, or was
 * interrupted. `awarded` and `withdrawn` are final.
 */
export type CaseState = 'open' | 'recognised' | 'not_recognised' | 'awarding' | 'awarded' | 'withdrawn';

/** One candidate who asks that what was learned elsewhere is recognised as one achievement. Holds personal data. */
export interface CaseRecord {
  tenant: string;
  caseId: string;
  state: CaseState;
  route: Route;
  achievementId: string;
  /** Pinned when the case is opened: what is assessed is what is awarded. */
  achievementVersion: number;
  candidate: Recipient;
  /** DID or address of who trained the candidate, where somebody did. */
  trainingProvider?: string;
  /** Goes up with every change of the case or its entries: whoever writes says which one was read. */
  revision: number;
  openedAt: string;
  /** `key:ID`. */
  openedBy: string;
  /** In the form of `canonicalPerson`. */
  openedPerson: string;
  /** Who made the latest assessment. */
  assessedPerson?: string;
  /** Of the award; a next one only when the one before can never give a credential. */
  attempt: number;
  award?: AwardRequest;
  /** While a second person has to approve the award, and afterwards. */
  approvalId?: string;
  credentialId?: string;
  /** Of withdrawal. */
  reason?: string;
  closedAt?: string;
}

/** What issuing is asked for, fixed before it is asked. */
export interface AwardRequest {
  body: JsonObject;
  requestedAt: string;
  actor: string;
  person?: string;
}

export type EntryKind = 'evidence' | 'assessment' | 'appeal';

/** Something that was said in a case, kept as it was said. */
export interface CaseEntry {
  tenant: string;
  caseId: string;
  kind: EntryKind;
  /** 0, 1, 2 ... within its kind; of evidence the number by which it is cited. */
  number: number;
  at: string;
  /** `key:ID`. */
  by: string;
  /** In the form of `canonicalPerson`. */
  person: string;
  /** Canonical JSON text; the digest is of these bytes. */
  body: string;
  /** Hex. */
  sha256: string;
}

export interface CaseFilter {
  tenant: string;
  state?: CaseState;
  route?: Route;
  achievementId?: string;
}

export interface PriorLearningReader {
  priorLearningCase(tenant: string, caseId: string): Promise<CaseRecord | undefined>;
  /** In the order they were opened. */
  priorLearningCases(filter: CaseFilter, page: PageRequest): Promise<Page<CaseRecord>>;
  /** By kind, in the order they were made. */
  priorLearningEntries(tenant: string, caseId: string): Promise<CaseEntry[]>;
  /** Of all tenants, in state `awarding`, oldest first. */
  awardingCases(limit: number): Promise<CaseRecord[]>;
}

export type CaseChange = Partial<
  Pick<
    CaseRecord,
    'state' | 'assessedPerson' | 'attempt' | 'award' | 'approvalId' | 'credentialId' | 'reason' | 'closedAt'
  >
>;

export type PriorLearningWrite =
  | { op: 'priorLearning.open'; row: CaseRecord }
  /** Only from `revision`, which goes up by one: `UniqueViolation('priorLearning.revision')` otherwise. */
  | { op: 'priorLearning.change'; tenant: string; caseId: string; revision: number; set: CaseChange }
  | { op: 'priorLearning.enter'; row: CaseEntry }
  | AuditWrite;
