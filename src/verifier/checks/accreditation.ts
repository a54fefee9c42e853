import type { Answer, Entitlement } from '#accreditation';
import { type Asked, answerOf, heldAgainst, type Logged } from '../accreditation-answer.ts';
import { type Check, check } from '../report.ts';

/** The two answers as a check: only a yes at the award passes. */
export function checkAccreditation(
  entitlement: Entitlement,
  logged: Logged,
  asked: Asked,
): Check & { atAward: Answer; now: Answer } {
  const { code, message, ...evidence } = answerOf(entitlement, logged, asked);
  const atAward = heldAgainst(logged, entitlement.accreditedAtAward);
  return {
    ...check('accreditation', resultOf(atAward), code, message, evidence),
    atAward,
    now: entitlement.accreditedNow,
  };
}

function resultOf(answer: Answer): 'pass' | 'fail' | 'unknown' {
  return answer === 'yes' ? 'pass' : answer === 'no' ? 'fail' : 'unknown';
}
