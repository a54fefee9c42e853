import type { AccreditationRole, AccreditationVerb, Standing, Succession } from '#accreditation';
import type { Text } from '#kernel';

/** Where a grant stands, in one or two words. */
export const STANDING: Readonly<Record<Standing, Text>> = {
  not_recorded: { en: 'Not recorded then', fil: 'Hindi pa nakatala noon' },
  not_yet: { en: 'Not yet in force', fil: 'Wala pang bisa' },
  provisional: { en: 'In force, provisional', fil: 'May bisa, pansamantala' },
  active: { en: 'In force', fil: 'May bisa' },
  suspended: { en: 'Suspended', fil: 'Suspendido' },
  expired: { en: 'Ended', fil: 'Nagwakas' },
  withdrawn: { en: 'Withdrawn', fil: 'Binawi' },
  superseded: { en: 'Replaced', fil: 'Napalitan' },
  annulled: { en: 'Annulled', fil: 'Pinawalang-bisa' },
  closed: { en: 'Institution closed', fil: 'Sarado ang institusyon' },
};

/** What that means for what is awarded under it. */
export const MEANING: Readonly<Record<Standing, Text>> = {
  not_recorded: {
    en: 'At that time nothing of this had been recorded.',
    fil: 'Sa panahong iyon, wala pang naitatala tungkol dito.',
  },
  not_yet: {
    en: 'It begins later; until then it gives no right.',
    fil: 'Magsisimula pa ito; wala pa itong ibinibigay na karapatan.',
  },
  provisional: {
    en: 'It counts, until the authority decides finally.',
    fil: 'May bilang ito, hanggang sa huling pasiya ng awtoridad.',
  },
  active: { en: 'It counts.', fil: 'May bilang ito.' },
  suspended: {
    en: 'What is awarded during a suspension does not count, even if it is lifted later. What was awarded before keeps its standing.',
    fil: 'Hindi mabibilang ang igagawad habang suspendido, kahit alisin pa ito sa huli. Nananatili ang naigawad bago nito.',
  },
  expired: {
    en: 'It reached its end. What was awarded before keeps its standing.',
    fil: 'Naabot na nito ang katapusan. Nananatili ang naigawad bago nito.',
  },
  withdrawn: {
    en: 'The authority took it back. What was awarded before keeps its standing.',
    fil: 'Binawi ito ng awtoridad. Nananatili ang naigawad bago nito.',
  },
  superseded: {
    en: 'A later grant took its place. What was awarded before keeps its standing.',
    fil: 'Pinalitan ito ng mas bagong pagkakaloob. Nananatili ang naigawad bago nito.',
  },
  annulled: {
    en: 'The authority declared it void. What was awarded from that day on never counted.',
    fil: 'Idineklara itong walang-bisa ng awtoridad. Hindi kailanman mabibilang ang naigawad mula sa araw na iyon.',
  },
  closed: {
    en: 'The institution merged, closed or was converted; it awards nothing from then on. What was awarded before keeps its standing.',
    fil: 'Nakiisa, nagsara o naging iba ang institusyon; wala na itong igagawad mula noon. Nananatili ang naigawad bago nito.',
  },
};

/** What an act is called. Only the first is an accreditation. */
export const ACT: Readonly<Record<AccreditationVerb, Text>> = {
  accredit: { en: 'Accreditation', fil: 'Akreditasyon' },
  approve: { en: 'Approval', fil: 'Pag-apruba' },
  list: { en: 'Listing', fil: 'Pagkakatala' },
  endorse: { en: 'Endorsement', fil: 'Pag-endoso' },
};

/** What each act does not say. */
export const NOT_ACCREDITED: Readonly<Record<Exclude<AccreditationVerb, 'accredit'>, Text>> = {
  approve: {
    en: 'An approval, not an accreditation: the content was found fit. It does not say that this institution may award it.',
    fil: 'Pag-apruba ito, hindi akreditasyon: nakitang angkop ang nilalaman. Hindi nito sinasabing maaari itong igawad ng institusyon.',
  },
  list: {
    en: 'A listing, not an accreditation: that it exists was noted. It does not say that this institution may award it.',
    fil: 'Pagkakatala ito, hindi akreditasyon: itinala lamang na mayroon nito. Hindi nito sinasabing maaari itong igawad ng institusyon.',
  },
  endorse: {
    en: 'An endorsement, not an accreditation: a statement of support. It does not say that this institution may award anything.',
    fil: 'Pag-endoso ito, hindi akreditasyon: pahayag ng suporta. Hindi nito sinasabing may maaaring igawad ang institusyon.',
  },
};

/** `may ...` */
export const MAY: Readonly<Record<AccreditationRole, Text>> = {
  Award: { en: 'May award', fil: 'Maaaring maggawad' },
  Assess: { en: 'May assess', fil: 'Maaaring magtasa' },
  Train: { en: 'May train', fil: 'Maaaring magsanay' },
  Accredit: { en: 'May accredit others', fil: 'Maaaring mag-akredita ng iba' },
};

/** `{a}` became of `{b}`. */
export const SUCCEEDED: Readonly<Record<Succession['kind'], Text>> = {
  Merger: { en: '{a} merged into {b}.', fil: 'Nakiisa ang {a} sa {b}.' },
  Closure: { en: '{a} closed. {b} took over.', fil: 'Nagsara ang {a}. Humalili ang {b}.' },
  Conversion: { en: '{a} was converted into {b}.', fil: 'Ang {a} ay naging {b}.' },
  Custody: { en: '{b} keeps the records of {a}.', fil: 'Ang {b} ang nag-iingat ng mga tala ng {a}.' },
};

export const CLOSED_ALONE: Text = {
  en: '{a} closed. Nobody has taken over.',
  fil: 'Nagsara ang {a}. Walang humalili.',
};

export const SUCCESSION: Readonly<Record<Succession['kind'], Text>> = {
  Merger: { en: 'Merger', fil: 'Pakikiisa' },
  Closure: { en: 'Closure', fil: 'Pagsasara' },
  Conversion: { en: 'Conversion', fil: 'Pagbabagong-anyo' },
  Custody: { en: 'Custody of records', fil: 'Pag-iingat ng mga tala' },
};
