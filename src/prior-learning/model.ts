/** What was brought from the workplace. Kept in the service; what of it is signed is decided with the award. */
export interface WorkplaceEvidence {
  name: string;
  evidenceType: 'Artefact' | 'ObservationRecord' | 'EmployerAttestation' | 'Log';
  description: string;
  /** Where the file is. */
  url?: string;
  /** Of the file: SHA2-256 multihash. */
  digestMultibase?: string;
  /** Calendar days, both included, in the institution's zone. */
  from: string;
  to: string;
  /** Decimal text. */
  hours?: string;
  employer?: { name: string; id?: string };
  /** The role of whoever vouches for it, e.g. "Floor supervisor"; not a person's name. */
  attestedBy?: string;
}

export const METHODS = [
  ...['Demonstration', 'Interview', 'WrittenTest', 'PortfolioReview', 'WorkplaceObservation'],
] as readonly string[];

export interface Judgement {
  /** As `Outcome.outcome`. */
  outcome: string;
  judged: 'Competent' | 'NotYetCompetent';
  /** Numbers of the evidence it rests on. */
  evidence?: number[];
  /** Of `METHODS`. */
  method: string[];
  note?: string;
}

/** The record of one assessment, as the assessor sends it. */
export interface AssessmentInput {
  /** Calendar day in the institution's zone. */
  assessedOn: string;
  /** Role or pseudonymous accreditation number; signed into the credential. */
  assessor: string;
  /** The centre that assessed, when it is not the institution. */
  source?: { id: string; name: string; psgcCode?: string };
  judgements: Judgement[];
  /** On a result description of the definition. */
  result?: { resultDescription: string; value?: string; status?: string; achievedLevel?: string };
}

export type Decision = 'recognised' | 'not_recognised';

/**
 * An assessment as it is kept: what was assessed of whom on which evidence, and what follows. The random case id and the
 * subject id in it keep its digest, which is signed, from being guessed.
 */
export interface AssessmentRecord extends AssessmentInput {
  caseId: string;
  number: number;
  subjectId: string;
  achievementId: string;
  achievementVersion: number;
  route: string;
  /** SHA-256 (hex) of each piece of evidence there was, in the order of their numbers. */
  evidenceSha256: string[];
  decision: Decision;
  /** Mandatory outcomes that are not shown yet. */
  missing: string[];
}

export interface Appeal {
  /** Number of the assessment. */
  against: number;
  /** Calendar day on which it was made. */
  on: string;
  grounds: string;
}

/** What of the case is signed beside the basis itself; nothing of it by default. */
export const DISCLOSURES = ['name', 'hashedEmail', 'employer', 'attestedBy', 'period'] as const;
export type Disclosure = (typeof DISCLOSURES)[number];

export interface AwardTerms {
  /** Calendar day; today when absent. */
  awardedDate?: string;
  /** A day or an instant. */
  validUntil?: string;
  certificateNumber?: string;
  include?: Disclosure[];
}
