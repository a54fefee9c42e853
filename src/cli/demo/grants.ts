import { CCS_TR } from './across-sectors/definitions.ts';
import {
  type Actor,
  ANNULLED_ACADEMY,
  AUTONOMOUS_UNIVERSITY,
  BAYSIDE_INSTITUTE,
  COASTAL_COLLEGE,
  CONTACT_CENTER,
  COUNCIL,
  CPD_PROVIDER,
  HARBOUR_CENTRE,
  HIGHER_AUTHORITY,
  LAPSED_INSTITUTE,
  NEW_POLYTECHNIC,
  OLD_POLYTECHNIC,
  OPEN_UNIVERSITY,
  PROFESSIONS_AUTHORITY,
  SKILLS_AUTHORITY,
  UPLAND_CENTRE,
} from './actors.ts';
import { CSS_CORE, CSS_TR } from './definitions.ts';
import {
  BOARD,
  CPD_ACT,
  CPD_RESOLUTION,
  HEI_MICROCREDENTIALS,
  type Instrument,
  MEMO,
  PQF_ACT,
  PROGRAMME_REGISTRATION,
  SKILLS_ACT,
} from './instruments.ts';

/** Who grants what to whom. Days are legal days in Manila, half-open. */
export interface Grant {
  by: Actor;
  to: Actor;
  role: 'Accredit' | 'Award' | 'Assess' | 'Train';
  scope: Record<string, unknown>;
  /** Limits the scope to the party's own premises. */
  ownSite?: true;
  validFrom: string;
  validUntil?: string;
  provisional?: true;
  legalInstrument: readonly Instrument[];
  /** What it models, by which sources of the framework data; published with the grant. */
  models: string;
  events?: readonly { type: string; effectiveAt: string; reason: string; legalInstrument?: Instrument }[];
}

/** Published with every grant, beside what it models. */
export const ILLUSTRATIVE = 'Illustrative: parties, scope, limits and dates are made for this specimen.';

const TVET = ['NationalCertificate', 'CertificateOfCompetency'];
const TVET_LEVELS = { from: 1, to: 5 };
const HIGHER = ['HeiMicroCredential', 'HeiCourse', 'GraduateCertificate'];
const HIGHER_LEVELS = { from: 5, to: 8 };
const MICRO = { awardType: ['HeiMicroCredential'], pqfLevelRange: HIGHER_LEVELS };
/** The regulation by title and version: a later one under the same title is another one. */
const CSS = {
  awardType: TVET,
  pqfLevelRange: { from: 2, to: 2 },
  trainingRegulation: [{ title: CSS_TR.title, version: CSS_TR.version }],
};
const units = (from: number, to: number) => CSS_CORE.slice(from, to).map(({ code }) => code);

const AUTHORITIES: Grant[] = [
  {
    ...{ by: COUNCIL, to: SKILLS_AUTHORITY, role: 'Accredit', validFrom: '2024-01-01' },
    scope: { awardType: TVET, pqfLevelRange: TVET_LEVELS },
    legalInstrument: [SKILLS_ACT],
    models:
      'Modelled on the authority for technical-vocational education (S33, S35). That a council names it is made up.',
  },
  {
    // The authority is itself the issuer; centres assess, institutes train (S35).
    ...{ by: COUNCIL, to: SKILLS_AUTHORITY, role: 'Award', validFrom: '2024-01-01' },
    scope: { awardType: TVET, pqfLevelRange: { from: 1, to: 4 } },
    legalInstrument: [SKILLS_ACT],
    models: 'Modelled on an authority that itself issues NC and COC (S35). That a council grants it is made up.',
  },
  {
    ...{ by: COUNCIL, to: HIGHER_AUTHORITY, role: 'Accredit', validFrom: '2024-01-01' },
    scope: { awardType: HIGHER, pqfLevelRange: HIGHER_LEVELS },
    legalInstrument: [PQF_ACT, HEI_MICROCREDENTIALS],
    models:
      'Modelled on the authority for higher education, a member under the PQF Act (S10); of the CMO only the title was confirmed (S6). That a council names it is made up.',
  },
  {
    // Without a level: no level of the PQF is recognised in this way.
    ...{ by: COUNCIL, to: PROFESSIONS_AUTHORITY, role: 'Accredit', validFrom: '2024-01-01' },
    scope: { awardType: ['CpdActivity'] },
    legalInstrument: [CPD_ACT],
    models: 'Modelled on the commission with its CPD councils (S20, S46). That a council names it is made up.',
  },
];

