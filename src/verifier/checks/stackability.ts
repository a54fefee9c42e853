import { dayIn, fieldProblem, type JsonObject, Problem, type Text } from '#kernel';
import { type Holding, inEffect, itemTitle, matchHolding, type PathwayMatch } from '#pathways';
import type { VerifiedBadge } from '../model.ts';
import { type PathwayFinding, readPathway } from '../pathway.ts';
import { type Check, type CheckResult, check } from '../report.ts';
import type { Session } from '../session.ts';
import { STACKED } from '../stackability-words.ts';

/** What it counts toward, as the definition states it. Whether it does is decided by a pathway. */
export function checkStackability(badge: VerifiedBadge): Check {
  const { stackability, contributesTo } = badge;
  if (contributesTo.length > 0) {
    const message = {
      en: 'Its issuer states that it counts toward other awards; the pathway of each decides whether it does.',
      fil: 'Sinasabi ng nagkaloob na mabibilang ito tungo sa ibang gawad; ang landas ng bawat isa ang magpapasiya.',
    };
    return check('stackability', 'not_applicable', 'stated', message, { stackability, contributesTo });
  }
  const message = {
    en: 'No pathway was named.',
    fil: 'Walang binanggit na landas.',
  };
  return check('stackability', 'not_applicable', 'not_asked', message, stackability ? { stackability } : {});
}

/**
 * Whether it serves in the pathway named, today and by itself. It never touches the verdict: a genuine badge that a pathway
 * does not ask for is as genuine as before.
 * @throws Problem `invalid-request` at `/pathway` for what is no pathway; one that cannot be had is unknown
 */
export async function stackabilityIn(pathway: string | JsonObject, holding: Holding, session: Session): Promise<Check> {
  const date = dayIn(session.now);
  let found: PathwayFinding;
  try {
    found = await readPathway(pathway, session);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (!/^fetch-/.test(error.kind)) throw fieldProblem(error.kind, '/pathway', error.message);
    return told('unknown', 'pathway_not_had', { pathway, date, detail: error.message });
  }
  const { verdict, code, issuer } = found;
  if (!found.pathway) return told('unknown', 'pathway_not_relied_on', { date, verdict, code, issuer });
  const match = matchHolding(found.pathway, holding, date);
  const current = inEffect(found.pathway, date);
  const { id, version, name } = found.pathway;
  return told(...answerOf(match, current), {
    ...{ pathway: id, version, name, issuer, date, inEffect: current },
    places: match.places.map(({ node, text, items, guise, conditions }) => ({
      ...{ node, text: text.en, ...(guise ? { decision: guise } : {}) },
      ...(items.length > 0 ? { items: items.map(({ item }) => itemTitle(item)) } : {}),
      ...(conditions.length > 0 ? { conditions: conditions.map((one) => one.code) } : {}),
    })),
    ...(match.reasons.length > 0
      ? { reasons: match.reasons.map((one) => ({ code: one.code, text: one.text.en })) }
      : {}),
  });
}

function answerOf({ result, places }: PathwayMatch, current: boolean): [CheckResult, keyof typeof STACKED] {
  if (result === 'unknown') return ['unknown', 'not_found_out'];
  if (result !== 'serves') return ['fail', result];
  if (!current) return ['warning', 'serves_not_in_effect'];
  return places.some(({ conditions }) => conditions.length === 0)
    ? ['pass', 'serves']
    : ['warning', 'serves_after_others'];
}

const told = (result: CheckResult, code: keyof typeof STACKED, evidence: Record<string, unknown>): Check => {
  const message: Text = STACKED[code];
  return check('stackability', result, code === 'not_asked' ? 'not_asked_for' : code, message, evidence);
};
