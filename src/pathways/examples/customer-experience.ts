import type { AllOf, Item, RuleNode } from '../rule-model.ts';

export interface CustomerExperienceTerms {
  /** Part A, IRI of the definition. */
  contactCenter: string;
  /** Versions of it that stand for the regulation of 1 October 2014; a curriculum of the same title has other units. */
  contactCenterVersions: readonly string[];
  /** Part B, IRI. */
  serviceData: string;
  /** Part C, IRIs: the awards that the industry body endorses. */
  industry: readonly string[];
  /** Part D, IRI. */
  workplace: string;
  /** Targets that B may not have counted for already, IRIs: the parent degree. */
  parents: readonly string[];
  /**
   * Decisions by which B counts here although it counted for the parent degree, and the IRI that B stands for under them,
   * in notional hours.
   */
  transfer?: { decisions: readonly string[]; achievement: string };
  /** DID of the authority for A; any trusted one when absent. */
  skillsAuthority?: string;
  /** DIDs: universities of the consortium. */
  conferrers?: readonly string[];
}

/** Declared size of the whole; contact hours stand in for learner hours. */
const HOURS = '262';

const ILLUSTRATIVE = {
  source: 'Illustrative award of the IT and business process sector',
  binding: 'Mandatory',
  realism: 'Illustrative',
} as const;
const TRAINING_REGULATION = {
  ...ILLUSTRATIVE,
  source: 'Training regulation, Contact Center Services NC II, 1 October 2014 (S39)',
  realism: 'Published',
} as const;

/**
 * "Customer Experience Associate", across sectors: A a national certificate of 144 hours (real: framework source S39), B a
 * university micro-credential of 3 units (54 hours), C one industry micro-credential of 24 hours for contact centres (the
 * skills framework is real, S49), D a workplace capstone of 40 hours. The award, B, C and D are illustrative. The whole has
 * no level until it is registered (S13), so no node states one.
 *
 * What the kinds do not say exactly:
 * - D is the one capstone slot, not an item of a requireAll as well: a credential serves one slot.
 * - The span of three years is of B to D, so D is last among these by being the capstone, and after A by a prerequisite,
 *   which any award of A by that day satisfies.
 * - A single use has no exception: B with a decision is an alternative of its own. A decision grants one credit system, so
 *   it is in notional hours, and the three units are asked only of B by itself.
 * - There is no kind for an endorsement: the list of C is the list of what is endorsed.
 * - B is of any trusted authority (CHED or a charter): a filter names one, or none.
 */
export function customerExperienceAssociate(terms: CustomerExperienceTerms): AllOf {
  const { contactCenter, industry, workplace, conferrers } = terms;
  return {
    kind: 'allOf',
    id: 'cx-associate',
    text: {
      en: 'Customer Experience Associate: a national certificate, a university and an industry micro-credential, a capstone.',
      fil: 'Customer Experience Associate: pambansang sertipiko, micro-credential ng unibersidad at ng industriya, capstone.',
    },
    ...ILLUSTRATIVE,
    children: [
      partA(terms),
      {
        kind: 'allOf',
        id: 'b-to-d',
        text: { en: 'Parts B to D, within three years.', fil: 'Mga bahaging B hanggang D, sa loob ng tatlong taon.' },
        ...ILLUSTRATIVE,
        children: [
          partB(terms),
          {
            kind: 'chooseN',
            id: 'c',
            text: {
              en: 'C: one micro-credential endorsed by the industry body.',
              fil: 'C: isang micro-credential na ineendoso ng samahan ng industriya.',
            },
            ...ILLUSTRATIVE,
            source: 'Illustrative; the skills framework for contact centres is real (S49)',
            ...{ min: 1, max: 1, items: industry.map((achievement): Item => ({ achievement })) },
          },
          {
            kind: 'capstone',
            id: 'd',
            text: {
              en: 'D: the workplace capstone, assessed by employer and university, last of all.',
              fil: 'D: ang capstone sa trabaho, tinasa ng maypagawa at unibersidad, huli sa lahat.',
            },
            ...ILLUSTRATIVE,
            items: [{ achievement: workplace, title: 'Workplace capstone' }],
          },
          {
            kind: 'prerequisite',
            id: 'd-after-a',
            text: { en: 'The capstone comes after A.', fil: 'Kasunod ng A ang capstone.' },
            ...ILLUSTRATIVE,
            ...{ before: { achievement: [contactCenter] }, after: { achievement: [workplace] } },
          },
          {
            kind: 'earnedWithin',
            id: 'three-years',
            text: { en: 'B to D within three years.', fil: 'B hanggang D sa loob ng tatlong taon.' },
            ...ILLUSTRATIVE,
            ...{ mode: 'span', period: 'P3Y' },
          },
        ],
      },
      ...wholeAward(),
      ...(conferrers ? [conferrer(conferrers)] : []),
    ],
  };
}

