import type { FieldError, JsonObject } from '#kernel';
import type { LintRule } from './rule.ts';
import { ACHIEVEMENT, eachObject, faults, parts, SUBJECT } from './walk.ts';

const fault = faults('results');

/** No schema checks these; a result that points nowhere cannot be read. */
export const results: LintRule = {
  id: 'results',
  source: 'Open Badges 3.0 classes Result, ResultDescription, RubricCriterionLevel: cross references and conditions',
  effective: '2026-01-01',
  check(document) {
    const errors: FieldError[] = [];
    const { subject, achievement } = parts(document);
    const descriptions = new Map<unknown, JsonObject>();
    for (const { value } of eachObject(achievement.resultDescription, ACHIEVEMENT)) descriptions.set(value.id, value);
    for (const { value: result, pointer } of eachObject(subject.result, `${SUBJECT}/result`)) {
      const description = descriptions.get(result.resultDescription);
      if (result.resultDescription !== undefined && !description) {
        errors.push(fault(`${pointer}/resultDescription`, 'is not a result description of this achievement'));
      }
      if (description?.resultType === 'Status' && result.status === undefined) {
        errors.push(fault(`${pointer}/status`, 'is required: the result description is of type Status'));
      }
      if (result.value !== undefined && typeof result.value !== 'string') {
        errors.push(fault(`${pointer}/value`, 'must be text'));
      }
      const values = description?.allowedValue;
      if (result.value !== undefined && Array.isArray(values) && !values.includes(result.value)) {
        errors.push(fault(`${pointer}/value`, 'is not an allowed value'));
      }
      if (result.achievedLevel === undefined) continue;
      const levels = eachObject(description?.rubricCriterionLevel, '');
      if (!levels.some(({ value }) => value.id === result.achievedLevel)) {
        errors.push(fault(`${pointer}/achievedLevel`, 'is not a level of the result description'));
      }
    }
    for (const { value, pointer } of eachObject(achievement.resultDescription, `${ACHIEVEMENT}/resultDescription`)) {
      const levels = eachObject(value.rubricCriterionLevel, '');
      if (value.requiredLevel !== undefined && !levels.some((level) => level.value.id === value.requiredLevel)) {
        errors.push(fault(`${pointer}/requiredLevel`, 'is not a level of this result description'));
      }
    }
    return errors;
  },
  examples: {
    pass: [
      (d) => {
        d.credentialSubject.achievement.resultDescription[0].resultType = 'Status';
        d.credentialSubject.result[0].status = 'Completed';
      },
    ],
    fail: [
      {
        change: (d) => {
          d.credentialSubject.result[0].resultDescription = 'urn:uuid:00000000-0000-4000-8000-000000000000';
        },
        pointer: '/credentialSubject/result/0/resultDescription',
      },
      {
        change: (d) => {
          d.credentialSubject.achievement.resultDescription[0].resultType = 'Status';
        },
        pointer: '/credentialSubject/result/0/status',
      },
      {
        change: (d) => {
          d.credentialSubject.result[0].value = 'Z';
        },
        pointer: '/credentialSubject/result/0/value',
      },
      {
        change: (d) => {
          d.credentialSubject.result[0].achievedLevel = 'urn:uuid:00000000-0000-4000-8000-000000000000';
        },
        pointer: '/credentialSubject/result/0/achievedLevel',
      },
      {
        change: (d) => {
          d.credentialSubject.achievement.resultDescription[0].requiredLevel = 'urn:x:y';
        },
        pointer: '/credentialSubject/achievement/resultDescription/0/requiredLevel',
      },
    ],
  },
};
