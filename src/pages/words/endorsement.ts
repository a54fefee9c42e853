import type { Text } from '#kernel';

/** Words of the page of an endorsement, and of the list on the page of what is endorsed. */
export const ENDORSEMENT = {
  kicker: { en: 'Endorsement', fil: 'Endoso' },
  lead: {
    en: '{endorser} says this of something another body or person holds or offers. It is no award and no accreditation.',
    fil: 'Sinasabi ito ng {endorser} tungkol sa hawak o alok ng iba. Hindi ito gawad at hindi akreditasyon.',
  },
  by: { en: 'Endorsed by', fil: 'Nag-endoso' },
  of: { en: 'Speaks of', fil: 'Tungkol sa' },
  words: { en: 'In its own words', fil: 'Sa sarili nitong salita' },
  from: { en: 'From', fil: 'Mula' },
  until: { en: 'Until', fil: 'Hanggang' },
  no_end: { en: 'No end date stated', fil: 'Walang itinakdang katapusan' },
  active: { en: 'Not revoked', fil: 'Hindi binawi' },
  revoked: { en: 'Revoked', fil: 'Binawi' },
  check: { en: 'Check this endorsement', fil: 'Suriin ang endosong ito' },
  listed: { en: 'Endorsements', fil: 'Mga endoso' },
  listed_note: {
    en: 'What other institutions of this service say of it. An endorsement is not an accreditation.',
    fil: 'Sinasabi rito ng ibang institusyon ng serbisyong ito. Hindi akreditasyon ang endoso.',
  },
} satisfies Record<string, Text>;

export const ENDORSED = {
  credential: { en: 'a credential', fil: 'isang kredensiyal' },
  achievement: { en: 'an achievement', fil: 'isang tagumpay' },
  profile: { en: 'an institution', fil: 'isang institusyon' },
} satisfies Record<string, Text>;
