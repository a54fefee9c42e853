import type { AllOf, Item } from '../model.ts';

/** Core courses of the Graduate Certificate in Distance Education, 3 units each; the source gives codes only. */
const GCDE_CORE_COURSES = ['EDDE 201', 'EDDE 202', 'EDDE 203', 'EDDE 204', 'EDDE 205'] as const;

/**
 * Graduate Certificate in Distance Education: five core courses, one elective, 18 units of 16 hours. Published: courses,
 * elective units and total (framework source S27), the size of a unit (S19). Not carried: the limit of two years (S26).
 * @param courses IRI of the definition for a course code; a course without one accepts any award that carries the code
 * @param electives what may be the elective; the published page names none, so the list is illustrative
 */
export function graduateCertificateInDistanceEducation(
  courses: Readonly<Record<string, string>>,
  electives: readonly Item[],
): AllOf {
  return {
    kind: 'allOf',
    id: 'gcde',
    text: {
      en: 'Graduate Certificate in Distance Education: five core courses and one elective, 18 units.',
      fil: 'Graduate Certificate in Distance Education: limang pangunahing kurso at isang elektib, 18 yunit.',
    },
    source: 'Current curriculum of the graduate certificate (S27)',
    binding: 'Mandatory',
    realism: 'Published',
    children: [
      {
        kind: 'requireAll',
        id: 'core',
        text: {
          en: 'The five core courses, EDDE 201 to EDDE 205 (15 units).',
          fil: 'Ang limang pangunahing kurso, EDDE 201 hanggang EDDE 205 (15 yunit).',
        },
        source: 'Current curriculum of the graduate certificate (S27)',
        binding: 'Mandatory',
        realism: 'Published',
        items: GCDE_CORE_COURSES.map((code): Item => {
          const achievement = Object.hasOwn(courses, code) ? courses[code] : undefined;
          return achievement ? { achievement, title: code } : { code };
        }),
      },
      {
        kind: 'chooseN',
        id: 'elective',
        text: { en: 'One elective of 3 units.', fil: 'Isang elektib na may 3 yunit.' },
        source: 'Three elective units, not more than three (S27); the list of electives is illustrative',
        binding: 'Mandatory',
        realism: 'Illustrative',
        min: 1,
        max: 1,
        items: [...electives],
      },
      {
        kind: 'creditMin',
        id: 'units',
        text: {
          en: 'At least 18 units of 16 hours each.',
          fil: 'Hindi bababa sa 18 yunit na tig-16 na oras.',
        },
        source: 'Total of the curriculum (S27); one unit is at least 16 hours of instruction (S19)',
        binding: 'Mandatory',
        realism: 'Published',
        system: 'HE-UNIT-16',
        min: '18',
      },
    ],
  };
}
