import type { Confirmation } from './ports.ts';

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
export function needsConfirmation(achievement: object): boolean {
  const { achievementType, awardType } = achievement as { achievementType?: unknown; awardType?: unknown };
  if (typeof awardType === 'string' && NEEDS.awardType.has(awardType)) return true;
  if (typeof achievementType !== 'string') return false;
  if (NEEDS.achievementType.has(achievementType)) return true;
  // A type of the maker's own: the extension says what it is, or nobody does.
  return achievementType.startsWith('ext:') && typeof awardType !== 'string';
}

export const defaultConfirmation = (achievement: object): Confirmation =>
  needsConfirmation(achievement) ? 'txCode' : 'none';
