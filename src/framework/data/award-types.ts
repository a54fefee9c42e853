import type { Text } from '#kernel';
import { type Cited, cite } from './cited.ts';

/** A word in the title of an achievement that only some awards may carry (after New Zealand's listing rules, S60). */
export type ProtectedWord = 'NationalCertificate' | 'Diploma' | 'Degree';

export interface AwardType extends Cited {
  /** Value of the term `awardType`. */
  id: string;
  label: Text;
  /** Rule sets under which it is awarded; `Foreign` and `Consortium` are never limited here. */
  regimes: readonly string[];
  /** Levels of the PQF, both ends included; absent when it has none or the sources do not agree. */
  pqf?: { from: number; to: number };
  /** Protected words its title may use. */
  words: readonly ProtectedWord[];
}

/** Kinds of award. Degrees and diplomas: PQF page (S10); type names of levels 7 and 8 from reproductions only (S12). */
export const AWARD_TYPES: readonly AwardType[] = [
  {
    id: 'NationalCertificate',
    label: { en: 'National Certificate (NC)', fil: 'Pambansang Sertipiko (NC)' },
    regimes: ['TESDA'],
    pqf: { from: 1, to: 4 },
    words: ['NationalCertificate'],
    ...cite('V', 'S10', 'S35'),
  },
  {
    id: 'CertificateOfCompetency',
    label: { en: 'Certificate of Competency (COC)', fil: 'Sertipiko ng Kakayahan (COC)' },
    regimes: ['TESDA'],
    words: [],
    ...cite('V', 'S35'),
  },
  {
    id: 'TvetMicroCredential',
    label: { en: 'TVET micro-credential', fil: 'Micro-credential sa TVET' },
    regimes: ['TESDA'],
    words: [],
    ...cite('V', 'S30', 'S31'),
  },
  {
    id: 'TrainingCertificate',
    label: { en: 'Training certificate', fil: 'Sertipiko ng pagsasanay' },
    regimes: ['TESDA', 'Industry'],
    words: [],
    ...cite('G'),
  },
  {
    id: 'HeiMicroCredential',
    label: { en: 'Higher education micro-credential', fil: 'Micro-credential sa mataas na edukasyon' },
    regimes: ['CHED', 'Charter'],
    words: [],
    ...cite('V', 'S6', 'S24'),
  },
  {
    id: 'HeiCourse',
    label: { en: 'Higher education course', fil: 'Kurso sa mataas na edukasyon' },
    regimes: ['CHED', 'Charter'],
    words: [],
    ...cite('V', 'S19'),
  },
  {
    id: 'GraduateCertificate',
    label: { en: 'Graduate certificate', fil: 'Sertipikong gradwado' },
    regimes: ['CHED', 'Charter'],
    words: [],
    ...cite('V', 'S26', 'S27'),
  },
  {
    id: 'DiplomaL5',
    label: { en: 'Diploma (level 5)', fil: 'Diploma (antas 5)' },
    regimes: ['TESDA', 'CHED', 'Charter'],
    pqf: { from: 5, to: 5 },
    words: ['Diploma'],
    ...cite('V', 'S10', 'S41'),
  },
  {
    id: 'GraduateDiploma',
    label: { en: 'Graduate diploma', fil: 'Diplomang gradwado' },
    regimes: ['CHED', 'Charter'],
    pqf: { from: 7, to: 7 },
    words: ['Diploma'],
    ...cite('V2', 'S12', 'S26'),
  },
  {
    id: 'BaccalaureateDegree',
    label: { en: 'Bachelor’s degree', fil: 'Digring batsilyer' },
    regimes: ['CHED', 'Charter'],
    pqf: { from: 6, to: 6 },
    words: ['Degree'],
    ...cite('V', 'S10'),
  },
  {
    id: 'MastersDegree',
    label: { en: 'Master’s degree', fil: 'Digring masterado' },
    regimes: ['CHED', 'Charter'],
    pqf: { from: 7, to: 7 },
    words: ['Degree'],
    ...cite('V2', 'S12'),
  },
  {
    id: 'DoctoralDegree',
    label: { en: 'Doctoral degree', fil: 'Digring doktorado' },
    regimes: ['CHED', 'Charter'],
    pqf: { from: 8, to: 8 },
    words: ['Degree'],
    ...cite('V2', 'S12'),
  },
  {
    id: 'CpdActivity',
    label: {
      en: 'Continuing professional development activity',
      fil: 'Gawaing CPD (patuloy na pagpapaunlad-propesyonal)',
    },
    regimes: ['PRC'],
    words: [],
    ...cite('V', 'S20', 'S46'),
  },
  {
    id: 'IndustryCertification',
    label: { en: 'Industry certification', fil: 'Sertipikasyon ng industriya' },
    regimes: ['Industry'],
    words: [],
    ...cite('G'),
  },
  {
    id: 'EteeapAward',
    label: {
      en: 'Degree through experience (ETEEAP)',
      fil: 'Digri sa bisa ng karanasan (ETEEAP)',
    },
    regimes: ['CHED', 'Charter'],
    words: ['Degree'],
    ...cite('V', 'S17'),
  },
  {
    id: 'License',
    label: { en: 'Licence', fil: 'Lisensiya' },
    regimes: ['PRC', 'MARINA', 'CAAP'],
    words: [],
    ...cite('G'),
  },
];