const SKILLS: Grant[] = [
  {
    ...{ by: SKILLS_AUTHORITY, to: HARBOUR_CENTRE, role: 'Assess', validFrom: '2025-01-01', ownSite: true },
    scope: { ...CSS, unitOfCompetency: units(0, 4) },
    legalInstrument: [SKILLS_ACT],
    models:
      'Modelled on an accredited assessment centre (S35); training regulation and unit codes as published (S34). The instrument for centres was not verified.',
    events: [
      { type: 'suspended', effectiveAt: '2025-06-02', reason: 'Equipment under inspection (illustrative)' },
      { type: 'reinstated', effectiveAt: '2025-07-14', reason: 'Inspection passed (illustrative)' },
    ],
  },
  {
    ...{ by: SKILLS_AUTHORITY, to: UPLAND_CENTRE, role: 'Assess', validFrom: '2025-01-01' },
    scope: { ...CSS, unitOfCompetency: units(1, 4) },
    legalInstrument: [SKILLS_ACT],
    models:
      'Modelled on an accredited assessment centre (S35); training regulation and unit codes as published (S34). The instrument for centres was not verified.',
  },
  {
    ...{ by: SKILLS_AUTHORITY, to: BAYSIDE_INSTITUTE, role: 'Train', validFrom: '2025-01-01' },
    scope: CSS,
    legalInstrument: [SKILLS_ACT, PROGRAMME_REGISTRATION],
    models: 'Modelled on a registered programme (S33): compulsory, for each programme and institution.',
  },
];

const ON_THE_JOB: Grant[] = [
  {
    ...{ by: COUNCIL, to: SKILLS_AUTHORITY, role: 'Accredit', validFrom: '2024-01-01' },
    scope: { awardType: ['TrainingCertificate'], pqfLevelRange: TVET_LEVELS },
    legalInstrument: [SKILLS_ACT],
    models: 'Modelled on the authority for technical-vocational education (S33). That a council names it is made up.',
  },
  {
    ...{ by: SKILLS_AUTHORITY, to: CONTACT_CENTER, role: 'Award', validFrom: '2025-01-01' },
    scope: { awardType: ['TrainingCertificate'], pqfLevelRange: TVET_LEVELS, learningRoute: ['EBET'] },
    legalInstrument: [SKILLS_ACT, PROGRAMME_REGISTRATION],
    models:
      'Modelled on a registered programme (S33), here of an enterprise. What enterprise-based training asks for was not verified.',
  },
  {
    ...{ by: SKILLS_AUTHORITY, to: UPLAND_CENTRE, role: 'Assess', validFrom: '2025-01-01' },
    scope: {
      ...{ awardType: ['NationalCertificate'], pqfLevelRange: { from: 2, to: 2 } },
      trainingRegulation: [{ title: CCS_TR.title, version: CCS_TR.version }],
    },
    legalInstrument: [SKILLS_ACT],
    models:
      'Modelled on an accredited assessment centre (S35); training regulation as published (S39). The instrument for centres was not verified.',
  },
];

