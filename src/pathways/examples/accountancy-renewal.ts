import type { AllOf } from '../rule-model.ts';
import { activity, conferrer, type DatedRule, lookBack, ownCouncil } from './licence-renewal.ts';

interface Row {
  /** Day of the renewal, half-open. */
  from: string;
  until?: string;
  /** Decimal text. */
  units: string;
  inAreas: string;
  years: number;
  eachYear?: string;
}

/** As published in 2017 (framework source S42). */
const ROWS: readonly Row[] = [
  { from: '2019-01-01', until: '2020-01-01', units: '120', inAreas: '40', years: 3 },
  { from: '2020-01-01', units: '120', inAreas: '40', years: 3, eachYear: '20' },
];

export interface AccountancyTerms {
  /** DID of the council. */
  council: string;
  /** Categories: the required competency areas, and whatever else counts. */
  areas: readonly string[];
  flexible: readonly string[];
  /** DIDs. */
  conferrers?: readonly string[];
}

const PUBLISHED = {
  source: 'Accountancy, resolution 254 of 2017 (S42)',
  binding: 'Mandatory',
  realism: 'Published',
} as const;

/**
 * The rule of accountancy for a renewal on a day (`YYYY-MM-DD`), as published in 2017; none before 2019. What became of it
 * since is not known, and it says so. Units of which only a part counts cannot stand beside it: cut units would be of no
 * area and of no year, so there is no cap of self-directed learning here.
 */
export function accountancyRenewalOn(day: string, terms: AccountancyTerms): DatedRule {
  const row = ROWS.find(({ from, until }) => from <= day && (until === undefined || day < until));
  if (!row) {
    return {
      says: {
        en: 'The rule of 2017 is for renewals from 2019.',
        fil: 'Para sa pagpapanibago mula 2019 ang tuntunin ng 2017.',
      },
    };
  }
  const { from, until } = row;
  return {
    rule: ruleOf(row, terms),
    effectivePeriod: { from, ...(until === undefined ? {} : { until }) },
    says: {
      en: 'As published in 2017. A resolution of 2019 held councils to 15 units for a time (S20): ask whether it is in force.',
      fil: 'Ayon sa nailathala noong 2017. Nilimitahan ng resolusyon ng 2019 ang mga konseho sa 15 yunit (S20): itanong kung may bisa pa ito.',
    },
  };
}

function ruleOf({ units, inAreas, years, eachYear }: Row, terms: AccountancyTerms): AllOf {
  const { council, areas, flexible, conferrers } = terms;
  return {
    kind: 'allOf',
    id: 'accountancy-renewal',
    text: {
      en: `Accountancy, eligible to renew the licence: ${units} units.`,
      fil: `Accountancy, maaaring magpanibago ng lisensiya: ${units} yunit.`,
    },
    ...PUBLISHED,
    children: [
      activity([...areas, ...flexible]),
      {
        kind: 'creditMin',
        id: 'units',
        text: { en: `At least ${units} units.`, fil: `Hindi bababa sa ${units} yunit.` },
        ...PUBLISHED,
        ...{ system: 'PRC-CPD-CU', min: units },
      },
      {
        kind: 'categoryMin',
        id: 'areas',
        text: {
          en: `At least ${inAreas} of them in the required competency areas.`,
          fil: `Hindi bababa sa ${inAreas} rito sa mga kinakailangang larangan ng kakayahan.`,
        },
        ...PUBLISHED,
        ...{ system: 'PRC-CPD-CU', categories: [...areas], min: inAreas },
      },
      ...(eachYear === undefined
        ? []
        : [
            {
              ...{ kind: 'perPeriodMin' as const, id: 'each-year', ...PUBLISHED },
              text: {
                en: `At least ${eachYear} units in each of the last ${years} years.`,
                fil: `Hindi bababa sa ${eachYear} yunit sa bawat isa sa huling ${years} taon.`,
              },
              ...{ system: 'PRC-CPD-CU', min: eachYear, period: 'P1Y', periods: years },
            },
          ]),
      lookBack(years, PUBLISHED),
      ownCouncil(council),
      ...(conferrers ? [conferrer(conferrers)] : []),
    ],
  };
}
