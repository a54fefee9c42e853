import type { Text } from '#kernel';
import type { StandingReason } from '#verifier';

/**
 * The answer in at most 25 words, for a badge whose signature holds. `{what}` is the kind of award by the framework's list
 * where a register confirms it, `{by}` and `{accreditor}` are names of registers: no word of the badge itself can stand in this
 * place. What holds it back stands before anything else. Of several wordings the first that is short enough is taken.
 */
export const GENUINE: Readonly<Record<Exclude<StandingReason, 'not_a_badge' | 'not_asked'>, readonly Text[]>> = {
  accredited: [
    {
      en: 'Genuine. {what} awarded on {day} by {by}, accredited for it by {accreditor} on that day.',
      fil: 'Tunay. {what} na iginawad noong {day} ng {by}, akreditado para rito ng {accreditor} nang araw na iyon.',
    },
    {
      en: 'Genuine. {what} awarded on {day} by {by}, accredited for it on that day.',
      fil: 'Tunay. {what} na iginawad noong {day} ng {by}, akreditado para rito nang araw na iyon.',
    },
  ],
  accredited_then_not_now: [
    {
      en: 'Genuine. {what} awarded on {day} by {by}, accredited for it then, no longer today.',
      fil: 'Tunay. {what} na iginawad noong {day} ng {by}, akreditado noon para rito, hindi na ngayon.',
    },
  ],
  not_accredited: [
    {
      en: 'Genuine, but not recognised: {by} was not accredited for this {what} on {day}.',
      fil: 'Tunay, ngunit hindi kinikilala: hindi akreditado ang {by} para sa {what} na ito noong {day}.',
    },
  ],
  not_permitted: [
    {
      en: 'Genuine, but not recognised: its definition does not permit {by} to award this {what} of {day}.',
      fil: 'Tunay, ngunit hindi kinikilala: hindi pinahihintulutan ng depinisyon ang {by} na igawad ang {what} na ito ({day}).',
    },
  ],
  not_covered: [
    {
      en: 'Genuine, but no register we trust covers it: awarded on {day} by {by}.',
      fil: 'Tunay, ngunit walang talaang pinagkakatiwalaan namin ang sumasaklaw rito: iginawad noong {day} ng {by}.',
    },
  ],
  register_unanswered: [
    {
      en: 'Genuine, but a register did not say whether {by} was accredited to award it on {day}.',
      fil: 'Tunay, ngunit hindi sinabi ng isang talaan kung akreditado ang {by} na igawad ito noong {day}.',
    },
  ],
  permission_unknown: [
    {
      en: 'Genuine, but whether its definition permits {by}, who awarded it on {day}, is unknown.',
      fil: 'Tunay, ngunit hindi alam kung pinahihintulutan ng depinisyon nito ang {by}, na naggawad noong {day}.',
    },
  ],
};

/** By the code, else the name, of the one check that failed; `{standing}` is one of `SHORT_STANDING`. */
export const NOT_VALID: Readonly<Record<string, Text>> = {
  revoked: {
    en: 'Revoked. {by} took back this {what} of {day}; {standing}.',
    fil: 'Binawi. Kinuha muli ng {by} ang {what} na ito ng {day}; {standing}.',
  },
  suspended: {
    en: 'Suspended. {by} put this {what} of {day} on hold; {standing}.',
    fil: 'Suspendido. Ipinatigil muna ng {by} ang {what} na ito ng {day}; {standing}.',
  },
  expired: {
    en: 'Expired. {what} awarded on {day} by {by}, past its last valid day; {standing}.',
    fil: 'Lipas na. {what} na iginawad noong {day} ng {by}, lampas na sa huling araw; {standing}.',
  },
  recipient: {
    en: 'Not for this person: {by} awarded this {what} of {day} to another; {standing}.',
    fil: 'Hindi sa taong ito: sa iba iginawad ng {by} ang {what} ng {day}; {standing}.',
  },
};

/** By the name of the one check that is unknown. */
export const NOT_DECIDED: Readonly<Record<string, Text>> = {
  status: {
    en: 'Not decided. {by} signed this {what} of {day}; whether revoked is unknown; {standing}.',
    fil: 'Hindi pa tiyak. Nilagdaan ng {by} ang {what} ng {day}; hindi alam kung binawi; {standing}.',
  },
  validity: {
    en: 'Not decided. {by} signed this {what} of {day}; whether ended is unknown; {standing}.',
    fil: 'Hindi pa tiyak. Nilagdaan ng {by} ang {what} ng {day}; hindi alam kung tapos na; {standing}.',
  },
  recipient: {
    en: 'Not decided. {by} signed this {what} of {day}; whose it is remains unknown; {standing}.',
    fil: 'Hindi pa tiyak. Nilagdaan ng {by} ang {what} ng {day}; hindi alam kung kanino; {standing}.',
  },
};

/** By the reason where it has words of its own, else by the recognition. */
export const SHORT_STANDING: Readonly<
  Record<'recognised' | 'not_recognised' | 'not_shown' | 'register_unanswered' | 'permission_unknown', Text>
> = {
  recognised: { en: 'its issuer was accredited', fil: 'akreditado ang nagkaloob' },
  not_recognised: { en: 'nor was it recognised', fil: 'hindi rin kinikilala' },
  not_shown: { en: 'no trusted register covers it', fil: 'walang talaang sumasaklaw rito' },
  // A register that did not answer may cover it.
  register_unanswered: { en: 'whether accredited is unknown', fil: 'hindi alam kung akreditado' },
  permission_unknown: { en: 'whether permitted is unknown', fil: 'hindi alam kung pinahihintulutan' },
};

export const HEADLINE = {
  /** Of no kind that is confirmed. */
  badge: { en: 'badge', fil: 'badge' },
  unnamed: { en: 'an issuer without a name', fil: 'isang nagkaloob na walang pangalan' },
  called: { en: 'What the badge calls itself', fil: 'Ang tawag ng badge sa sarili nito' },
  raw: { en: 'The report as data (JSON)', fil: 'Ang ulat bilang datos (JSON)' },
} satisfies Record<string, Text>;