const wholeAward = (): RuleNode[] => [
  {
    kind: 'levelFloor',
    id: 'level-floor',
    text: { en: 'No part below level 2.', fil: 'Walang bahaging mababa sa antas 2.' },
    ...ILLUSTRATIVE,
    min: 2,
  },
  {
    kind: 'shareMax',
    id: 'one-provider',
    text: {
      en: 'No provider gives more than 60 % of the 262 hours.',
      fil: 'Walang tagapagkaloob ng higit sa 60 % ng 262 oras.',
    },
    ...ILLUSTRATIVE,
    ...{ system: 'NOTIONAL-HOUR', by: 'provider', percent: '60', total: HOURS },
  },
  {
    kind: 'levelShare',
    id: 'upper',
    text: {
      en: 'At least 30 % of the 262 hours at level 5 or above.',
      fil: 'Hindi bababa sa 30 % ng 262 oras sa antas 5 pataas.',
    },
    ...ILLUSTRATIVE,
    ...{ system: 'NOTIONAL-HOUR', level: 5, percent: '30', total: HOURS },
  },
];

const partA = ({ contactCenter, contactCenterVersions, skillsAuthority }: CustomerExperienceTerms): RuleNode => ({
  kind: 'allOf',
  id: 'a',
  text: {
    en: 'A: Contact Center Services NC II, 144 hours: 18 basic, 18 common, 108 core.',
    fil: 'A: Contact Center Services NC II, 144 oras: 18 basic, 18 common, 108 core.',
  },
  ...TRAINING_REGULATION,
  children: [
    {
      kind: 'requireAll',
      id: 'a-certificate',
      text: { en: 'The national certificate.', fil: 'Ang pambansang sertipiko.' },
      ...TRAINING_REGULATION,
      items: [{ achievement: contactCenter, title: 'Contact Center Services NC II' }],
    },
    {
      kind: 'creditMin',
      id: 'a-hours',
      text: { en: '144 training hours.', fil: '144 na oras ng pagsasanay.' },
      ...TRAINING_REGULATION,
      ...{ system: 'TESDA-HOUR', min: '144' },
    },
    {
      kind: 'versionPin',
      id: 'a-version',
      text: {
        en: 'By the regulation of 1 October 2014; a curriculum of the same title has other units.',
        fil: 'Ayon sa regulasyon ng 1 Oktubre 2014; may ibang yunit ang kurikulum na kapareho ang pamagat.',
      },
      ...TRAINING_REGULATION,
      source: 'Regulation of 1 October 2014 (S39); curriculum of 356 hours (S86)',
      versions: [...contactCenterVersions],
    },
    {
      kind: 'currentAt',
      id: 'a-current',
      text: { en: 'The certificate is still valid.', fil: 'May bisa pa ang sertipiko.' },
      ...TRAINING_REGULATION,
      source: 'A national certificate is valid for five years (S36)',
    },
    accredited('a-accredited', 'Assess', skillsAuthority),
  ],
});

