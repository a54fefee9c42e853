import type { Answer } from '#accreditation';
import type { Text } from '#kernel';

/** Why an accreditation that would have counted did not, in a sentence to follow. */
const WHY: Readonly<Record<string, Text>> = {
  suspended: { en: 'Its accreditation was suspended.', fil: 'Suspendido ang akreditasyon nito.' },
  expired: { en: 'Its accreditation had ended.', fil: 'Natapos na ang akreditasyon nito.' },
  withdrawn: { en: 'Its accreditation was withdrawn.', fil: 'Binawi ang akreditasyon nito.' },
  annulled: {
    en: 'Its accreditation was annulled, as if it had never been given.',
    fil: 'Pinawalang-bisa ang akreditasyon nito, na parang hindi kailanman naibigay.',
  },
  not_yet: { en: 'Its accreditation had not begun.', fil: 'Hindi pa nagsisimula ang akreditasyon nito.' },
};
/** The same of today. */
const WHY_NOW: typeof WHY = {
  suspended: { en: 'It is suspended.', fil: 'Suspendido ito.' },
  expired: { en: 'It has ended.', fil: 'Natapos na ito.' },
  withdrawn: { en: 'It was withdrawn.', fil: 'Binawi ito.' },
};

/** Another act than accrediting it for this role. */
const ASIDE: ReadonlySet<string> = new Set(['verb', 'role']);

/**
 * With the reason, where all of its accreditations failed for the same one. A grant out of force is not asked whom it was for:
 * beside another that is in force and for something else it says nothing.
 * @param reasons of the grants that did not count
 */
export function withReason(message: Text, reasons: readonly string[], side: 'atAward' | 'now'): Text {
  const table = side === 'now' ? WHY_NOW : WHY;
  const [reason, another] = new Set(reasons.filter((one) => !ASIDE.has(one)));
  if (reason === undefined || another !== undefined || !Object.hasOwn(table, reason)) return message;
  return { en: `${message.en} ${table[reason]!.en}`, fil: `${message.fil} ${table[reason]!.fil}` };
}

/** About the awarding body: both answers in one message. */
export function ofIssuer(atAward: Answer, now: Answer): { code: string; message: Text } {
  switch (atAward) {
    case 'yes':
      return now === 'yes'
        ? { code: 'accredited', message: TEXTS.accredited }
        : now === 'no'
          ? { code: 'accredited_then_not_now', message: TEXTS.formerly }
          : { code: 'accredited_now_unknown', message: TEXTS.nowUnknown };
    case 'no':
      return now === 'yes'
        ? { code: 'accredited_now_not_then', message: TEXTS.nowOnly }
        : { code: 'not_accredited', message: TEXTS.no };
    case 'unknown':
      return { code: 'register_unanswered', message: TEXTS.unknown };
    case 'not_covered':
      return { code: 'not_covered', message: TEXTS.notCovered };
    default:
      throw new Error(`answer: no case for ${String(atAward satisfies never)}`);
  }
}

/** The issuer was accredited and the assessment centre was not, is not shown, or is not named (undefined). */
export function ofCentre(atAward: Answer | undefined): { code: string; message: Text } {
  if (atAward === undefined) return { code: 'centre_not_stated', message: TEXTS.centreUnstated };
  return atAward === 'no'
    ? { code: 'centre_not_accredited', message: TEXTS.centreNo }
    : { code: 'centre_not_shown', message: TEXTS.centreUnknown };
}

const TEXTS = {
  accredited: {
    en: 'On the award day the issuer was accredited to award this, and it is today.',
    fil: 'Sa araw ng paggawad, akreditado ang nagkaloob na ibigay ito, at gayon pa rin ngayon.',
  },
  formerly: {
    en: 'On the award day the issuer was accredited to award this; today it no longer is. The award keeps its standing.',
    fil: 'Sa araw ng paggawad, akreditado ang nagkaloob na ibigay ito; hindi na ngayon. Nananatili ang katayuan ng gawad.',
  },
  nowUnknown: {
    en: 'On the award day the issuer was accredited to award this; whether it still is could not be found out.',
    fil: 'Sa araw ng paggawad, akreditado ang nagkaloob na ibigay ito; hindi natiyak kung gayon pa rin ngayon.',
  },
  nowOnly: {
    en: 'On the award day the issuer was not accredited to award this, although it is today.',
    fil: 'Sa araw ng paggawad, hindi akreditado ang nagkaloob na ibigay ito, bagaman akreditado na ito ngayon.',
  },
  no: {
    en: 'On the award day the issuer was not accredited to award this.',
    fil: 'Sa araw ng paggawad, hindi akreditado ang nagkaloob na ibigay ito.',
  },
  unknown: {
    en: 'Whether the issuer was accredited could not be found out, because a register did not answer.',
    fil: 'Hindi natiyak kung akreditado ang nagkaloob, dahil may talaang hindi sumagot.',
  },
  notCovered: {
    en: 'No register we trust says anything about this issuer.',
    fil: 'Walang talaang pinagkakatiwalaan namin ang may sinasabi tungkol sa nagkaloob na ito.',
  },
  centreNo: {
    en: 'The issuer was accredited, but the assessment centre was not on the award day.',
    fil: 'Akreditado ang nagkaloob, ngunit hindi akreditado ang sentro ng pagtatasa sa araw ng paggawad.',
  },
  centreUnstated: {
    en: 'The issuer was accredited; the badge does not say which assessment centre assessed, which this kind of award needs.',
    fil: 'Akreditado ang nagkaloob; hindi sinasabi ng badge kung aling sentro ang nagtasa, na kailangan sa ganitong gawad.',
  },
  late: {
    en: 'The award day is in the time of the accreditation, but the award was recorded only long after it had ended.',
    fil: 'Nasa panahon ng akreditasyon ang araw ng paggawad, ngunit naitala lamang ang gawad nang matagal na itong natapos.',
  },
  notInLog: {
    en: 'The log of the service that issues for this institution has no entry of this award.',
    fil: 'Walang tala ng gawad na ito sa log ng serbisyong nag-iisyu para sa institusyong ito.',
  },
  logUnanswered: {
    en: 'When the award was recorded could not be found out, because the log of its issuer gave no proof.',
    fil: 'Hindi natiyak kung kailan naitala ang gawad, dahil walang ibinigay na patunay ang log ng nagkaloob.',
  },
  dayNotShown: {
    en: 'Its holder does not show the day of the award, so it is not known whether the issuer was accredited then.',
    fil: 'Hindi ipinakikita ng may hawak ang araw ng paggawad, kaya hindi alam kung akreditado noon ang nagkaloob.',
  },
  centreUnknown: {
    en: 'The issuer was accredited; whether the assessment centre was could not be found out.',
    fil: 'Akreditado ang nagkaloob; hindi natiyak kung akreditado ang sentro ng pagtatasa.',
  },
} satisfies Record<string, Text>;

/** Back-dated, as the issuing log shows. */
export const LATE = { code: 'recorded_too_late', message: TEXTS.late };
export const LOG_UNANSWERED = { code: 'log_unanswered', message: TEXTS.logUnanswered };
export const NOT_IN_LOG = { code: 'not_in_log', message: TEXTS.notInLog };
export const DAY_NOT_SHOWN = { code: 'award_day_not_shown', message: TEXTS.dayNotShown };
