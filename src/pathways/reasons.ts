import { whyNotConverted } from '#framework';
import type { Text } from '#kernel';
import type { Reason } from './model.ts';

/** Why a credential does not count (A8), or what is awaited; codes are stable. */
const REASONS = {
  future: {
    en: 'It was awarded after the day of the evaluation.',
    fil: 'Iginawad ito pagkatapos ng araw ng pagtatasa.',
  },
  provisional: { en: 'It is provisional.', fil: 'Pansamantala pa lamang ito.' },
  suspended: { en: 'It is suspended.', fil: 'Suspendido ito.' },
  revoked: { en: 'It was revoked.', fil: 'Binawi na ito.' },
  annulled: { en: 'It was annulled: it never was valid.', fil: 'Pinawalang-bisa ito mula sa simula.' },
  status_unknown: {
    en: 'Whether it was revoked could not be found out.',
    fil: 'Hindi natiyak kung binawi na ito.',
  },
  system: {
    en: 'Its credit is in another system; credit systems are never converted.',
    fil: 'Nasa ibang sistema ang kredito nito; hindi kailanman isinasalin ang mga sistema ng kredito.',
  },
  expired: { en: 'It has expired.', fil: 'Paso na ito.' },
  unknown: {
    en: 'Whether its awarder was accredited could not be found out.',
    fil: 'Hindi natiyak kung akreditado ang nagkaloob.',
  },
  accreditation: {
    en: 'Its awarder was not accredited for it at the award date.',
    fil: 'Hindi akreditado para rito ang nagkaloob noong araw ng paggagawad.',
  },
  notAssessed: {
    en: 'It does not show that anything was assessed.',
    fil: 'Hindi nito ipinakikita na may tinasa.',
  },
  supervision: {
    en: 'It was not assessed under the supervision asked for here.',
    fil: 'Hindi ito tinasa nang may hinihinging pagbabantay.',
  },
  level: { en: 'Its level is lower than asked for, or not stated.', fil: 'Mababa o hindi nakasaad ang antas nito.' },
  version: {
    en: 'It is of a version of the definition that is not accepted here.',
    fil: 'Hindi tinatanggap dito ang bersiyon ng depinisyon nito.',
  },
  result: {
    en: 'Its result is not good enough, or not on the scale asked for.',
    fil: 'Hindi sapat ang resulta nito, o wala sa hinihinging iskala.',
  },
  window: { en: 'It was earned too long ago.', fil: 'Matagal na itong nakamit.' },
  usedElsewhere: {
    en: 'It already counted towards another qualification.',
    fil: 'Naibilang na ito sa ibang kuwalipikasyon.',
  },
  prerequisite: {
    en: 'What has to come before it was not awarded by then.',
    fil: 'Hindi pa naigawad noon ang dapat mauna rito.',
  },
  sequence: { en: 'It came before its turn.', fil: 'Nauna ito sa tamang pagkakasunod-sunod.' },
  same_award: {
    en: 'It is another copy of an award that is already counted.',
    fil: 'Isa itong kopya ng gawad na naibilang na.',
  },
  same_achievement: {
    en: 'Another award of the same achievement already counts.',
    fil: 'Binilang na ang isa pang gawad ng gayunding tagumpay.',
  },
  not_asked: { en: 'This pathway does not ask for it.', fil: 'Hindi ito hinihingi ng landas na ito.' },
  not_needed: { en: 'It would count, but is not needed.', fil: 'Maibibilang ito ngunit hindi kailangan.' },
  other_system: {
    en: 'It adds nothing to this sum: its credit is in another system, and systems are never converted.',
    fil: 'Wala itong idinadagdag: nasa ibang sistema ang kredito nito, at hindi isinasalin ang mga sistema.',
  },
  no_credit: { en: 'It adds nothing to this sum: it carries no credit.', fil: 'Wala itong dalang kredito.' },
  decision_unknown: {
    en: 'A decision that the pathway accepts could not be had or checked: what it says could matter.',
    fil: 'May pasiyang tinatanggap ng landas na hindi nakuha o hindi nasuri: maaaring mahalaga ang sinasabi nito.',
  },
  carried_stated: {
    en: 'It rests on carried credit that was only stated, and is not verified.',
    fil: 'Nakasalalay ito sa inilipat na kredito na sinabi lamang at hindi napatunayan.',
  },
  undecided: {
    en: 'No combination was found, and not every combination was tried.',
    fil: 'Walang nahanap na kombinasyon, at hindi nasubok ang lahat.',
  },
} as const satisfies Record<string, Text>;

export type ReasonCode = keyof typeof REASONS;

export function reason(code: ReasonCode, node?: string): Reason {
  // One code for whatever is unknown (A8); the words say what.
  return {
    code: code === 'status_unknown' ? 'unknown' : code,
    text: REASONS[code],
    ...(node === undefined ? {} : { node }),
  };
}

/** Says what one is in each of the two systems, from the framework's own sources. */
export function creditReason(
  code: 'system' | 'other_system',
  credit: Readonly<Record<string, string>>,
  asked: string,
  node?: string,
): Reason {
  const { text, evidence } = whyNotConverted(credit, asked);
  return { ...reason(code, node), text, evidence };
}
