import type {
  APPROVAL_STATES,
  AWARD_STATES,
  BATCH_STATES,
  MAIL_STATES,
  OFFER_STATES,
  ROW_STATES,
} from '../words/console.ts';

export type ConsoleRole = 'issuer' | 'approver' | 'authority' | 'auditor';

/** Who looks at a page of the console, and for whom. */
export interface Officer {
  role: ConsoleRole;
  /** Name of the institution. */
  institution: string;
}

export interface ConsoleFieldError {
  /** Into what was sent: `/achievement/name`, `/options/awardedDate`; empty when it is about the whole. */
  pointer: string;
  detail: string;
  code?: string;
}

/** Why a form was not taken. */
export interface ConsoleProblem {
  kind: string;
  detail: string;
  errors: readonly ConsoleFieldError[];
}

/** What somebody typed into a form, by the names of its fields. */
export type Typed = Readonly<Record<string, string | readonly string[]>>;

export interface ListedBatch {
  batchId: string;
  achievement: string;
  createdAt: string;
  /** Who uploaded it. */
  person?: string;
  state: keyof typeof BATCH_STATES;
  rows: number;
  invalidRows: number;
  issuedRows: number;
  failedRows: number;
}

export interface ListedApproval {
  approvalId: string;
  achievement: string;
  state: keyof typeof APPROVAL_STATES;
  recipients: number;
  preparedAt: string;
  preparedPerson: string;
  decidedPerson?: string;
}

export interface ListedAchievement {
  achievementId: string;
  name: string;
  version: number;
  createdAt: string;
}

export interface ListedAward {
  credentialId: string;
  name?: string;
  studentNumber?: string;
  achievement: string;
  awardedDate: string;
  state: keyof typeof AWARD_STATES;
}

export interface OverviewPage {
  waitingLists: readonly ListedBatch[];
  waitingApprovals: readonly ListedApproval[];
  recent: readonly ListedBatch[];
}

export interface ConsoleAchievementPage {
  versions: readonly { version: number; createdAt: string; document: Readonly<Record<string, unknown>> }[];
  achievementId: string;
}

export interface FormPage {
  typed: Typed;
  problem?: ConsoleProblem;
}

export interface ClassListFormPage extends FormPage {
  achievements: readonly ListedAchievement[];
}

/** `typed.once` is the word of this copy of the form. */
export type AwardFormPage = ClassListFormPage;

export interface ClassListRow {
  row: number;
  input: Readonly<Record<string, string>>;
  state: keyof typeof ROW_STATES;
  credentialId?: string;
  errors?: readonly ConsoleFieldError[];
}

export interface ClassListPage {
  batch: ListedBatch;
  /** Who may start it as things stand: nobody when it was. */
  starts: ConsoleRole | undefined;
  twoPersons: boolean;
  onlyErrors: boolean;
  rows: readonly ClassListRow[];
  /** Query of the next page of rows. */
  next?: string;
  problem?: ConsoleProblem;
}

export interface AwardsPage {
  achievements: readonly ListedAchievement[];
  typed: Typed;
  /** Absent: nothing was looked for yet. */
  found?: readonly ListedAward[];
  next?: string;
  /** How many are searched for a name. */
  searched: number;
  problem?: ConsoleProblem;
}

export type AwardAction = 'revoke' | 'suspend' | 'reinstate';

export interface AwardPage extends ListedAward {
  email?: string;
  /** While one acts for a learner under age. */
  guardian?: { email: string; until: string };
  subjectId: string;
  awardId: string;
  validFrom: string;
  validUntil?: string;
  issuedAt?: string;
  batchId?: string;
  achievementId: string;
  achievementVersion: number;
  certificateNumber?: string;
  /** What its status entry allows now. */
  actions: readonly AwardAction[];
  events: readonly { action: string; reason: string; at: string }[];
  offers: readonly {
    offerId: string;
    state: keyof typeof OFFER_STATES;
    createdAt: string;
    expiresAt: string;
    mail?: keyof typeof MAIL_STATES;
  }[];
  typed: Typed;
  /** Whether a claim link can be sent: there is an address, and no link is open. */
  canOffer: boolean;
  /** What was held about its recipient was erased then. */
  erasedAt?: string;
  /** Asked once more. */
  confirm?: { action: AwardAction; reason: string };
  resent?: boolean;
  problem?: ConsoleProblem;
}

export interface ApprovalPage extends ListedApproval {
  people: readonly {
    name?: string;
    email?: string;
    studentNumber?: string;
    guardianEmail?: string;
    guardianUntil?: string;
  }[];
  /** The whole request, as it will be issued. */
  body: string;
  reason?: string;
  credentialIds: readonly string[];
  typed: Typed;
  problem?: ConsoleProblem;
}
