import type { Issuer } from '#credentials';
import { Problem } from '#kernel';
import { inCaseTerms } from './award.ts';
import { type AwardParts, awardBody, citedIn } from './award-body.ts';
import type { AssessmentRecord, AwardTerms, WorkplaceEvidence } from './model.ts';
import type { CaseRecord } from './ports.ts';

/**
 * Everything issuing would refuse of an award like this, with whatever its terms could disclose. Whether the institution is
 * accredited is asked when it is awarded: nobody knows the day and the centre before.
 * @throws Problem `invalid-request`, `lint-failed`, `not-entitled`, pointers into the request about the case
 */
export async function rehearse(issuer: Pick<Issuer, 'check'>, tenant: string, parts: AwardParts): Promise<void> {
  const body = awardBody({ ...parts, terms: { include: everythingOf(parts) } });
  await issuer.check({ tenant, body }).catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error;
    if (error.kind !== 'not-accredited') throw inCaseTerms(error, citedIn(parts.assessment));
  });
}

const everythingOf = ({ record: { candidate } }: AwardParts): NonNullable<AwardTerms['include']> => [
  ...(candidate.name === undefined ? [] : (['name'] as const)),
  ...(candidate.email === undefined ? [] : (['hashedEmail'] as const)),
  ...(['employer', 'attestedBy', 'period'] as const),
];

/** In place of the digest of a record that is not kept yet. */
export const ZEROS = '0'.repeat(64);
const DAY = '2026-01-01';

/** An award of what is known before anybody has assessed. */
export function pretended(record: CaseRecord, evidence: readonly WorkplaceEvidence[]): AwardParts {
  const some: WorkplaceEvidence = { name: 'A', evidenceType: 'Log', description: 'A', from: DAY, to: DAY };
  const all = evidence.length > 0 ? evidence : [some];
  const { caseId, route, achievementId, achievementVersion } = record;
  const assessment: AssessmentRecord = {
    ...{ caseId, number: 0, subjectId: record.candidate.subjectId, achievementId, achievementVersion, route },
    ...{ assessedOn: DAY, assessor: 'A', decision: 'recognised', missing: [], evidenceSha256: [] },
    judgements: [{ outcome: '/criteria', judged: 'Competent', method: [], evidence: [...all.keys()] }],
  };
  return { record, outcomes: [], evidence: all, assessment, sha256: ZEROS, terms: {} };
}
