import type { AllOf, Item, RuleNode } from '../rule-model.ts';

/** Core courses of the Graduate Certificate in Distance Education, 3 units each; the source gives codes only. */
const CORE = ['EDDE 201', 'EDDE 202', 'EDDE 203', 'EDDE 204', 'EDDE 205'] as const;

const PUBLISHED = {
  source: 'Current curriculum of the graduate certificate (S27)',
  binding: 'Mandatory',
  realism: 'Published',
} as const;
const ILLUSTRATIVE = { ...PUBLISHED, realism: 'Illustrative' } as const;

/**
 * Illustrative: three micro-courses of 16 hours stand for one course only with a passed integrating assessment. A decision
 * names one award, so it is the assessment that the decision names, and the micro-courses have to come before it. By code:
 * under a decision an award no longer stands for its own achievement, and only its codes stay.
 */
export interface IntegratingAssessment {
  /** Code that the award of the assessment carries. */
  code: string;
  /** IRIs. */
  microCourses: readonly string[];
}

export interface GraduateCertificateTerms {
  /** IRI of the definition for a course code; a course without one accepts any award that carries the code. */
  courses?: Readonly<Record<string, string>>;
  /** What may be an elective, by IRI; the published page names none, so the list is illustrative. */
  electives: readonly string[];
  /** Decisions by which micro-courses stand for courses (mode specified; real that they are creditable). */
  decisions?: readonly string[];
  /** Integrating assessments that stand for a course by a decision, each with the micro-courses that come before it. */
  integrating?: readonly IntegratingAssessment[];
  /** DIDs. */
  conferrers?: readonly string[];
  /** Also the illustrative conditions: nine units at the conferrer, results of 2.00 or better, five years of currency. */
  strict?: { scale: string };
}

/**
 * Graduate Certificate in Distance Education: five core courses and at most three units of electives, 18 units of 16
 * hours, within two years. Published: courses, elective units and total (framework source S27), the size of a unit (S19),
 * the time (S26).
 */
export function graduateCertificateInDistanceEducation(terms: GraduateCertificateTerms): AllOf {
  const { courses = {}, electives, decisions = [], integrating = [], conferrers, strict } = terms;
  return {
    kind: 'allOf',
    id: 'gcde',
    text: {
      en: 'Graduate Certificate in Distance Education: five core courses and one elective, 18 units.',
      fil: 'Graduate Certificate in Distance Education: limang pangunahing kurso at isang elektib, 18 yunit.',
    },
    ...PUBLISHED,
    children: [
      {
        kind: 'requireAll',
        id: 'core',
        text: {
          en: 'The five core courses, EDDE 201 to EDDE 205 (15 units).',
          fil: 'Ang limang pangunahing kurso, EDDE 201 hanggang EDDE 205 (15 yunit).',
        },
        ...PUBLISHED,
        items: courseItems(CORE, courses),
      },
      electivesUpTo('3', electives),
      ...wholeCertificate(),
      ...integrating.flatMap(microCoursesFirst),
      ...(decisions.length > 0 ? [equivalence(decisions)] : []),
      ...(strict ? strictly(strict.scale) : []),
      ...(conferrers ? [conferrer(conferrers)] : []),
    ],
  };
}

/** Codes of courses as items: by IRI where a definition is known. */
export const courseItems = (codes: readonly string[], courses: Readonly<Record<string, string>>): Item[] =>
  codes.map((code) => {
    const achievement = Object.hasOwn(courses, code) ? courses[code] : undefined;
    return achievement ? { achievement, title: code } : { code };
  });

/** What both curricula ask of the whole: 18 units, within two years, each by a body entitled to award it. */
export const wholeCertificate = (): RuleNode[] => [
  {
    kind: 'creditMin',
    id: 'units',
    text: { en: 'At least 18 units of 16 hours each.', fil: 'Hindi bababa sa 18 yunit na tig-16 na oras.' },
    ...PUBLISHED,
    source: 'Total of the curriculum (S27); one unit is at least 16 hours of instruction (S19)',
    ...{ system: 'HE-UNIT-16', min: '18' },
  },
  {
    kind: 'earnedWithin',
    id: 'two-years',
    text: { en: 'All of it within two years.', fil: 'Lahat ng ito sa loob ng dalawang taon.' },
    ...PUBLISHED,
    source: 'Time to finish the graduate certificate (S26)',
    ...{ mode: 'span', period: 'P2Y' },
  },
  {
    kind: 'accreditedAtAward',
    id: 'awarder-accredited',
    text: {
      en: 'Each part was awarded by a body entitled to on that day.',
      fil: 'Ipinagkaloob ang bawat bahagi ng institusyong may karapatan sa araw na iyon.',
    },
    ...ILLUSTRATIVE,
    source: 'Design of this service: an award that no register shows never counts silently',
    role: 'Award',
  },
];

