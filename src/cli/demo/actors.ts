/**
 * The specimen world: fictitious actors, each saying what it models. Codes, titles and curricula are real and cited in
 * the pathways; nobody real issues, accredits or confers anything here.
 */
export interface Actor {
  slug: string;
  name: string;
  description: string;
  institutionType: string;
  authorityBasis?: string;
}

export const COUNCIL: Actor = {
  slug: 'specimen-framework-council',
  name: 'Specimen Framework Council',
  description: 'Trust anchor of the demonstration: names the authorities that may accredit. Models no existing body.',
  institutionType: 'Regulator',
};

export const SKILLS_AUTHORITY: Actor = {
  slug: 'specimen-skills-authority',
  name: 'Specimen Skills Authority (modelled on TESDA)',
  description: 'Awards certificates of competency and national certificates; accredits assessment centres. Fictitious.',
  institutionType: 'Regulator',
};

export const HIGHER_AUTHORITY: Actor = {
  slug: 'specimen-higher-education-authority',
  name: 'Specimen Higher Education Authority (modelled on CHED)',
  description: 'Accredits universities and colleges. Fictitious.',
  institutionType: 'Regulator',
};

export const OPEN_UNIVERSITY: Actor = {
  slug: 'specimen-open-university',
  name: 'Specimen Open University (modelled on UPOU)',
  description: 'Awards courses and the graduate certificate. Fictitious.',
  institutionType: 'SUC',
  authorityBasis: 'Charter',
};

export const COASTAL_COLLEGE: Actor = {
  slug: 'specimen-coastal-college',
  name: 'Specimen Coastal College',
  description: 'Awards micro-credentials, one of which is an elective of the graduate certificate. Fictitious.',
  institutionType: 'PrivateHEI',
  authorityBasis: 'GovernmentRecognition',
};

export const LAPSED_INSTITUTE: Actor = {
  slug: 'specimen-lapsed-institute',
  name: 'Specimen Lapsed Institute',
  description: 'Its accreditation ended on 1 January 2026; it went on awarding. Fictitious.',
  institutionType: 'PrivateHEI',
};

export const HARBOUR_CENTRE: Actor = {
  slug: 'specimen-harbour-assessment-centre',
  name: 'Specimen Harbour Assessment Centre',
  description: 'Assesses competencies for the Specimen Skills Authority. Fictitious.',
  institutionType: 'AssessmentCentre',
};

export const UPLAND_CENTRE: Actor = {
  slug: 'specimen-upland-assessment-centre',
  name: 'Specimen Upland Assessment Centre',
  description: 'Assesses competencies for the Specimen Skills Authority. Fictitious.',
  institutionType: 'AssessmentCentre',
};

export const ACTORS = [
  COUNCIL,
  SKILLS_AUTHORITY,
  HIGHER_AUTHORITY,
  OPEN_UNIVERSITY,
  COASTAL_COLLEGE,
  LAPSED_INSTITUTE,
  HARBOUR_CENTRE,
  UPLAND_CENTRE,
];

/** Who grants what to whom. Days are legal days in Manila, half-open. */
export interface Grant {
  by: Actor;
  to: Actor;
  role: 'Accredit' | 'Award' | 'Assess';
  awardType: string[];
  pqfLevelRange?: { from: number; to: number };
  validFrom: string;
  validUntil?: string;
}

const TVET = ['NationalCertificate', 'CertificateOfCompetency'];
const HIGHER = ['HeiMicroCredential', 'HeiCourse', 'GraduateCertificate'];

export const GRANTS: Grant[] = [
  { by: COUNCIL, to: SKILLS_AUTHORITY, role: 'Accredit', awardType: TVET, validFrom: '2024-01-01' },
  { by: COUNCIL, to: HIGHER_AUTHORITY, role: 'Accredit', awardType: HIGHER, validFrom: '2024-01-01' },
  { by: COUNCIL, to: SKILLS_AUTHORITY, role: 'Award', awardType: TVET, validFrom: '2024-01-01' },
  { by: SKILLS_AUTHORITY, to: HARBOUR_CENTRE, role: 'Assess', awardType: TVET, validFrom: '2025-01-01' },
  { by: SKILLS_AUTHORITY, to: UPLAND_CENTRE, role: 'Assess', awardType: TVET, validFrom: '2025-01-01' },
  { by: HIGHER_AUTHORITY, to: OPEN_UNIVERSITY, role: 'Award', awardType: HIGHER, validFrom: '2024-06-01' },
  {
    by: HIGHER_AUTHORITY,
    to: COASTAL_COLLEGE,
    role: 'Award',
    awardType: ['HeiMicroCredential', 'HeiCourse'],
    validFrom: '2025-06-01',
  },
  {
    by: HIGHER_AUTHORITY,
    to: LAPSED_INSTITUTE,
    role: 'Award',
    awardType: ['HeiMicroCredential'],
    validFrom: '2024-01-01',
    validUntil: '2026-01-01',
  },
];
