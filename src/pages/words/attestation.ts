import type { Text } from '#kernel';

/** Words of the page that says what a printed code states. */
export const ATTESTATION = {
  signature: { en: 'Signature of this statement', fil: 'Lagda ng pahayag na ito' },
  valid: { en: 'Holds', fil: 'Tugma' },
  invalid: { en: 'Does not hold', fil: 'Hindi tugma' },
  undetermined: { en: 'Not known', fil: 'Hindi alam' },
  theBadge: { en: 'The badge itself', fil: 'Ang badge mismo' },
  notChecked: { en: 'Not checked yet', fil: 'Hindi pa nasusuri' },
  check: { en: 'Check the badge itself', fil: 'Suriin ang badge mismo' },
  checkNote: {
    en: 'This fetches the badge from {address} and checks it in full, with its status of today.',
    fil: 'Kukunin nito ang badge mula sa {address} at susuriin nang buo, kasama ang katayuan nito ngayon.',
  },
  unproven: {
    en: 'That address is only what the code names: without a good signature it may lead anywhere.',
    fil: 'Ang address na iyon ay binabanggit lamang ng code: kung walang tugmang lagda, maaari itong humantong saanman.',
  },
  states: { en: 'What it states', fil: 'Ang ipinahahayag nito' },
  statesNote: {
    en: 'These are the words of whoever signed it. Whether the issuer was accredited stands only in the full check.',
    fil: 'Mga salita ito ng lumagda. Kung akreditado ba ang nagkaloob, nasa buong pagsusuri lamang.',
  },
  asOf: { en: 'Status as of', fil: 'Katayuan noong' },
  status: { en: 'Status then', fil: 'Katayuan noon' },
  active: { en: 'In force', fil: 'May bisa' },
  suspended: { en: 'Suspended', fil: 'Suspendido' },
  revoked: { en: 'Revoked', fil: 'Binawi' },
  old: { en: 'more than 30 days old', fil: 'mahigit 30 araw na' },
  achievement: { en: 'Achievement', fil: 'Tagumpay' },
  recipient: { en: 'Recipient', fil: 'Tumanggap' },
  notReleased: { en: 'not named in it', fil: 'hindi pinangalanan dito' },
  digest: { en: 'SHA-256 of the badge', fil: 'SHA-256 ng badge' },
} as const satisfies Record<string, Text>;
