import { fieldProblem, isAmount, isDay, LIMITS, Problem, parseAmount } from '#kernel';
import type { Candidate, Fact, Guise } from './candidates.ts';
import { byCodePoint } from './days.ts';
import type { EquivalenceDecision, Holding } from './model.ts';

const NEVER_EXPIRES = '9999-99-99';

/**
 * The holdings of one person, made ready, in an order that does not depend on that of the input: by id.
 * @throws Problem `invalid-request` for two different holdings with one id, malformed facts, or too many
 */
export function prepare(holdings: readonly Holding[], date: string): Fact[] {
  if (holdings.length > LIMITS.holdings)
    throw new Problem('invalid-request', `more than ${LIMITS.holdings} credentials`);
  const byId = new Map<string, { holding: Holding; index: number }>();
  for (const [index, holding] of holdings.entries()) {
    const known = byId.get(holding.id);
    if (!known) byId.set(holding.id, { holding, index });
    else if (canonical(known.holding) !== canonical(holding)) {
      throw fieldProblem('invalid-request', `/credentials/${index}`, 'has the id of another credential');
    }
  }
  const sorted = [...byId.values()].sort((a, b) => byCodePoint(a.holding.id, b.holding.id));
  // Many share a day: each is looked at once.
  const days = new Set<string>();
  return sorted.map(({ holding, index }, rank) => {
    assertFacts(holding, index, days);
    return {
      holding,
      rank,
      expires: holding.expires ?? NEVER_EXPIRES,
      credit: amounts(holding.credit),
      competencies: new Set(holding.competencies),
      standing: standingOf(holding, date),
    };
  });
}

/** The base filter (A1): active, and awarded by the day. What is provisional or unknown counts in the hopeful run only. */
function standingOf({ state, awarded, completion }: Holding, date: string): Fact['standing'] {
  if (awarded > date || (state !== 'active' && state !== 'unknown')) return 'never';
  return state === 'unknown' || completion === 'provisional' ? 'hopeful' : 'sure';
}

export const amounts = (credit: Readonly<Record<string, string>>): Map<string, number> =>
  new Map(Object.entries(credit).map(([system, value]) => [system, parseAmount(value)]));

export function own(fact: Fact): Candidate {
  const { achievement, version, category } = fact.holding;
  const guise: Guise = { achievements: [achievement], credit: fact.credit };
  if (version !== undefined) guise.version = version;
  if (category !== undefined) guise.category = category;
  return { fact, guise };
}

/** What a decision in force on the day makes of a holding it names (A2); undefined when it does not. */
export function byDecision(fact: Fact, decision: EquivalenceDecision, date: string): Candidate | undefined {
  const { from, to, validFrom, validUntil } = decision;
  const { achievement, version } = fact.holding;
  if (from.achievement !== achievement || date < validFrom || (validUntil !== undefined && date > validUntil)) return;
  if (from.version && (version === undefined || !from.version.includes(version))) return;
  const category = to.mode === 'unspecified' ? to.category : decision.category;
  const guise: Guise = {
    decision,
    achievements: to.mode === 'specified' ? [to.achievement] : to.mode === 'block' ? to.achievements : [],
    ...(to.mode === 'specified' && to.version !== undefined ? { version: to.version } : {}),
    ...(category === undefined ? {} : { category }),
    credit: new Map([[decision.credit.system, parseAmount(decision.credit.value)]]),
  };
  return { fact, guise };
}

/** @throws Problem `invalid-request` for an impossible day or amount */
export function assertDecision(decision: EquivalenceDecision, index: number): void {
  const bad = (member: string, detail: string) =>
    fieldProblem('invalid-request', `/decisions/${index}/${member}`, detail);
  if (!isDay(decision.validFrom)) throw bad('validFrom', 'must be a day');
  if (decision.validUntil !== undefined && !isDay(decision.validUntil)) throw bad('validUntil', 'must be a day');
  if (!isAmount(decision.credit.value)) throw bad('credit/value', 'must be an amount');
  if (decision.cap === undefined) return;
  if (!isAmount(decision.cap)) throw bad('cap', 'must be an amount');
  if (parseAmount(decision.cap) < parseAmount(decision.credit.value)) {
    throw bad('cap', 'is below the credit of one award: it could never be used');
  }
}

/** @param days known to be days */
function assertFacts(holding: Holding, index: number, days: Set<string>): void {
  const bad = (member: string, detail: string) =>
    fieldProblem('invalid-request', `/credentials/${index}/${member}`, detail);
  for (const member of ['awarded', 'expires'] as const) {
    const day = holding[member];
    if (day === undefined ? member === 'expires' : days.has(day)) continue;
    if (!isDay(day)) throw bad(member, 'must be a day');
    days.add(day);
  }
  if (!Object.values(holding.credit).every(isAmount)) throw bad('credit', 'must be amounts');
  if (holding.result && !isAmount(holding.result.value)) throw bad('result', 'must have a decimal value');
}

/** Member order does not make two holdings different; lists are sets. */
function canonical(holding: Holding): string {
  const sorted = (value: unknown): unknown =>
    Array.isArray(value)
      ? [...new Set(value.map((one) => JSON.stringify(sorted(one))))].sort()
      : value !== null && typeof value === 'object'
        ? Object.entries(value)
            .filter(([, one]) => one !== undefined)
            .map(([name, one]) => [name, sorted(one)])
            .sort(([a], [b]) => (a! < b! ? -1 : 1))
        : value;
  return JSON.stringify(sorted(holding));
}
