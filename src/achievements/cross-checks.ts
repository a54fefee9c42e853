import { type FieldError, isObject, type JsonObject } from '#kernel';

/**
 * What no schema says: ids that must be different, references that must meet, periods that must have a length. Called
 * with an input whose shape is right.
 */
export function crossFaults(achievement: JsonObject, base: string): FieldError[] {
  const faults: FieldError[] = [];
  const ids = new Set<unknown>();
  const unique = (id: unknown, pointer: string) => {
    if (id !== undefined && ids.has(id)) faults.push({ pointer, detail: 'occurs twice in this definition' });
    ids.add(id);
  };
  const { criteria } = achievement;
  // The published schema demands neither; the reference validator refuses criteria without both.
  if (isObject(criteria) && criteria.id === undefined && criteria.narrative === undefined) {
    faults.push({ pointer: `${base}/criteria`, detail: 'must have a narrative or the address (id) of a page' });
  }
  for (const [index, result] of objects(achievement.resultDescription).entries()) {
    const at = `${base}/resultDescription/${index}`;
    unique(result.id, `${at}/id`);
    const levels = objects(result.rubricCriterionLevel);
    for (const [number, level] of levels.entries()) unique(level.id, `${at}/rubricCriterionLevel/${number}/id`);
    faults.push(...resultFaults(result, levels, at));
  }
  for (const [index, outcome] of objects(achievement.learningOutcome).entries()) {
    unique(outcome.id, `${base}/learningOutcome/${index}/id`);
  }
  const period = achievement.effectivePeriod;
  if (isObject(period) && period.until !== undefined && (period.until as string) <= (period.from as string)) {
    faults.push({ pointer: `${base}/effectivePeriod/until`, detail: 'must be after from: the period is half-open' });
  }
  return faults;
}

/** Open Badges 3.0 `ResultDescription`: the required level and value are among those described. */
function resultFaults(result: JsonObject, levels: JsonObject[], at: string): FieldError[] {
  const faults: FieldError[] = [];
  const { requiredLevel, requiredValue, allowedValue, valueMin, valueMax } = result;
  if (requiredLevel !== undefined && !levels.some((level) => level.id === requiredLevel)) {
    faults.push({ pointer: `${at}/requiredLevel`, detail: 'must be the id of one of the rubric levels here' });
  }
  if (requiredValue !== undefined && Array.isArray(allowedValue) && !allowedValue.includes(requiredValue)) {
    faults.push({ pointer: `${at}/requiredValue`, detail: 'must be one of the allowed values' });
  }
  // Both ends are texts: only numbers can be compared, and on a scale where lower is better they may stand reversed.
  const lowerIsBetter = isObject(result.gradeScale) && result.gradeScale.direction === 'LowerBetter';
  if (valueMin !== undefined && valueMax !== undefined && !lowerIsBetter && Number(valueMin) > Number(valueMax)) {
    faults.push({ pointer: `${at}/valueMax`, detail: 'must not be below valueMin' });
  }
  return faults;
}

const objects = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