const accredited = (id: string, role: 'Assess' | 'Award', authority?: string): RuleNode => ({
  kind: 'accreditedAtAward',
  id,
  text: {
    en: 'By a body accredited for it on the award day.',
    fil: 'Ng institusyong akreditado para rito sa araw ng paggagawad.',
  },
  ...ILLUSTRATIVE,
  source: role === 'Assess' ? 'Assessment at an accredited centre (S35)' : 'Design of this service',
  role,
  ...(authority === undefined ? {} : { authority }),
});

function partB({ serviceData, parents, transfer }: CustomerExperienceTerms): RuleNode {
  const byItself: AllOf = {
    kind: 'allOf',
    id: 'b',
    text: {
      en: 'B: Service data analysis, 3 units, not counted for the degree it is part of.',
      fil: 'B: Service data analysis, 3 yunit, hindi naibilang sa digring kinabibilangan nito.',
    },
    ...ILLUSTRATIVE,
    children: [
      serviceDataItem('b-micro-credential', serviceData),
      {
        kind: 'creditMin',
        id: 'b-units',
        text: { en: '3 units of 18 hours each.', fil: '3 yunit na tig-18 oras.' },
        ...ILLUSTRATIVE,
        source: 'A unit is at least 18 hours (S19); the size of B is illustrative',
        ...{ system: 'HE-UNIT-18', min: '3' },
      },
      {
        kind: 'singleUse',
        id: 'b-single-use',
        text: { en: 'Not counted for the parent degree.', fil: 'Hindi naibilang sa pinagmulang digri.' },
        ...ILLUSTRATIVE,
        source: 'Illustrative; an award counts once elsewhere too (S66)',
        across: [...parents],
      },
      accredited('b-accredited', 'Award'),
    ],
  };
  if (!transfer) return byItself;
  return {
    kind: 'anyOf',
    id: 'b-or-transfer',
    text: { en: 'B, by itself or by a decision.', fil: 'B, sa sarili o sa bisa ng pasiya.' },
    ...ILLUSTRATIVE,
    children: [
      byItself,
      {
        kind: 'allOf',
        id: 'b-transfer',
        text: {
          en: 'B by a recorded decision, although it counted for the degree.',
          fil: 'B sa bisa ng naitalang pasiya, kahit naibilang na sa digri.',
        },
        ...ILLUSTRATIVE,
        source: 'Credit transfer by a recorded decision (S16)',
        children: [
          serviceDataItem('b-decided', transfer.achievement),
          {
            kind: 'creditMin',
            id: 'b-hours',
            text: { en: 'The decision grants all 54 hours.', fil: 'Ibinibigay ng pasiya ang lahat ng 54 na oras.' },
            ...ILLUSTRATIVE,
            ...{ system: 'NOTIONAL-HOUR', min: '54' },
          },
          {
            kind: 'equivalence',
            id: 'b-equivalence',
            text: { en: 'Recorded decisions.', fil: 'Mga naitalang pasiya.' },
            ...ILLUSTRATIVE,
            source: 'Credit transfer by a recorded decision (S16)',
            decisions: [...transfer.decisions],
          },
          accredited('b-transfer-accredited', 'Award'),
        ],
      },
    ],
  };
}

const serviceDataItem = (id: string, achievement: string): RuleNode => ({
  kind: 'requireAll',
  id,
  text: { en: 'The university micro-credential.', fil: 'Ang micro-credential ng unibersidad.' },
  ...ILLUSTRATIVE,
  items: [{ achievement, title: 'Service data analysis' }],
});

const conferrer = (bodies: readonly string[]): RuleNode => ({
  kind: 'conferrer',
  id: 'conferrer',
  text: {
    en: 'A university of the consortium confers the award.',
    fil: 'Isang unibersidad ng konsorsiyum ang magkakaloob ng gawad.',
  },
  ...ILLUSTRATIVE,
  bodies: [...bodies],
});
