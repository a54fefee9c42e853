/**
 * The parts of "Customer Experience Associate" (illustrative): a national certificate whose regulation is real (framework source
 * S39), and three micro-credentials that are made up. Contact hours stand in for the learner hours each one declares.
 */
export const CCS_TR = {
  title: 'Contact Center Services NC II',
  sector: 'Information and communications technology',
  ncLevel: 2,
  promulgated: '2014-10',
  version: 'October 2014',
};

const CRITERIA = (narrative: string) => ({ criteria: { narrative } });

/** 144 hours: 18 basic, 18 common, 108 core (S39). */
export const CONTACT_CENTER_NC2: Record<string, unknown> = {
  name: 'SPECIMEN Contact Center Services NC II',
  description: 'The national certificate by the regulation of 1 October 2014, 144 hours.',
  ...CRITERIA('Competent in every unit of the regulation.'),
  achievementType: 'Certification',
  ...{ awardType: 'NationalCertificate', regime: 'TESDA', pqfLevel: 2, pqfLevelStatus: 'ProviderClaimed' },
  trainingRegulation: CCS_TR,
  unitOfCompetency: [
    {
      ...{ code: 'SPECIMEN-CCS-CORE', title: 'Core units of the regulation (their codes were not verified)' },
      ...{ category: 'Core', trainingRegulation: CCS_TR.title, trVersion: CCS_TR.version },
    },
  ],
  credit: [{ system: 'TESDA-HOUR', value: '144' }],
  ...{ notionalHours: '144', assessmentType: ['PracticalDemonstration', 'Interview'], currencyPeriod: 'P5Y' },
};

export const SERVICE_DATA: Record<string, unknown> = {
  name: 'SPECIMEN Service Data Analysis',
  description: 'A university micro-credential of 3 units (illustrative).',
  ...CRITERIA('Passed an integrating project on the data of a service desk.'),
  achievementType: 'MicroCredential',
  ...{ awardType: 'HeiMicroCredential', regime: 'CHED', pqfLevel: 6, pqfLevelStatus: 'ProviderClaimed' },
  credit: [{ system: 'HE-UNIT-18', value: '3', kind: 'assessed' }],
  ...{ notionalHours: '54', assessmentType: ['Project'], participationMode: 'Online' },
};

export const CONVERSATION_DESIGN: Record<string, unknown> = {
  name: 'SPECIMEN Conversation Design',
  description: 'An industry micro-credential of 24 hours, aligned to work in contact centres (illustrative).',
  ...CRITERIA('Passed the examination of the association.'),
  achievementType: 'MicroCredential',
  ...{ awardType: 'IndustryCertification', regime: 'Industry', pqfLevel: 3, pqfLevelStatus: 'ProviderClaimed' },
  ...{ notionalHours: '24', assessmentType: ['WrittenExam'] },
};

export const WORKPLACE_CAPSTONE: Record<string, unknown> = {
  name: 'SPECIMEN Workplace Capstone in Customer Experience',
  description: 'Forty hours at work, assessed by a person who did not train (illustrative).',
  ...CRITERIA('Handled live contacts through a full shift cycle, and explained the choices made.'),
  achievementType: 'MicroCredential',
  ...{ awardType: 'TrainingCertificate', regime: 'TESDA', pqfLevel: 5, pqfLevelStatus: 'ProviderClaimed' },
  learningOutcome: [
    { text: 'Resolves live contacts within the standards of the floor' },
    { text: 'Improves one procedure with evidence from its own data' },
  ],
  ...{ notionalHours: '40', assessmentType: ['PracticalDemonstration', 'Interview'] },
};

/** Without a level: the whole has none until it is registered (S13). */
export const CX_ASSOCIATE: Record<string, unknown> = {
  name: 'SPECIMEN Customer Experience Associate',
  description: 'An award across sectors, from a certificate, two micro-credentials and a capstone (illustrative).',
  ...CRITERIA('Every requirement of its pathway is met, and the university has conferred it.'),
  achievementType: 'MicroCredential',
  ...{ awardType: 'HeiMicroCredential', regime: 'CHED', assessmentType: ['Portfolio'] },
};
