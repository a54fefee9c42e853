import type { Answer, AskedParty, Entitlement } from '#accreditation';
import { dayIn, type Text } from '#kernel';
import {
  DAY_NOT_SHOWN,
  LATE,
  LOG_UNANSWERED,
  NOT_IN_LOG,
  ofCentre,
  ofIssuer,
  withReason,
} from './accreditation-words.ts';

/** What the issuing service's own log says of the award, where this verifier can ask it. */
export type Logged =
  /** Its issuer announces no log, or the date is too recent for one to matter: the date is the issuer's word. */
  | { outcome: 'not_asked' }
  | { outcome: 'recorded'; recordedAt: string }
  /** Its issuer announces a log, and the log did not answer, or not with a proof. */
  | { outcome: 'unanswered' }
  /** The log has no such entry. */
  | { outcome: 'missing' }
  /** Its holder shows only parts of it, and not the day of the award. */
  | { outcome: 'day_not_shown' };

/** About which award (whole-second UTC instant), as known when, asked now. */
export interface Asked {
  at: string;
  knownAt: string;
  now: Date;
}

const SHOWN = 20;

/** The two answers and all they rest on, in words and for programs. */
export interface AccreditationAnswer extends Record<string, unknown> {
  accreditedAtAward: 'yes' | 'no' | 'unknown';
  accreditedNow: 'yes' | 'no' | 'unknown';
  code: string;
  message: Text;
}

/**
 * Two separate answers: was the issuer entitled to award this on the award day, and is it today. Parties that the regime
 * needs besides the issuer are asked about too, each in its own role (framework 6.4, step 4).
 */
export function answerOf(
  entitlement: Entitlement,
  logged: Logged,
  { at, knownAt, now: asked }: Asked,
): AccreditationAnswer {
  const atAward = heldAgainst(logged, entitlement.accreditedAtAward);
  const now = entitlement.accreditedNow;
  const unproven = UNPROVEN[logged.outcome] ?? LOG_UNANSWERED;
  const said = atAward === entitlement.accreditedAtAward ? words(entitlement, atAward, now) : unproven;
  return {
    accreditedAtAward: three(atAward),
    accreditedNow: three(now),
    ...asKnown(said, knownAt, asked),
    awardDay: dayIn(new Date(at)),
    awardedAt: at,
    knownAt,
    awardDayIs: logged.outcome === 'recorded' ? 'held against the issuing log' : 'stated by the issuer',
    ...(logged.outcome === 'recorded' ? { recordedAt: logged.recordedAt } : {}),
    parties: entitlement.parties.map(describe),
    // Every register that was asked or should have been, once.
    registers: distinct(entitlement.parties.flatMap(({ walk }) => walk?.registers ?? [])).map((one) => {
      return { ...one, ageSeconds: Math.max(0, Math.round((asked.getTime() - Date.parse(one.published)) / 1_000)) };
    }),
    unanswered: distinct(entitlement.parties.flatMap(({ walk }) => walk?.unanswered ?? [])),
  };
}

const UNPROVEN: Partial<Record<Logged['outcome'], { code: string; message: Text }>> = {
  missing: NOT_IN_LOG,
  day_not_shown: DAY_NOT_SHOWN,
};

/** Of an earlier moment nothing may read as if it were said of today. */
function asKnown(said: { code: string; message: Text }, knownAt: string, now: Date): { code: string; message: Text } {
  const day = dayIn(new Date(knownAt));
  if (now.getTime() - Date.parse(knownAt) < 1_000) return said;
  const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
  const { en, fil } = said.message;
  return {
    ...said,
    message: {
      en: `As far as was known on ${day}: ${lower(en)}`,
      fil: `Ayon sa nalalaman noong ${day}: ${lower(fil)}`,
    },
  };
}

/** What the issuer's own log never recorded, or does not show, is not shown to have been awarded then. */
export function heldAgainst(logged: Logged, answer: Answer): Answer {
  const shown = logged.outcome === 'recorded' || logged.outcome === 'not_asked';
  return shown || answer !== 'yes' ? answer : 'unknown';
}

function words({ parties }: Entitlement, atAward: Answer, now: Answer) {
  const [issuer, ...others] = parties;
  const then = issuer?.walk?.atAward;
  if (then?.answer === 'yes' && atAward !== 'yes') {
    const worst = others.find((one) => one.need !== 'reported' && one.walk?.atAward.answer !== 'yes')!;
    return ofCentre(worst.walk?.atAward.answer);
  }
  if (then?.answer === 'no' && then.rejected.some(({ reason }) => reason === 'recorded_too_late')) return LATE;
  const said = ofIssuer(atAward, now);
  const side = atAward === 'no' ? 'atAward' : atAward === 'yes' && now === 'no' ? 'now' : undefined;
  if (!side) return said;
  const reasons = issuer?.walk?.[side].rejected.map(({ reason }) => reason) ?? [];
  return { ...said, message: withReason(said.message, reasons, side) };
}

/** Whether nobody covers it or nobody answered, it is not known; the code tells the two apart. */
const three = (answer: Answer): 'yes' | 'no' | 'unknown' => (answer === 'not_covered' ? 'unknown' : answer);

function describe({ role, need, party, walk }: AskedParty): Record<string, unknown> {
  if (!walk) return { role, need, named: false };
  const side = ({ answer, matched, rejected }: typeof walk.atAward) => {
    return { answer: three(answer), matched: matched.slice(0, SHOWN), rejected: rejected.slice(0, SHOWN) };
  };
  return { role, need, party, atAward: side(walk.atAward), now: side(walk.now) };
}

function distinct<T extends object>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
