import { isObject, type JsonObject } from '#kernel';
import type { Pathway } from './model.ts';
import type { PathwayReader, PathwayRecord } from './ports.ts';

/**
 * The version a learner follows by the day of the catalogue: the latest one whose effective period (days, half-open) has that
 * day in it; a version without a period is in effect on every day.
 * @returns undefined when none was in effect, or there is no such pathway
 */
export async function versionOn(
  reader: Pick<PathwayReader, 'pathwayVersions'>,
  pathwayId: string,
  day: string,
): Promise<PathwayRecord | undefined> {
  const versions = await reader.pathwayVersions(pathwayId);
  return versions.toReversed().find(({ signed }) => {
    const { credentialSubject: subject } = JSON.parse(signed) as JsonObject;
    // As it was checked when it was stored.
    return inEffect((isObject(subject) ? subject : {}) as Pick<Pathway, 'effectivePeriod'>, day);
  });
}

/** Days, half-open; a pathway without a period is in effect on every day. */
export function inEffect({ effectivePeriod: period }: Pick<Pathway, 'effectivePeriod'>, date: string): boolean {
  return !period || (date >= period.from && (period.until === undefined || date < period.until));
}
