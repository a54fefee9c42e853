import { isObject, isSameJson, type JsonObject } from '#kernel';
import type { LintRule } from './rule.ts';
import { ACHIEVEMENT, eachObject, faults, hasType, parts, SUBJECT } from './walk.ts';

const fault = faults('types');

/** A node without its type loses the terms that are defined for that type. */
export const types: LintRule = {
  id: 'types',
  source: 'Open Badges 3.0 data model: required type of each object; types are arrays, in this order',
  effective: '2026-01-01',
  check(document, context) {
    const { subject, achievement } = parts(document);
    const wanted = ['VerifiableCredential', 'OpenBadgeCredential'];
    if (context.achievement.extension) wanted.push('PhCredential');
    const errors = isSameJson(document.type, wanted)
      ? []
      : [fault('/type', `must be exactly ${JSON.stringify(wanted)}`)];
    const need = (at: { value: JsonObject; pointer: string }, name: string) => {
      if (!Array.isArray(at.value.type) || !hasType(at.value.type, name)) {
        errors.push(fault(`${at.pointer}/type`, `must be an array that holds ${name}`));
      }
    };
    if (isObject(document.issuer)) need({ value: document.issuer, pointer: '/issuer' }, 'Profile');
    need({ value: subject, pointer: SUBJECT }, 'AchievementSubject');
    need({ value: achievement, pointer: ACHIEVEMENT }, 'Achievement');
    for (const one of eachObject(document.evidence, '/evidence')) need(one, 'Evidence');
    for (const one of eachObject(subject.result, `${SUBJECT}/result`)) need(one, 'Result');
    for (const one of eachObject(subject.source, `${SUBJECT}/source`)) need(one, 'Profile');
    for (const one of eachObject(achievement.alignment, `${ACHIEVEMENT}/alignment`)) need(one, 'Alignment');
    for (const one of eachObject(achievement.related, `${ACHIEVEMENT}/related`)) need(one, 'Related');
    for (const one of eachObject(achievement.resultDescription, `${ACHIEVEMENT}/resultDescription`)) {
      need(one, 'ResultDescription');
      for (const level of eachObject(one.value.rubricCriterionLevel, `${one.pointer}/rubricCriterionLevel`)) {
        need(level, 'RubricCriterionLevel');
      }
    }
    return errors;
  },
  examples: {
    pass: [(d) => d.credentialSubject.achievement.type.push('AchievementCredential')],
    fail: [
      { change: (d) => d.type.reverse(), pointer: '/type' },
      { change: (d) => d.type.push('Thing'), pointer: '/type' },
      {
        change: (d) => {
          d.issuer.type = 'Profile';
        },
        pointer: '/issuer/type',
      },
      { change: (d) => d.evidence[0].type.pop(), pointer: '/evidence/0/type' },
      {
        change: (d) => {
          delete d.credentialSubject.achievement.alignment[0].type;
        },
        pointer: '/credentialSubject/achievement/alignment/0/type',
      },
    ],
  },
};
