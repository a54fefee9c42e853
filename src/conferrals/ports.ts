import type { Page, PageRequest, ProblemKind, Text } from '#kernel';
import type { AuditWrite } from '#observability';
import type { Stack, StackReport } from '#verifier';

/** A document an evaluation rests on, as it was read: `document` byte for byte, `sha256` of it. */
export type EvaluationSources = Stack['sources'];

/**
 * An evaluation that was kept: its pure input and its output as canonical JSON, so that running it again on the same input
 * can be held against it byte for byte. Holds personal data, as credentials do.
 */
export interface EvaluationRecord {
  tenant: string;
  evaluationId: string;
  createdAt: string;
  /** `key:ID`. */
  createdBy: string;
  /** IRI and version of the pathway, and the DID that may act on it. */
  pathway: string;
  pathwayVersion: string;
  conferrer: string;
  /** The day it is for. */
  date: string;
  outcome: Exclude<StackReport['outcome'], 'undetermined'>;
  /** Absent when no badge was genuine. */
  subjectId?: string;
  /** `EvaluationInput`, `Evaluation`: JSON Canonicalization Scheme (RFC 8785). */
  input: string;
  inputSha256: string;
  output: string;
  outputSha256: string;
  /** What was answered, without the evaluation. */
  report: Omit<StackReport, 'evaluation'>;
  sources: EvaluationSources;
}

/** What a list tells of one: not the documents it rests on, which may be many. */
export type EvaluationSummary = Omit<EvaluationRecord, 'input' | 'output' | 'report' | 'sources'>;

/**
 * `prepared` is decided and not yet issued: only a crash or a temporary fault leaves it so. `awaiting_approval` waits for the
 * second person. `under_review`: a component is no longer what it was. `withdrawn` and `failed` are final.
 */
export type ConferralState = 'prepared' | 'awaiting_approval' | 'conferred' | 'under_review' | 'withdrawn' | 'failed';

/** Why an award has to be looked at again. */
export interface Finding {
  /** Component it is about; absent for the stack as a whole. */
  credential?: string;
  /** Stable. */
  code: string;
  text: Text;
}

/** A qualification conferred, or on its way to be, by one met evaluation. */
export interface ConferralRecord {
  tenant: string;
  conferralId: string;
  evaluationId: string;
  state: ConferralState;
  pathway: string;
  pathwayVersion: string;
  /** Definition of the qualification: its address, and its id and pinned version here. */
  achievement: string;
  achievementId: string;
  achievementVersion: number;
  subjectId: string;
  /** The request to issue, fixed with the intent. */
  body: string;
  preparedAt: string;
  preparedBy: string;
  preparedPerson?: string;
  approvalId?: string;
  credentialId?: string;
  /** The signed ClrCredential, once it was asked for. */
  learnerRecord?: string;
  settledAt?: string;
  problem?: { kind: ProblemKind; detail: string };
  /** When the components were last asked about, and what could not be found out then. */
  checkedAt?: string;
  checkNote?: string;
  flaggedAt?: string;
  findings?: Finding[];
  reviewedAt?: string;
  reviewedBy?: string;
  review?: 'uphold' | 'withdraw';
  reviewReason?: string;
  /** Digest of the findings that a review has accepted: they do not flag it again. */
  acceptedSha256?: string;
}

/** One placed credential of a conferral. */
export interface ComponentRecord {
  tenant: string;
  conferralId: string;
  ordinal: number;
  /** IRI of the credential. */
  credential: string;
  componentAwardId: string;
  sha256: string;
  /** What it was used for. */
  pathway: string;
  achievement: string;
  /** It counts as used while the conferral stands. */
  live: boolean;
  /** Id of the credential when it was issued here, and the state in which the last check found it. */
  credentialId?: string;
  stateSeen: string;
}

export interface ConferralFilter {
  tenant: string;
  state?: ConferralState;
  subjectId?: string;
}

export interface ConferralReader {
  evaluation(tenant: string, evaluationId: string): Promise<EvaluationRecord | undefined>;
  /** In the order they were made. */
  evaluations(filter: { tenant: string; subjectId?: string }, page: PageRequest): Promise<Page<EvaluationSummary>>;
  conferral(tenant: string, conferralId: string): Promise<ConferralRecord | undefined>;
  /** One that stands or is on its way. */
  conferralOfEvaluation(tenant: string, evaluationId: string): Promise<ConferralRecord | undefined>;
  /** The one by which this credential was conferred, whosoever it is; ids are unique across tenants. */
  conferralOfCredential(credentialId: string): Promise<ConferralRecord | undefined>;
  conferrals(filter: ConferralFilter, page: PageRequest): Promise<Page<ConferralRecord>>;
  components(tenant: string, conferralId: string): Promise<ComponentRecord[]>;
  /** Of all tenants, `prepared`, or `awaiting_approval` of a request that has been settled; oldest first. */
  unfinishedConferrals(limit: number): Promise<ConferralRecord[]>;
  /**
   * Standing conferrals of all tenants with a component issued here whose state is no longer the one last seen; the longest
   * unchecked first, as with the other.
   */
  conferralsToReopen(limit: number): Promise<ConferralRecord[]>;
  /** Standing conferrals of all tenants not checked since the one instant, or, with a component of elsewhere, the other. */
  conferralsUncheckedSince(before: string, elsewhere: string, limit: number): Promise<ConferralRecord[]>;
  /** Award id -> pathways and qualifications that have used it here and stand; uses of the pathway `except` are not another's. */
  usedFor(awardIds: readonly string[], except: string): Promise<Map<string, string[]>>;
}

export type ConferralWrite =
  | { op: 'evaluation.insert'; row: EvaluationRecord }
  /**
   * With its components. `UniqueViolation('conferralComponents')` when one of them stands for the same pathway already;
   * `UniqueViolation('conferral.usedFor')` when any is used for more than the evaluation knew of.
   */
  | { op: 'conferral.insert'; row: ConferralRecord; components: ComponentRecord[]; known: Record<string, string[]> }
  /** Only from these states: `UniqueViolation('conferral.state')` otherwise. What is no longer standing frees its components. */
  | {
      op: 'conferral.change';
      tenant: string;
      conferralId: string;
      from: readonly ConferralState[];
      set: Partial<ConferralRecord> & { state: ConferralState };
      /** Members that are taken away. */
      clear?: readonly (keyof ConferralRecord)[];
    }
  /** Once: `UniqueViolation('conferral.learnerRecord')` when there is one. */
  | { op: 'conferral.learnerRecord'; tenant: string; conferralId: string; learnerRecord: string }
  | { op: 'conferral.checked'; tenant: string; conferralId: string; at: string; note?: string; seen: ComponentSeen[] }
  | AuditWrite;

export interface ComponentSeen {
  ordinal: number;
  state: string;
}
