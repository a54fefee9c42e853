import { isObject } from '#kernel';
import type { AccreditedAnswer } from '#pathways';
import { strings } from './model.ts';
import type { Report } from './report.ts';

const ROLES = ['Train', 'Assess', 'Award'] as const;

type Answer = AccreditedAnswer['answer'];

/**
 * What the accreditation check found, role by role: one answer for each authority a yes rests on (trust anchor, and
 * accreditor of each matched grant), else one of no authority. What is not shown may still be shown later; only a
 * register that answered says no.
 */
export function accreditedAnswers(report: Report): AccreditedAnswer[] {
  const check = report.checks.find((one) => one.check === 'accreditation');
  const parties = (Array.isArray(check?.evidence.parties) ? check.evidence.parties : []).filter(isObject);
  const sides = parties.map(({ role, need, atAward }) => {
    const side = isObject(atAward) ? atAward : {};
    const matched = (Array.isArray(side.matched) ? side.matched : []).filter(isObject);
    return { role, counts: need !== 'reported', answer: answerOf(side.answer), matched };
  });
  // Everybody was entitled on that day, yet the log does not show that it was awarded then.
  const unlogged = check?.result !== 'pass' && sides.every(({ counts, answer }) => !counts || answer === 'yes');
  return sides.flatMap(({ role, answer, matched }): AccreditedAnswer[] => {
    const known = ROLES.find((one) => one === role);
    if (!known) return [];
    const said: Answer = worse(
      unlogged && answer === 'yes' ? 'unknown' : answer,
      known === 'Award' ? permitted(report) : 'yes',
    );
    if (said !== 'yes') return [{ role: known, answer: said }];
    const authorities = new Set(matched.flatMap(({ accreditor, anchor }) => strings([accreditor, anchor])));
    return [...authorities].sort().map((authority) => ({ role: known, authority, answer: 'yes' as const }));
  });
}

const answerOf = (value: unknown): Answer => (value === 'yes' || value === 'no' ? value : 'unknown');

const ORDER: readonly Answer[] = ['no', 'unknown', 'yes'];
const worse = (a: Answer, b: Answer): Answer => (ORDER.indexOf(a) < ORDER.indexOf(b) ? a : b);

/** Whom the definition does not permit was not entitled to award it, whoever accredited it. */
function permitted({ checks }: Report): Answer {
  const { result } = checks.find((one) => one.check === 'achievement')!;
  return result === 'fail' ? 'no' : result === 'pass' ? 'yes' : 'unknown';
}
