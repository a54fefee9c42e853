import type { Text } from '#kernel';

/** What is said of a presentation. */
export const PRESENTATION_TEXTS = {
  not_presentation: {
    en: 'It does not follow the W3C data model for presentations: something is missing, in the wrong place or of the wrong kind.',
    fil: 'Hindi ito sumusunod sa W3C data model para sa mga presentasyon: may kulang, nasa maling lugar, o maling uri.',
  },
  unread: {
    en: 'This form of a presentation is not read here yet.',
    fil: 'Hindi pa nababasa rito ang ganitong anyo ng presentasyon.',
  },
  too_large: {
    en: 'It is too large or too deeply nested to be checked here.',
    fil: 'Masyado itong malaki o malalim ang pagkakapatong-patong para masuri rito.',
  },
  not_signed: {
    en: 'Nobody has signed it; each credential in it stands by itself.',
    fil: 'Walang lumagda rito; kanya-kanyang patunay ang bawat kredensiyal na laman nito.',
  },
  no_proof: {
    en: 'Nobody has signed it, so it does not answer what its holder was asked to sign.',
    fil: 'Walang lumagda rito, kaya hindi nito sinasagot ang ipinalagda sa may hawak.',
  },
  signed: {
    en: 'A signature covers the whole presentation, and nothing was changed since.',
    fil: 'Saklaw ng lagda ang buong presentasyon, at walang nabago mula noon.',
  },
  challenge_not_asked: {
    en: 'A signature covers the whole presentation; it answers a question that was not asked here, so it may have been made for somebody else.',
    fil: 'Saklaw ng lagda ang buong presentasyon; sinasagot nito ang tanong na hindi rito itinanong, kaya maaaring para sa iba ito ginawa.',
  },
  domain_not_asked: {
    en: 'A signature covers the whole presentation; it was made for somebody it names, and it was not said here who that is.',
    fil: 'Saklaw ng lagda ang buong presentasyon; ginawa ito para sa binabanggit nito, at hindi sinabi rito kung sino iyon.',
  },
  other_challenge: {
    en: 'It was signed for another occasion: it answers another challenge.',
    fil: 'Nilagdaan ito para sa ibang pagkakataon: ibang hamon ang sinasagot nito.',
  },
  other_domain: {
    en: 'It was signed for somebody else: it names another domain.',
    fil: 'Nilagdaan ito para sa iba: ibang domain ang binabanggit nito.',
  },
  signature_fails: {
    en: 'No valid signature of its holder covers it.',
    fil: 'Walang wastong lagda ng may hawak ang sumasaklaw rito.',
  },
  signature_unknown: {
    en: 'The signature could not be checked.',
    fil: 'Hindi nasuri ang lagda.',
  },
  holder_signed: {
    en: 'Its holder has signed it.',
    fil: 'Nilagdaan ito ng may hawak nito.',
  },
  holder_not_stated: {
    en: 'It names no holder.',
    fil: 'Walang binabanggit na may hawak ito.',
  },
  holder_not_shown: {
    en: 'Nothing shows that the holder it names handed it over.',
    fil: 'Walang nagpapakitang ang binabanggit nitong may hawak ang nag-abot nito.',
  },
  self_asserted: {
    en: 'It holds a credential without a signature of its own that is not the holder’s own statement.',
    fil: 'May laman itong kredensiyal na walang sariling lagda at hindi sariling pahayag ng may hawak.',
  },
  lead_valid: {
    en: 'Signed by its holder; each credential in it has its own answer.',
    fil: 'Nilagdaan ng may hawak; may sariling sagot ang bawat kredensiyal na laman nito.',
  },
  lead_signed: {
    en: 'Signed, by nobody it names; each credential in it has its own answer.',
    fil: 'May lagda, ngunit walang binabanggit na may hawak; may sariling sagot ang bawat kredensiyal na laman nito.',
  },
  lead_invalid: {
    en: 'This presentation cannot be relied on.',
    fil: 'Hindi maaasahan ang presentasyong ito.',
  },
  lead_unsigned: {
    en: 'Nobody signed this presentation, so it does not show who handed it over; each credential in it has its own answer.',
    fil: 'Walang lumagda sa presentasyong ito, kaya hindi nito ipinakikita kung sino ang nag-abot; may sariling sagot ang bawat kredensiyal na laman nito.',
  },
  lead_unknown: {
    en: 'Not decided: something about this presentation could not be found out.',
    fil: 'Hindi pa mapagpasiyahan: may bagay tungkol sa presentasyong ito na hindi natiyak.',
  },
} as const satisfies Record<string, Text>;
