import type { AllOf } from '../rule-model.ts';
import { inEffect } from '../version-on.ts';
import {
  conferrer,
  courseItems,
  electivesUpTo,
  equivalence,
  type GraduateCertificateTerms,
  graduateCertificateInDistanceEducation,
  wholeCertificate,
} from './gcde.ts';

/** What the core units beside EDDE 201 are chosen from; the older page gives units only, so the list is illustrative. */
const OTHER_CORE = ['EDDE 202', 'EDDE 203', 'EDDE 204', 'EDDE 205'] as const;

const PUBLISHED = {
  source: 'Older curriculum of the graduate certificate (S27)',
  binding: 'Mandatory',
  realism: 'Published',
} as const;

/**
 * Graduate Certificate in Distance Education by the older curriculum: EDDE 201, at least six units of core and at most nine
 * of electives, 18 units. Published: the units (framework source S27), their size (S19), the time (S26). The illustrative
 * conditions are of the current one only.
 */
function olderGraduateCertificateInDistanceEducation(terms: GraduateCertificateTerms): AllOf {
  const { courses = {}, electives, decisions = [], conferrers } = terms;
  return {
    kind: 'allOf',
    id: 'gcde',
    text: {
      en: 'Graduate Certificate in Distance Education, older curriculum: EDDE 201, core and electives, 18 units.',
      fil: 'Graduate Certificate in Distance Education, lumang kurikulum: EDDE 201, core at mga elektib, 18 yunit.',
    },
    ...PUBLISHED,
    children: [
      {
        kind: 'requireAll',
        id: 'first',
        text: { en: 'The course EDDE 201.', fil: 'Ang kursong EDDE 201.' },
        ...PUBLISHED,
        items: courseItems(['EDDE 201'], courses),
      },
      {
        kind: 'allOf',
        id: 'core',
        text: { en: 'Core courses, at least 6 units.', fil: 'Mga pangunahing kurso, hindi bababa sa 6 yunit.' },
        ...PUBLISHED,
        children: [
          {
            kind: 'chooseN',
            id: 'core-course',
            text: { en: 'Any of the other core courses.', fil: 'Alinman sa iba pang pangunahing kurso.' },
            ...{ ...PUBLISHED, realism: 'Illustrative' },
            source: 'Six core units (S27); that they are of the courses named today is illustrative',
            ...{ min: 0, items: courseItems(OTHER_CORE, courses) },
          },
          {
            kind: 'creditMin',
            id: 'core-units',
            text: {
              en: 'At least 6 units of core courses beside EDDE 201.',
              fil: 'Hindi bababa sa 6 yunit ng pangunahing kurso bukod sa EDDE 201.',
            },
            ...PUBLISHED,
            ...{ system: 'HE-UNIT-16', min: '6' },
          },
        ],
      },
      electivesUpTo('9', electives),
      ...wholeCertificate(),
      ...(decisions.length > 0 ? [equivalence(decisions)] : []),
      ...(conferrers ? [conferrer(conferrers)] : []),
    ],
  };
}

export interface Curriculum {
  version: string;
  /** Catalogue days, half-open. */
  effectivePeriod: { from: string; until?: string };
  rule(terms: GraduateCertificateTerms): AllOf;
}

/**
 * The two published curricula as versions of one pathway. That there are two, and which is older, is published (framework
 * source S27); neither page says since when, so the days are illustrative.
 */
const CURRICULA: readonly Curriculum[] = [
  {
    version: '1',
    effectivePeriod: { from: '2010-08-01', until: '2020-08-01' },
    rule: olderGraduateCertificateInDistanceEducation,
  },
  { version: '2', effectivePeriod: { from: '2020-08-01' }, rule: graduateCertificateInDistanceEducation },
];

/** The curriculum of a learner's catalogue day (`YYYY-MM-DD`); undefined before the first one known. */
export function graduateCertificateCurriculumOn(day: string): Curriculum | undefined {
  return CURRICULA.find((curriculum) => inEffect(curriculum, day));
}