const UNIVERSITIES: Grant[] = [
  {
    ...{ by: HIGHER_AUTHORITY, to: OPEN_UNIVERSITY, role: 'Award', validFrom: '2024-06-01' },
    scope: { awardType: HIGHER, pqfLevelRange: HIGHER_LEVELS },
    legalInstrument: [BOARD],
    models:
      'Modelled on own awards by charter and resolutions of the board (S21, S29). No charter was verified, so none is cited.',
  },
  {
    ...{ by: HIGHER_AUTHORITY, to: COASTAL_COLLEGE, role: 'Award', validFrom: '2025-06-01' },
    scope: {
      awardType: ['HeiMicroCredential'],
      pqfLevelRange: { from: 5, to: 7 },
      participationMode: ['Online', 'Blended'],
      maxCredit: { system: 'HE-UNIT-16', value: '3' },
      // Region by the code of its place, as the PSGC writes it (S51).
      psgc: ['07'],
    },
    legalInstrument: [HEI_MICROCREDENTIALS],
    models:
      'Modelled on a local college with a certificate of program compliance (S21); of the CMO only the title was confirmed (S6), every limit is made up.',
  },
  {
    // The last day is 15 September 2027: the end is the first day on which it is no longer in force.
    ...{ by: HIGHER_AUTHORITY, to: AUTONOMOUS_UNIVERSITY, role: 'Award' },
    ...{ validFrom: '2024-09-16', validUntil: '2027-09-16' },
    scope: { awardType: HIGHER, pqfLevelRange: HIGHER_LEVELS },
    legalInstrument: [MEMO],
    models:
      'Modelled on an autonomous status from 16 September 2024 to 15 September 2027, the example seen (S6). The instrument of such a status was not verified, so none is cited.',
  },
  ...[OLD_POLYTECHNIC, NEW_POLYTECHNIC].map(
    (to): Grant => ({
      ...{ by: HIGHER_AUTHORITY, to, role: 'Award', validFrom: '2025-01-01', scope: MICRO },
      legalInstrument: [BOARD, HEI_MICROCREDENTIALS],
      models:
        'Modelled on a state university: charter and program compliance (S21). No charter was verified; of the CMO only the title was confirmed (S6).',
    }),
  ),
  {
    ...{ by: HIGHER_AUTHORITY, to: LAPSED_INSTITUTE, role: 'Award', scope: MICRO },
    ...{ validFrom: '2025-06-01', validUntil: '2026-01-01' },
    legalInstrument: [HEI_MICROCREDENTIALS],
    models: 'Modelled on government recognition for a time (S21); of the CMO only the title was confirmed (S6).',
  },
  {
    ...{ by: HIGHER_AUTHORITY, to: ANNULLED_ACADEMY, role: 'Award', scope: MICRO, validFrom: '2025-06-01' },
    legalInstrument: [HEI_MICROCREDENTIALS],
    models: 'Modelled on government recognition (S21); of the CMO only the title was confirmed (S6).',
  },
];

/** Credit units belong to one profession, and each council decides for its own (S46). */
const cpd = (profession: string): Pick<Grant, 'by' | 'to' | 'role' | 'scope' | 'provisional' | 'legalInstrument'> => ({
  ...{ by: PROFESSIONS_AUTHORITY, to: CPD_PROVIDER, role: 'Award', provisional: true },
  scope: { awardType: ['CpdActivity'], profession: [profession], maxCredit: { system: 'PRC-CPD-CU', value: '15' } },
  legalInstrument: [CPD_ACT, CPD_RESOLUTION],
});
const PRESUMED = 'Modelled on approval presumed after ten working days of silence (S20)';

const CPD: Grant[] = [
  {
    ...cpd('Accountancy'),
    validFrom: '2026-01-20',
    models: `${PRESUMED}, and then decided. How long such accreditations last was not verified.`,
    events: [
      {
        ...{ type: 'activated', effectiveAt: '2026-02-10', reason: 'Decided by the council (illustrative)' },
        legalInstrument: CPD_RESOLUTION,
      },
    ],
  },
  {
    ...cpd('Dentistry'),
    validFrom: '2026-02-03',
    models: `${PRESUMED}, and not decided yet. How long such accreditations last was not verified.`,
  },
];

/** In the order in which they are granted: an authority first, then whom it accredits. */
export const GRANTS: readonly Grant[] = [...AUTHORITIES, ...SKILLS, ...ON_THE_JOB, ...UNIVERSITIES, ...CPD];
