import type { Text } from '#kernel';

export const STATISTICS = {
  title: { en: 'Statistics', fil: 'Estadistika' },
  lead: {
    en: 'Awards in force at this service, by year of award. An award is in force when it was issued, is neither revoked nor suspended, and is not past its last day. The forms of one award count once.',
    fil: 'Mga gawad na may bisa sa serbisyong ito, ayon sa taon ng paggawad. May bisa ang gawad kung ipinagkaloob ito, hindi binawi o sinuspinde, at hindi lampas sa huling araw nito. Isa lamang ang bilang ng iba’t ibang anyo ng isang gawad.',
  },
  small: {
    en: 'From 1 to 9 awards are shown as <10. A dash is a number of 10 or more that is withheld, because a smaller one could be computed from it.',
    fil: 'Ipinapakitang <10 ang 1 hanggang 9 na gawad. Ang gitling ay bilang na 10 o higit na hindi ipinapakita, dahil makukuwenta mula rito ang mas maliit.',
  },
  counted: {
    en: 'Counted {when}; counted again at most every hour.',
    fil: 'Binilang {when}; muling binibilang nang hindi hihigit sa minsan bawat oras.',
  },
  specimen: {
    en: 'SPECIMEN: every award counted here is fictitious.',
    fil: 'SPECIMEN: kathang-isip ang bawat gawad na binilang dito.',
  },
  none: { en: 'No award is in force here yet.', fil: 'Wala pang gawad na may bisa rito.' },
  total: { en: 'All', fil: 'Lahat' },
  withheld: { en: 'withheld', fil: 'hindi ipinapakita' },
  notStated: { en: 'Not stated', fil: 'Hindi nakasaad' },
  level: { en: 'Level {level}', fil: 'Antas {level}' },
  data: { en: 'The same as data (JSON)', fil: 'Ang pareho bilang datos (JSON)' },
} as const satisfies Record<string, Text>;

export const BY: Readonly<Record<'institutionType' | 'region' | 'awardType' | 'pqfLevel', Text>> = {
  institutionType: { en: 'By kind of institution', fil: 'Ayon sa uri ng institusyon' },
  region: { en: 'By region of the institution', fil: 'Ayon sa rehiyon ng institusyon' },
  awardType: { en: 'By kind of award', fil: 'Ayon sa uri ng gawad' },
  pqfLevel: { en: 'By PQF level', fil: 'Ayon sa antas ng PQF' },
};

/** Names of regions by the first two digits of their code (Philippine Standard Geographic Code, PSA). The same in both languages. */
export const REGIONS: Readonly<Record<string, string>> = {
  '01': 'Ilocos (I)',
  '02': 'Cagayan Valley (II)',
  '03': 'Central Luzon (III)',
  '04': 'CALABARZON (IV-A)',
  '05': 'Bicol (V)',
  '06': 'Western Visayas (VI)',
  '07': 'Central Visayas (VII)',
  '08': 'Eastern Visayas (VIII)',
  '09': 'Zamboanga Peninsula (IX)',
  '10': 'Northern Mindanao (X)',
  '11': 'Davao (XI)',
  '12': 'SOCCSKSARGEN (XII)',
  '13': 'NCR',
  '14': 'CAR',
  '15': 'ARMM/BARMM',
  '16': 'Caraga (XIII)',
  '17': 'MIMAROPA (IV-B)',
  '18': 'NIR',
  '19': 'BARMM',
};
