import type { Json, JsonObject } from '#kernel';
import { objects } from './checks/cross-checks.ts';
import { strings } from './model.ts';

/** Plain decimals only: `12`, `3.5`; what is written otherwise is not compared. */
const DECIMAL = /^[+-]?\d{1,15}(?:\.\d{1,15})?$/;

/**
 * Results that do not fit: the link does not lead to a description in this achievement, a value outside `allowedValue` or
 * `valueMin`..`valueMax`, no status where the description is of type Status, a level that does not exist (Open Badges 3.0
 * classes Result, ResultDescription, RubricCriterionLevel).
 * @returns pointers
 */
export function resultMismatches(subject: JsonObject, pointer: string): string[] {
  const found: string[] = [];
  const described = objects(subject.achievement, `${pointer}/achievement`).flatMap(([at, one]) =>
    objects(one.resultDescription, `${at}/resultDescription`),
  );
  const levels = (description: JsonObject | undefined) =>
    objects(description?.rubricCriterionLevel, '').map(([, { id }]) => id);
  for (const [at, result] of objects(subject.result, `${pointer}/result`)) {
    const { resultDescription, value, achievedLevel, status } = result;
    const description = described.find(([, { id }]) => id !== undefined && id === resultDescription)?.[1];
    if (resultDescription !== undefined && !description) found.push(`${at}/resultDescription`);
    if (description && value !== undefined && !fits(value, description)) found.push(`${at}/value`);
    if (description?.resultType === 'Status' && status === undefined) found.push(`${at}/status`);
    if (achievedLevel !== undefined && !levels(description).includes(achievedLevel)) found.push(`${at}/achievedLevel`);
  }
  for (const [at, description] of described) {
    const { requiredLevel } = description;
    if (requiredLevel !== undefined && !levels(description).includes(requiredLevel)) found.push(`${at}/requiredLevel`);
  }
  return found;
}

function fits(value: Json, { allowedValue, valueMin, valueMax }: JsonObject): boolean {
  if (allowedValue !== undefined && !strings(allowedValue).includes(value as string)) return false;
  const given = decimal(value);
  const [min, max] = [decimal(valueMin), decimal(valueMax)];
  if (given === undefined) return min === undefined && max === undefined;
  return (min === undefined || given >= min) && (max === undefined || given <= max);
}

const decimal = (value: Json | undefined): number | undefined =>
  typeof value === 'string' && DECIMAL.test(value) ? Number(value) : undefined;
