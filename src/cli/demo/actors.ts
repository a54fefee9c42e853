/**
 * The specimen world: fictitious actors, each saying what it models. Codes, titles, curricula and instruments are real
 * and cited; nobody real issues, accredits or confers anything here.
 */
export interface Actor {
  slug: string;
  name: string;
  description: string;
  institutionType: string;
  authorityBasis?: string;
  /** PSGC code of its place; the place is illustrative. */
  psgcCode?: string;
}

const actor = (
  slug: string,
  name: string,
  institutionType: string,
  description: string,
  more: Partial<Actor> = {},
) => ({
  ...{ slug: `specimen-${slug}`, name: `Specimen ${name}`, institutionType, description: `${description} Fictitious.` },
  ...more,
});

// Authorities.
export const COUNCIL: Actor = actor(
  'framework-council',
  'Framework Council',
  'Regulator',
  'Trust anchor of the demonstration: names the authorities that may accredit. Models no existing body.',
);
export const SKILLS_AUTHORITY: Actor = actor(
  'skills-authority',
  'Skills Authority (modelled on TESDA)',
  'Regulator',
  'Awards certificates of competency and national certificates; accredits centres, registers programmes.',
);
export const HIGHER_AUTHORITY: Actor = actor(
  'higher-education-authority',
  'Higher Education Authority (modelled on CHED)',
  'Regulator',
  'Accredits universities and colleges.',
);
export const PROFESSIONS_AUTHORITY: Actor = actor(
  'professions-authority',
  'Professions Authority (modelled on PRC)',
  'Regulator',
  'Accredits providers of continuing professional development, for each profession.',
);
/** Grants nothing: it endorses. */
export const INDUSTRY_ASSOCIATION: Actor = actor(
  'industry-association',
  'Industry Association',
  'IndustryAssociation',
  'Endorses achievements that its members find useful; accredits nobody.',
);

// Higher education.
export const OPEN_UNIVERSITY: Actor = actor(
  'open-university',
  'Open University (modelled on UPOU)',
  'SUC',
  'Awards courses and the graduate certificate by its charter.',
  { authorityBasis: 'Charter' },
);
export const COASTAL_COLLEGE: Actor = actor(
  'coastal-college',
  'Coastal College',
  'LUC',
  'A local college with programme compliance. One of its micro-credentials is an elective of the graduate certificate.',
  { authorityBasis: 'COPC', psgcCode: '0700000000' },
);
export const AUTONOMOUS_UNIVERSITY: Actor = actor(
  'autonomous-university',
  'Autonomous University',
  'PrivateHEI',
  'Its autonomous status has an end date.',
  { authorityBasis: 'GovernmentRecognition' },
);
export const OLD_POLYTECHNIC: Actor = actor(
  'old-polytechnic',
  'Old Polytechnic',
  'SUC',
  'Merged into the Specimen New Polytechnic.',
  { authorityBasis: 'Charter' },
);
export const NEW_POLYTECHNIC: Actor = actor(
  'new-polytechnic',
  'New Polytechnic',
  'SUC',
  'Keeps the records of the Specimen Old Polytechnic. Two persons sign off each of its awards.',
  { authorityBasis: 'Charter' },
);
export const LAPSED_INSTITUTE: Actor = actor(
  'lapsed-institute',
  'Lapsed Institute',
  'PrivateHEI',
  'Its accreditation ended on 1 January 2026; it went on awarding.',
  { authorityBasis: 'GovernmentRecognition' },
);
export const ANNULLED_ACADEMY: Actor = actor(
  'annulled-academy',
  'Annulled Academy',
  'PrivateHEI',
  'Its accreditation was annulled from the start, after it had awarded.',
  { authorityBasis: 'GovernmentRecognition' },
);

// Skills and professions.
export const HARBOUR_CENTRE: Actor = actor(
  'harbour-assessment-centre',
  'Harbour Assessment Centre',
  'AssessmentCentre',
  'Assesses competencies for the Specimen Skills Authority. Was suspended for a time in 2025.',
);
export const UPLAND_CENTRE: Actor = actor(
  'upland-assessment-centre',
  'Upland Assessment Centre',
  'AssessmentCentre',
  'Assesses some units of competency for the Specimen Skills Authority.',
);
export const BAYSIDE_INSTITUTE: Actor = actor(
  'bayside-training-institute',
  'Bayside Training Institute',
  'TVI',
  'Trains in a programme registered with the Specimen Skills Authority.',
  { authorityBasis: 'CoPR' },
);
/** An employer that trains on the job. */
export const CONTACT_CENTER: Actor = actor(
  'bayview-contact-center',
  'Bayview Contact Center',
  'Enterprise',
  'An employer. Recognises what was learned at work, assessed by another person than the one who trained.',
  { authorityBasis: 'CoPR' },
);
export const CPD_PROVIDER: Actor = actor(
  'cpd-provider',
  'CPD Provider',
  'CpdProvider',
  'Accredited for each profession by itself.',
  { authorityBasis: 'CpdProviderAccreditation' },
);

export const ACTORS: readonly Actor[] = [
  ...[COUNCIL, SKILLS_AUTHORITY, HIGHER_AUTHORITY, PROFESSIONS_AUTHORITY, INDUSTRY_ASSOCIATION],
  ...[OPEN_UNIVERSITY, COASTAL_COLLEGE, AUTONOMOUS_UNIVERSITY, OLD_POLYTECHNIC, NEW_POLYTECHNIC],
  ...[LAPSED_INSTITUTE, ANNULLED_ACADEMY, HARBOUR_CENTRE, UPLAND_CENTRE, BAYSIDE_INSTITUTE, CPD_PROVIDER],
  CONTACT_CENTER,
];
