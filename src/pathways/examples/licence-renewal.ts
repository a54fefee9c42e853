import { type CpdRenewal, cpdRenewalOn } from '#framework';
import type { Text } from '#kernel';
import type { AllOf, RuleNode } from '../rule-model.ts';

export interface RenewalTerms {
  /** DID of the council of the profession: units of a programme count for the profession whose council accredited it. */
  council: string;
  /** Categories of activities that count whole; a selector has no "all but", so they are listed. */
  activities: readonly string[];
  /** Category of which only so many units count, decimal text; illustrative. */
  capped?: { category: string; units: string };
  /** DIDs. */
  conferrers?: readonly string[];
}

/** A rule, with the days of renewal it is for, or none where the numbers are not known; `says` tells which. */
export interface DatedRule {
  rule?: AllOf;
  effectivePeriod?: { from: string; until?: string };
  says: Text;
}

/** Eligibility to renew a professional licence on a day (`YYYY-MM-DD`), by what is known for certain enough of that day. */
export function licenceRenewalOn(day: string, terms: RenewalTerms): DatedRule {
  const row = cpdRenewalOn(day);
  if (!row) return { says: UNKNOWN };
  const { from, until, units, years } = row;
  return {
    rule: licenceRenewal(row, terms),
    effectivePeriod: { from, ...(until === undefined ? {} : { until }) },
    says: asked(units, years),
  };
}

const UNKNOWN: Text = {
  en: 'How many units a renewal on that day asks for is not known: ask the council of the profession.',
  fil: 'Hindi alam kung ilang yunit ang hinihingi sa pagpapanibago sa araw na iyon: magtanong sa konseho ng propesyon.',
};

const asked = (units: string, years: number): Text => ({
  en: `At least ${units} units, earned in the ${years} years before.`,
  fil: `Hindi bababa sa ${units} yunit, nakamit sa nakaraang ${years} taon.`,
});

/**
 * Eligibility to renew a professional licence: enough units of continuing development, all of the profession's own council,
 * not too old. Published: that units belong to a profession and what each row of parameters cites (framework sources S20,
 * S44 to S47). A row that is not certain makes an illustrative rule. There is no carry-over: excess is not kept (S47), and
 * that degrees are credited once all the same is left out.
 */
export function licenceRenewal({ units, years, source, confidence }: CpdRenewal, terms: RenewalTerms): AllOf {
  const { council, activities, capped, conferrers } = terms;
  const rule = {
    source: `Units for a renewal on a given day (${source.join(', ')})`,
    binding: 'Mandatory',
    realism: confidence === 'U' ? 'Illustrative' : 'Published',
  } as const;
  return {
    kind: 'allOf',
    id: 'renewal',
    text: {
      en: `Eligible to renew the licence: ${units} units.`,
      fil: `Maaaring magpanibago ng lisensiya: ${units} yunit.`,
    },
    ...rule,
    children: [
      activity(activities),
      ...(capped ? [upTo(capped)] : []),
      {
        kind: 'creditMin',
        id: 'units',
        text: asked(units, years),
        ...rule,
        ...{ system: 'PRC-CPD-CU', min: units },
      },
      lookBack(years, rule),
      ownCouncil(council),
      ...(conferrers ? [conferrer(conferrers)] : []),
    ],
  };
}

const OF_PROFESSION = {
  source: 'Units belong to a profession; a programme is accredited at the council of each (S20, S46)',
  binding: 'Mandatory',
  realism: 'Published',
} as const;

/** Repeatable: that a programme attended again counts again is assumed. */
export const activity = (categories: readonly string[]): RuleNode => ({
  kind: 'chooseN',
  id: 'activities',
  text: {
    en: 'Activities of continuing professional development.',
    fil: 'Mga gawain sa patuloy na pagpapaunlad ng propesyon.',
  },
  ...OF_PROFESSION,
  source: 'Matrix of activities (S43)',
  ...{ min: 0, select: { category: [...categories] }, repeatable: true },
});

const upTo = ({ category, units }: { category: string; units: string }): RuleNode => ({
  kind: 'creditMin',
  id: 'capped',
  text: {
    en: `Of ${category} not more than ${units} units count.`,
    fil: `Sa ${category}, hindi hihigit sa ${units} yunit ang ibibilang.`,
  },
  ...{ ...OF_PROFESSION, realism: 'Illustrative' },
  source: 'There is a matrix of activities (S43); this cap is illustrative',
  ...{ system: 'PRC-CPD-CU', min: '0', max: units, excess: 'truncate' },
  ...{ select: { category: [category] }, repeatable: true },
});

export const lookBack = (years: number, rule: Pick<RuleNode, 'source' | 'binding' | 'realism'>): RuleNode => ({
  kind: 'earnedWithin',
  id: 'look-back',
  text: { en: `Earned in the last ${years} years.`, fil: `Nakamit sa huling ${years} taon.` },
  ...rule,
  ...{ mode: 'evaluation', period: `P${years}Y` },
});

/** Also what tells professions apart: the same programme at another council is units of another profession. */
export const ownCouncil = (authority: string): RuleNode => ({
  kind: 'accreditedAtAward',
  id: 'own-council',
  text: {
    en: 'Accredited by the council of the profession on the award day.',
    fil: 'Akreditado ng konseho ng propesyon sa araw ng paggagawad.',
  },
  ...OF_PROFESSION,
  ...{ role: 'Award', authority },
});

export const conferrer = (bodies: readonly string[]): RuleNode => ({
  kind: 'conferrer',
  id: 'conferrer',
  text: { en: 'The regulator renews the licence.', fil: 'Ang tagapangasiwa ang nagpapanibago ng lisensiya.' },
  ...OF_PROFESSION,
  source: 'Renewal of the professional identification card (S20)',
  bodies: [...bodies],
});
