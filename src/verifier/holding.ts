import { dayIn, formatAmount, isAmount, isObject, type JsonObject, parseAmount, parseDateTimeStamp } from '#kernel';
import { type Holding, SUPERVISION } from '#pathways';
import { accreditedAnswers } from './holding-accreditation.ts';
import { readPh, strings, type VerifiedBadge } from './model.ts';
import type { Report } from './report.ts';

/**
 * A verified badge reduced to the facts a pathway asks about. An expired, suspended or revoked one is still a holding:
 * the pathway says that it does not count, and why.
 * @param definition where the ph terms of the award stand
 */
export function holdingOf(badge: VerifiedBadge, definition: JsonObject, report: Report): Holding {
  const { model } = badge;
  const ph = readPh(definition);
  const until = parseDateTimeStamp(model.validUntil);
  const facts: Partial<Holding> = {
    version: model.achievement.version,
    name: model.achievement.name,
    awardType: ph.awardType,
    category: categoryOf(definition),
    sector: sectorOf(definition),
    route: model.ph.learningRoute,
    level: ph.pqfLevel,
    expires: until && dayIn(until),
    result: resultOf(model.results, definition),
    assessed: assessedOf(definition),
    supervision: SUPERVISION.find((one) => one === definition.supervisionType),
  };
  return {
    id: model.id,
    awardId: model.ph.awardId ?? model.id,
    achievement: model.achievement.id,
    provider: model.issuer.id,
    competencies: competenciesOf(definition),
    credit: creditOf(definition),
    awarded: countsFrom(badge, report),
    state: stateOf(report),
    completion: model.results.some(({ status }) => status === 'Provisional') ? 'provisional' : 'completed',
    accredited: accreditedAnswers(report),
    ...Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)),
  };
}

/** The area of continuing professional development, or the kind of unit; only when there is one. */
function categoryOf(definition: JsonObject): string | undefined {
  const areas = [
    ...strings(definition.cpdArea),
    ...list(definition.unitOfCompetency).flatMap((unit) => strings(unit.category)),
  ];
  const distinct = new Set(areas);
  return distinct.size === 1 ? areas[0] : undefined;
}

function sectorOf(definition: JsonObject): string | undefined {
  const regulations = list(definition.trainingRegulation).flatMap(({ sector }) => strings(sector));
  return regulations[0] ?? list(definition.psfSkill).flatMap(({ framework }) => strings(framework))[0];
}

/** Attendance alone is no assessment; a definition that does not say leaves it open. */
function assessedOf(definition: JsonObject): boolean | undefined {
  const types = strings(definition.assessmentType);
  return types.length === 0 ? undefined : types.some((type) => type !== 'AttendanceOnly');
}

/**
 * A numeric result on a named scale. The order of a list is no part of what was signed, so that of several it is the first by
 * scale, and the worst on it, whichever way the badge is written.
 */
export function resultOf(results: VerifiedBadge['model']['results'], definition: JsonObject): Holding['result'] {
  const described = list(definition.resultDescription);
  const found = results.flatMap(({ resultDescription, value }): NonNullable<Holding['result']>[] => {
    const description = described.find(({ id }) => id !== undefined && id === resultDescription);
    const scale = list(description?.gradeScale)[0];
    if (!description || !scale || !isAmount(value)) return [];
    const { direction, id = description.id } = scale;
    if (typeof id !== 'string' || (direction !== 'HigherBetter' && direction !== 'LowerBetter')) return [];
    return [{ scale: id, direction, value }];
  });
  return found.sort((a, b) => (a.scale === b.scale ? badness(b) - badness(a) : a.scale < b.scale ? -1 : 1))[0];
}

const badness = ({ direction, value }: NonNullable<Holding['result']>): number =>
  direction === 'LowerBetter' ? parseAmount(value) : -parseAmount(value);

/** The award day; of a badge whose validity is still to begin, the day on which it does. */
function countsFrom(badge: VerifiedBadge, report: Report): string {
  const awarded = dayIn(badge.awarded);
  const begins = parseDateTimeStamp(badge.model.validFrom);
  const waits = report.checks.some((one) => one.check === 'validity' && one.code === 'not_yet_valid');
  return waits && begins && dayIn(begins) > awarded ? dayIn(begins) : awarded;
}

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

/** Parts of one system (lecture, laboratory) add up; systems never meet. Hours of the learner are a system of their own. */
export function creditOf(definition: JsonObject): Record<string, string> {
  // A map: a system may be called anything, also what every object has.
  const sums = new Map<string, number>();
  const add = (system: string, amount: string) => sums.set(system, (sums.get(system) ?? 0) + parseAmount(amount));
  for (const { system, value } of list(definition.credit)) {
    if (typeof system === 'string' && isAmount(value)) add(system, value);
  }
  const { notionalHours } = definition;
  if (isAmount(notionalHours)) sums.set('NOTIONAL-HOUR', parseAmount(notionalHours));
  return Object.fromEntries([...sums].map(([system, sum]) => [system, formatAmount(sum)]));
}

function list(value: unknown): JsonObject[] {
  return (Array.isArray(value) ? value : [value]).filter(isObject);
}
