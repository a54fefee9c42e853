import type { Text } from '#kernel';
import type { Reason } from './model.ts';

/** Why a credential does not count, or what is awaited; codes are stable. */
const REASONS = {
  revoked: { en: 'It was revoked.', fil: 'Binawi na ito.' },
  suspended: { en: 'It is suspended.', fil: 'Suspendido ito.' },
  status_unknown: {
    en: 'Whether it was revoked could not be found out.',
    fil: 'Hindi natiyak kung binawi na ito.',
  },
  future: {
    en: 'It was awarded after the day of the evaluation.',
    fil: 'Iginawad ito pagkatapos ng araw ng pagtatasa.',
  },
  not_accredited: {
    en: 'Its awarder was not accredited for it at the award date.',
    fil: 'Hindi akreditado para rito ang nagkaloob noong araw ng paggagawad.',
  },
  accreditation_unknown: {
    en: 'Whether its awarder was accredited could not be found out.',
    fil: 'Hindi natiyak kung akreditado ang nagkaloob.',
  },
  provisional: { en: 'It is provisional.', fil: 'Pansamantala pa lamang ito.' },
  expired: { en: 'It has expired.', fil: 'Paso na ito.' },
  version: {
    en: 'It is of a version of the definition that is not accepted here.',
    fil: 'Hindi tinatanggap dito ang bersiyon ng depinisyon nito.',
  },
  same_award: {
    en: 'It is another copy of an award that is already looked at.',
    fil: 'Isa itong kopya ng gawad na isinaalang-alang na.',
  },
  same_achievement: {
    en: 'Another award of the same achievement already counts.',
    fil: 'Binilang na ang isa pang gawad ng gayunding tagumpay.',
  },
  not_asked: { en: 'This pathway does not ask for it.', fil: 'Hindi ito hinihingi ng landas na ito.' },
  other_system: {
    en: 'Its credit is in another system; credit systems are never converted.',
    fil: 'Nasa ibang sistema ang kredito nito; hindi kailanman isinasalin ang mga sistema ng kredito.',
  },
  no_credit: { en: 'It carries no credit.', fil: 'Wala itong dalang kredito.' },
  not_needed: { en: 'It would count, but is not needed.', fil: 'Maibibilang ito ngunit hindi kailangan.' },
  undecided: {
    en: 'No combination was found, and not every combination was tried.',
    fil: 'Walang nahanap na kombinasyon, at hindi nasubok ang lahat.',
  },
} as const satisfies Record<string, Text>;

export type ReasonCode = keyof typeof REASONS;

export function reason(code: ReasonCode, node?: string): Reason {
  return { code, text: REASONS[code], ...(node === undefined ? {} : { node }) };
}
