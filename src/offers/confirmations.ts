import type { OfferedAward } from './offers.ts';

/**
 * Awards by which somebody may do something, or is somebody: whoever only has the link must not get one. In the
 * pre-authorised flow a link can be opened by another person than the one it was sent to, or be put before a victim (analysis of
 * OpenID4VCI, issue 806 of its working group). Values of `achievementType` (Open Badges 3.0, AchievementType), and of
 * `awardType` where the definition has the terms of the extension.
 */
const NEEDS: Record<'achievementType' | 'awardType', ReadonlySet<string>> = {
  achievementType: new Set([
    ...['License', 'Certification', 'QualityAssuranceCredential'],
    ...['ApprenticeshipCertificate', 'JourneymanCertificate', 'MasterCertificate'],
    ...['GeneralEducationDevelopment', 'SecondarySchoolDiploma', 'Diploma', 'AssociateDegree', 'BachelorDegree'],
    ...['Degree', 'MasterDegree', 'DoctoralDegree', 'ProfessionalDoctorate', 'ResearchDoctorate'],
  ]),
  awardType: new Set([
    ...['License', 'NationalCertificate', 'CertificateOfCompetency', 'IndustryCertification', 'EteeapAward'],
    ...[
      'DiplomaL5',
      'GraduateCertificate',
      'GraduateDiploma',
      'BaccalaureateDegree',
      'MastersDegree',
      'DoctoralDegree',
    ],
  ]),
};

/** Whether an award of this definition is offered with a confirmation only. What we have no word for is taken to be one. */
function needsConfirmation(achievement: object): boolean {
  const { achievementType, awardType } = achievement as { achievementType?: unknown; awardType?: unknown };
  if (typeof awardType === 'string' && NEEDS.awardType.has(awardType)) return true;
  if (typeof achievementType !== 'string') return false;
  if (NEEDS.achievementType.has(achievementType)) return true;
  // A type of the maker's own: the extension says what it is, or nobody does.
  return achievementType.startsWith('ext:') && typeof awardType !== 'string';
}

/** What such an award needs, or any award of a learner for whom a guardian acts: the link alone shows that nobody is the guardian. */
export const mustConfirm = ({
  achievement,
  guardianEnds,
}: Pick<OfferedAward, 'achievement' | 'guardianEnds'>): boolean =>
  guardianEnds !== undefined || needsConfirmation(achievement);