const microCoursesFirst = ({ code, microCourses }: IntegratingAssessment, at: number): RuleNode[] =>
  microCourses.map((achievement, nth) => ({
    kind: 'prerequisite',
    id: `integrating-${at + 1}-${nth + 1}`,
    text: {
      en: `The integrating assessment ${code} counts only after each of its micro-courses.`,
      fil: `Ibibilang lamang ang pangkalahatang pagtatasang ${code} pagkatapos ng bawat micro-course nito.`,
    },
    ...ILLUSTRATIVE,
    source: 'Micro-courses are creditable (S25); how many stand for a course is illustrative',
    ...{ before: { achievement: [achievement] }, after: { code: [code] } },
  }));

/** Electives in a part of their own, so that the most units is asked of them alone. */
export const electivesUpTo = (units: string, achievements: readonly string[]): RuleNode => ({
  kind: 'allOf',
  id: 'electives',
  text: { en: `Electives, at most ${units} units.`, fil: `Mga elektib, hindi hihigit sa ${units} yunit.` },
  ...PUBLISHED,
  children: [
    {
      kind: 'chooseN',
      id: 'elective',
      text: { en: 'Any of the electives.', fil: 'Alinman sa mga elektib.' },
      ...ILLUSTRATIVE,
      source: 'Elective units of the curriculum (S27); the list of electives is illustrative',
      ...{ min: 0, select: { achievement: [...achievements] } },
    },
    {
      kind: 'creditMax',
      id: 'elective-most',
      text: {
        en: `Not more than ${units} units of electives count.`,
        fil: `Hindi hihigit sa ${units} yunit ng elektib ang ibibilang.`,
      },
      ...PUBLISHED,
      ...{ system: 'HE-UNIT-16', max: units },
    },
  ],
});

export const equivalence = (decisions: readonly string[]): RuleNode => ({
  kind: 'equivalence',
  id: 'transfer',
  text: {
    en: 'Micro-courses that a recorded decision accepts for a course.',
    fil: 'Mga micro-course na tinatanggap ng naitalang pasiya bilang kurso.',
  },
  ...ILLUSTRATIVE,
  source: 'Credit transfer by a recorded decision (S16)',
  decisions: [...decisions],
});

const strictly = (scale: string): RuleNode[] => [
  {
    kind: 'residencyMin',
    id: 'residency',
    text: { en: 'At least 9 units at the university itself.', fil: 'Hindi bababa sa 9 yunit sa unibersidad mismo.' },
    ...ILLUSTRATIVE,
    source: 'Half of the units, as in some university policies (S83)',
    ...{ system: 'HE-UNIT-16', min: '9' },
  },
  {
    kind: 'resultThreshold',
    id: 'gwa',
    text: { en: 'A weighted average of 2.00 or better.', fil: 'Karaniwang marka na 2.00 o mas mahusay.' },
    ...ILLUSTRATIVE,
    source: 'Modelled on the exit from the master programme (S28)',
    ...{ mode: 'average', basis: 'matched', scale, direction: 'LowerBetter', value: '2', system: 'HE-UNIT-16' },
  },
  {
    kind: 'currentAt',
    id: 'current',
    text: { en: 'Each part is still current.', fil: 'May bisa pa ang bawat bahagi.' },
    ...ILLUSTRATIVE,
    source: 'Illustrative',
  },
];

export const conferrer = (bodies: readonly string[]): RuleNode => ({
  kind: 'conferrer',
  id: 'conferrer',
  text: { en: 'The university confers the certificate.', fil: 'Ang unibersidad ang magkakaloob ng sertipiko.' },
  ...PUBLISHED,
  bodies: [...bodies],
});
