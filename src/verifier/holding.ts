import { dayIn, formatAmount, isAmount, isObject, type JsonObject, parseAmount, parseDateTimeStamp } from '#kernel';
import type { Holding } from '#pathways';
import { readPh, strings, type VerifiedBadge } from './model.ts';
import type { Recognition, Report } from './report.ts';

/**
 * A verified badge reduced to the facts a pathway asks about. An expired, suspended or revoked one is still a holding:
 * the pathway says that it does not count, and why.
 * @param definition where the ph terms of the award stand
 */
export function holdingOf(badge: VerifiedBadge, definition: JsonObject, report: Report): Holding {
  const { model } = badge;
  const ph = readPh(definition);
  const until = parseDateTimeStamp(model.validUntil);
  return {
    id: model.id,
    awardId: model.ph.awardId ?? model.id,
    achievement: model.achievement.id,
    ...(model.achievement.version === undefined ? {} : { version: model.achievement.version }),
    competencies: competenciesOf(definition),
    ...(ph.awardType ? { awardType: ph.awardType } : {}),
    provider: model.issuer.id,
    ...(ph.pqfLevel ? { level: ph.pqfLevel } : {}),
    credit: creditOf(definition),
    awarded: countsFrom(badge, report),
    ...(until ? { expires: dayIn(until) } : {}),
    state: stateOf(report),
    accredited: ACCREDITED[report.recognition],
  };
}

/** The award day; of a badge whose validity is still to begin, the day on which it does. */
function countsFrom(badge: VerifiedBadge, report: Report): string {
  const awarded = dayIn(badge.awarded);
  const begins = parseDateTimeStamp(badge.model.validFrom);
  const waits = report.checks.some((one) => one.check === 'validity' && one.code === 'not_yet_valid');
  return waits && begins && dayIn(begins) > awarded ? dayIn(begins) : awarded;
}

/** What is not shown may still be shown later; only a register that answered says no. */
const ACCREDITED: Record<Recognition, Holding['accredited']> = {
  recognised: 'yes',
  not_recognised: 'no',
  not_shown: 'unknown',
};

function stateOf(report: Report): Holding['state'] {
  const status = report.checks.find((one) => one.check === 'status')!;
  if (status.result === 'fail') return status.code === 'suspended' ? 'suspended' : 'revoked';
  return status.result === 'unknown' ? 'unknown' : 'active';
}

/** Unit codes, and the definition's own code. */
export function competenciesOf(definition: JsonObject): string[] {
  const units = list(definition.unitOfCompetency).flatMap((unit) => strings(unit.code));
  return [...new Set([...units, ...strings(definition.humanCode)])];
}

/** Parts of one system (lecture, laboratory) add up; systems never meet. */
export function creditOf(definition: JsonObject): Record<string, string> {
  const sums: Record<string, number> = {};
  for (const { system, value } of list(definition.credit)) {
    if (typeof system === 'string' && isAmount(value)) sums[system] = (sums[system] ?? 0) + parseAmount(value);
  }
  return Object.fromEntries(Object.entries(sums).map(([system, sum]) => [system, formatAmount(sum)]));
}

function list(value: unknown): JsonObject[] {
  return (Array.isArray(value) ? value : [value]).filter(isObject);
}
