import type { Answer, Question, WalkResult } from '#accreditation';
import { ofCentre, ofIssuer } from '../accreditation-words.ts';
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
