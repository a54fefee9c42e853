import type { AllOf, RuleNode } from '../rule-model.ts';

const PUBLISHED = {
  source: 'Curriculum of the master programme in distance education (S28)',
  binding: 'Mandatory',
  realism: 'Published',
} as const;

export interface MasterProgrammeTerms {
  /** IRIs; the source gives units only. */
  core: readonly string[];
  electives: readonly string[];
  examination: string;
  thesis: string;
  /** IRI of the grading scale. */
  scale: string;
  /** What who leaves early may be awarded. */
  exit: string;
  /** DIDs. */
  conferrers?: readonly string[];
}

/**
 * Master of Distance Education: 18 units of core, 12 of electives, an examination and a thesis of 6 units, within seven
 * years; who leaves after 18 units with a weighted average of 2.00 or better may be awarded the graduate certificate.
 * Published: the units, the exit (framework source S28) and the time (S26).
 *
 * The part for the exit is advisory to the degree and mandatory to the exit: its courses count in both, its average and its
 * 18 units are asked only of who leaves. Exact for units that fit (a maximum takes whole credentials).
 */
export function masterOfDistanceEducation(terms: MasterProgrammeTerms): AllOf {
  const { core, electives, examination, thesis, exit, conferrers } = terms;
  return {
    kind: 'allOf',
    id: 'mde',
    text: {
      en: 'Master of Distance Education: 36 units with an examination and a thesis.',
      fil: 'Master of Distance Education: 36 yunit na may eksamen at tesis.',
    },
    ...PUBLISHED,
    children: [
      {
        kind: 'allOf',
        id: 'before-thesis',
        text: { en: 'Courses, then the examination.', fil: 'Mga kurso, saka ang eksamen.' },
        ...PUBLISHED,
        children: [
          { ...leaving(core, electives, terms.scale), binding: 'Advisory' },
          last(
            'examination',
            examination,
            'The comprehensive examination, after all courses.',
            'Ang komprehensibong eksamen, pagkatapos ng lahat ng kurso.',
          ),
        ],
      },
      last('thesis', thesis, 'The thesis, after everything else.', 'Ang tesis, pagkatapos ng lahat ng iba pa.'),
      {
        kind: 'creditMin',
        id: 'units',
        text: {
          en: 'At least 36 units: 18 of core, 12 of electives, 6 of thesis.',
          fil: 'Hindi bababa sa 36 yunit: 18 ng core, 12 ng elektib, 6 ng tesis.',
        },
        ...PUBLISHED,
        ...{ system: 'HE-UNIT-16', min: '36' },
      },
      {
        kind: 'earnedWithin',
        id: 'seven-years',
        text: { en: 'All of it within seven years.', fil: 'Lahat ng ito sa loob ng pitong taon.' },
        ...PUBLISHED,
        source: 'Time to finish the master programme (S26)',
        ...{ mode: 'span', period: 'P7Y' },
      },
      {
        kind: 'exitAward',
        id: 'exit',
        text: {
          en: 'Who leaves after 18 units with 2.00 or better may be awarded the graduate certificate.',
          fil: 'Ang aalis pagkatapos ng 18 yunit na may 2.00 o mas mahusay ay maaaring gawaran ng graduate certificate.',
        },
        ...PUBLISHED,
        source: 'Exit from the master programme (S28); exit policy (S29)',
        ...{ award: exit, node: 'leaving' },
      },
      ...(conferrers ? [conferrer(conferrers)] : []),
    ],
  };
}

function leaving(core: readonly string[], electives: readonly string[], scale: string): AllOf {
  return {
    kind: 'allOf',
    id: 'leaving',
    text: { en: 'Leaving with the certificate: 18 units.', fil: 'Pag-alis na may sertipiko: 18 yunit.' },
    ...PUBLISHED,
    children: [
      upTo('core', '18', core, 'Core courses, 18 units.', 'Mga pangunahing kurso, 18 yunit.'),
      upTo('electives', '12', electives, 'Electives, 12 units.', 'Mga elektib, 12 yunit.'),
      {
        kind: 'creditMin',
        id: 'exit-units',
        text: { en: 'To leave: at least 18 units.', fil: 'Sa pag-alis: hindi bababa sa 18 yunit.' },
        ...PUBLISHED,
        ...{ system: 'HE-UNIT-16', min: '18' },
      },
      {
        kind: 'resultThreshold',
        id: 'exit-average',
        text: {
          en: 'To leave: a weighted average of 2.00 or better over all courses taken.',
          fil: 'Sa pag-alis: karaniwang marka na 2.00 o mas mahusay sa lahat ng kursong kinuha.',
        },
        ...PUBLISHED,
        ...{ mode: 'average', basis: 'matched', scale, direction: 'LowerBetter', value: '2', system: 'HE-UNIT-16' },
      },
    ],
  };
}

/** Takes what there is, up to so many units; how many have to be there is asked of the whole. */
const upTo = (id: string, max: string, achievement: readonly string[], en: string, fil: string): RuleNode => ({
  ...{ kind: 'creditMin', id, text: { en, fil }, ...PUBLISHED },
  ...{ system: 'HE-UNIT-16', min: '0', max, select: { achievement: [...achievement] } },
});

const last = (id: string, achievement: string, en: string, fil: string): RuleNode => ({
  ...{ kind: 'capstone', id, text: { en, fil }, ...PUBLISHED },
  items: [{ achievement, title: en }],
});

const conferrer = (bodies: readonly string[]): RuleNode => ({
  kind: 'conferrer',
  id: 'conferrer',
  text: { en: 'The university confers the degree.', fil: 'Ang unibersidad ang magkakaloob ng digri.' },
  ...PUBLISHED,
  bodies: [...bodies],
});
