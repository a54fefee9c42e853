import type { Answer, Question, WalkResult } from '#accreditation';
import type { Text } from '#kernel';
import { type Check, check } from '../report.ts';

/** One party whose entitlement was asked about. */
export interface Asked {
  party: string;
  question: Question;
  walk: WalkResult;
}

/**
 * Two separate answers: was the issuer entitled to award this on the award day, and is it today. Where the regime is
 * TESDA the assessment centre is asked about too, in its own role (framework 6.4, step 4).
 */
export function checkAccreditation(issuer: Asked, centre: Asked | undefined): Check & { atAward: Answer; now: Answer } {
  const parties = centre ? [issuer, centre] : [issuer];
  const atAward = together(parties.map(({ walk }) => walk.atAward.answer));
  const now = together(parties.map(({ walk }) => walk.now.answer));
  const evidence: Record<string, unknown> = {
    accreditedAtAward: atAward,
    accreditedNow: now,
    awardDay: issuer.question.day,
    // A service cannot see another one's issuing log, so the day is what the issuer signed.
    awardDayIs: 'stated by the issuer',
    ...describe(issuer),
    ...(centre ? { assessmentCentre: describe(centre) } : {}),
  };
  const centreOnly = centre !== undefined && issuer.walk.atAward.answer === 'yes' && atAward !== 'yes';
  const { code, message } = centreOnly ? ofCentre(atAward) : ofIssuer(atAward, now);
  return { ...check('accreditation', resultOf(atAward), code, message, evidence), atAward, now };
}

/** Every party must be entitled; the worst answer counts. */
function together(answers: readonly Answer[]): Answer {
  for (const worst of ['no', 'unknown', 'not_covered'] as const) if (answers.includes(worst)) return worst;
  return 'yes';
}

function resultOf(answer: Answer): 'pass' | 'fail' | 'unknown' {
  return answer === 'yes' ? 'pass' : answer === 'no' ? 'fail' : 'unknown';
}

function describe({ party, question, walk }: Asked): Record<string, unknown> {
  const { role, awardType, pqfLevel, achievementId } = question;
  return {
    party,
    asked: { role, awardType, pqfLevel, achievementId },
    atAward: { matched: walk.atAward.matched, rejected: walk.atAward.rejected.slice(0, 20) },
    now: { matched: walk.now.matched, rejected: walk.now.rejected.slice(0, 20) },
    registers: walk.registers,
    unanswered: walk.unanswered,
  };
}

function ofIssuer(atAward: Answer, now: Answer): { code: string; message: Text } {
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

function ofCentre(atAward: Answer): { code: string; message: Text } {
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
  centreUnknown: {
    en: 'The issuer was accredited; whether the assessment centre was could not be found out.',
    fil: 'Akreditado ang nagkaloob; hindi natiyak kung akreditado ang sentro ng pagtatasa.',
  },
} satisfies Record<string, Text>;
