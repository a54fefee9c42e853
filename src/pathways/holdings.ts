import { fieldProblem, isAmount, isDay, LIMITS, Problem, parseAmount } from '#kernel';
import type { Holding } from './model.ts';
import type { ReasonCode } from './reasons.ts';

/** Whether a holding counts at all today: `sure`, only if what is unknown turns out well (`hopeful`), or `never`. */
type Standing = 'sure' | 'hopeful' | 'never';

export interface Judged {
  holding: Holding;
  standing: Standing;
  reasons: ReasonCode[];
}

/**
 * Judges each holding by itself, in an order that does not depend on the order of the input: early expiry first (use what
 * will lapse), then id. Of several copies of one award only the best is left standing.
 * @throws Problem `invalid-request` for two different holdings with one id, malformed days or amounts, or too many
 */
export function judge(holdings: readonly Holding[], date: string): Judged[] {
  if (holdings.length > LIMITS.holdings) {
    throw new Problem('invalid-request', `more than ${LIMITS.holdings} credentials`);
  }
  const byId = new Map<string, string>();
  const all: Judged[] = [];
  for (const [index, holding] of holdings.entries()) {
    const text = JSON.stringify(canonical(holding));
    const known = byId.get(holding.id);
    if (known === text) continue;
    if (known !== undefined) {
      throw fieldProblem('invalid-request', `/credentials/${index}`, 'has the id of another credential');
    }
    byId.set(holding.id, text);
    assertFacts(holding, index);
    all.push(judgeOne(holding, date));
  }
  all.sort(byPreference);
  const awards = new Map<string, Judged>();
  for (const one of all) {
    const other = awards.get(one.holding.awardId);
    if (!other || RANK[one.standing] < RANK[other.standing]) awards.set(one.holding.awardId, one);
  }
  return all.map((one) =>
    awards.get(one.holding.awardId) === one
      ? one
      : { ...one, standing: 'never', reasons: [...one.reasons, 'same_award' as const] },
  );
}

const RANK: Record<Standing, number> = { sure: 0, hopeful: 1, never: 2 };

function judgeOne(holding: Holding, date: string): Judged {
  const refused: ReasonCode[] = [];
  const unknown: ReasonCode[] = [];
  if (holding.state === 'revoked') refused.push('revoked');
  else if (holding.state === 'suspended') refused.push('suspended');
  else if (holding.state !== 'active') unknown.push('status_unknown');
  if (holding.awarded > date) refused.push('future');
  if (holding.accredited === 'no') refused.push('not_accredited');
  else if (holding.accredited !== 'yes') unknown.push('accreditation_unknown');
  if (holding.completion === 'provisional') unknown.push('provisional');
  const standing = refused.length > 0 ? 'never' : unknown.length > 0 ? 'hopeful' : 'sure';
  return { holding, standing, reasons: [...refused, ...unknown] };
}

function byPreference(a: Judged, b: Judged): number {
  return (
    compare(a.holding.expires ?? '9999-99-99', b.holding.expires ?? '9999-99-99') || compare(a.holding.id, b.holding.id)
  );
}

/** By UTF-16 code unit, never by the locale of the machine. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Credit in one system, in 1/10,000; credit in every other system is nothing. */
export function creditIn(holding: Holding, system: string): number {
  return Object.hasOwn(holding.credit, system) ? parseAmount(holding.credit[system]!) : 0;
}

function assertFacts(holding: Holding, index: number): void {
  const bad = (member: string, detail: string) =>
    fieldProblem('invalid-request', `/credentials/${index}/${member}`, detail);
  if (!isDay(holding.awarded)) throw bad('awarded', 'must be a day');
  if (holding.expires !== undefined && !isDay(holding.expires)) throw bad('expires', 'must be a day');
  if (!Object.values(holding.credit).every(isAmount)) throw bad('credit', 'must be amounts');
}

/** Member order does not make two holdings different; lists are sets. */
function canonical(holding: Holding): unknown {
  const { competencies, credit, ...rest } = holding;
  return [
    Object.entries(rest)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => compare(a, b)),
    [...competencies].sort(compare),
    Object.entries(credit).sort(([a], [b]) => compare(a, b)),
  ];
}
