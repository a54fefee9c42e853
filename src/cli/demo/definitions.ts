/** Achievement definitions of the demonstration: real codes and titles, cited; fictitious awarders. */
export const CSS_TR = {
  title: 'Computer Systems Servicing NC II',
  sector: 'Electronics',
  ncLevel: 2,
  promulgated: '2013-12',
  version: 'December 2013',
};

/** Core units of the training regulation (framework source S34, S85). */
export const CSS_CORE = [
  { code: 'ELC724331', title: 'Install and configure computer systems' },
  { code: 'ELC724332', title: 'Set-up computer networks' },
  { code: 'ELC724333', title: 'Set-up computer servers' },
  { code: 'ELC724334', title: 'Maintain and repair computer systems and networks' },
] as const;

/** Core courses of the graduate certificate (framework source S27); titles are illustrative. */
export const EDDE_CORE = ['EDDE 201', 'EDDE 202', 'EDDE 203', 'EDDE 204', 'EDDE 205'] as const;

export function cocDefinition(unit: { code: string; title: string }, number: number): Record<string, unknown> {
  return {
    name: `SPECIMEN Computer Systems Servicing COC ${number}: ${unit.title}`,
    description: `Certificate of competency for ${unit.title} (${unit.code}).`,
    criteria: { narrative: 'Competent in every element of the unit, assessed by demonstration and interview.' },
    achievementType: 'Certification',
    humanCode: unit.code,
    awardType: 'CertificateOfCompetency',
    regime: 'TESDA',
    pqfLevel: 2,
    pqfLevelStatus: 'ProviderClaimed',
    trainingRegulation: CSS_TR,
    unitOfCompetency: [
      {
        code: unit.code,
        title: unit.title,
        category: 'Core',
        trainingRegulation: CSS_TR.title,
        trVersion: CSS_TR.version,
      },
    ],
    assessmentType: ['PracticalDemonstration', 'Interview'],
    supervisionType: 'OnsiteWithId',
    stackability: 'StandAlone',
    currencyPeriod: 'P5Y',
  };
}

export function courseDefinition(code: string): Record<string, unknown> {
  return {
    name: `SPECIMEN ${code}`,
    description: `Course ${code} of the graduate certificate in distance education, 3 units.`,
    criteria: { narrative: 'Passed the course requirements.' },
    achievementType: 'Course',
    humanCode: code,
    creditsAvailable: 3,
    awardType: 'HeiCourse',
    regime: 'Charter',
    pqfLevel: 7,
    pqfLevelStatus: 'ProviderClaimed',
    credit: [{ system: 'HE-UNIT-16', value: '3', kind: 'lecture' }],
    assessmentType: ['WrittenExam', 'Project'],
    participationMode: 'DistanceModular',
  };
}

/** Any micro-credential of the demonstration. */
export function microCredential(name: string, description: string, pqfLevel = 6): Record<string, unknown> {
  return {
    name: `SPECIMEN ${name}`,
    description,
    criteria: { narrative: 'Passed an integrating project, assessed against the outcomes.' },
    achievementType: 'MicroCredential',
    creditsAvailable: 3,
    awardType: 'HeiMicroCredential',
    regime: 'CHED',
    pqfLevel,
    pqfLevelStatus: 'ProviderClaimed',
    credit: [{ system: 'HE-UNIT-16', value: '3', kind: 'assessed' }],
    assessmentType: ['Project'],
    participationMode: 'Online',
  };
}

/** An activity of continuing professional development; units as the council of that one profession granted them. */
export function cpdActivity(name: string, description: string, profession: string): Record<string, unknown> {
  return {
    name: `SPECIMEN ${name}`,
    description,
    criteria: { narrative: 'Attended, and passed the assessment at the end.' },
    achievementType: 'CertificateOfCompletion',
    awardType: 'CpdActivity',
    regime: 'PRC',
    profession: [profession],
    credit: [{ system: 'PRC-CPD-CU', value: '8' }],
    assessmentType: ['WrittenExam'],
    participationMode: 'Online',
  };
}
