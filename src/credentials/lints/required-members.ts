import { type FieldError, isObject, type JsonObject } from '#kernel';
import type { LintRule } from './rule.ts';
import { ACHIEVEMENT, eachObject, faults, parts, SUBJECT } from './walk.ts';

const fault = faults('required-members');

export const requiredMembers: LintRule = {
  id: 'required-members',
  source: 'Open Badges 3.0 data model: members of multiplicity 1 of each class',
  effective: '2026-01-01',
  check(document) {
    const errors: FieldError[] = [];
    const need = (at: JsonObject, pointer: string, names: readonly string[]) => {
      for (const name of names) if (at[name] === undefined) errors.push(fault(`${pointer}/${name}`, 'is required'));
    };
    const { subject, achievement } = parts(document);
    need(document, '', ['@context', 'id', 'type', 'name', 'issuer', 'validFrom', 'awardedDate', 'credentialSubject']);
    if (isObject(document.issuer)) need(document.issuer, '/issuer', ['id', 'type', 'name']);
    else errors.push(fault('/issuer', 'must be a Profile object: a bare address fails the reference validator'));
    if (!isObject(document.credentialSubject)) errors.push(fault(SUBJECT, 'must be exactly one object'));
    need(subject, SUBJECT, ['type', 'achievement']);
    need(achievement, ACHIEVEMENT, ['id', 'type', 'name', 'description', 'criteria']);
    for (const { value, pointer } of eachObject(achievement.alignment, `${ACHIEVEMENT}/alignment`)) {
      need(value, pointer, ['targetName', 'targetUrl']);
    }
    for (const { value, pointer } of eachObject(achievement.related, `${ACHIEVEMENT}/related`)) {
      need(value, pointer, ['id']);
    }
    for (const { value, pointer } of eachObject(achievement.resultDescription, `${ACHIEVEMENT}/resultDescription`)) {
      need(value, pointer, ['id', 'name', 'resultType']);
      for (const level of eachObject(value.rubricCriterionLevel, `${pointer}/rubricCriterionLevel`)) {
        need(level.value, level.pointer, ['id', 'name']);
      }
    }
    for (const { value, pointer } of eachObject(subject.source, `${SUBJECT}/source`)) need(value, pointer, ['id']);
    for (const { value, pointer } of eachObject(subject.identifier, `${SUBJECT}/identifier`)) {
      need(value, pointer, ['type', 'hashed', 'identityHash', 'identityType']);
    }
    return errors;
  },
  examples: {
    pass: [
      (d) => {
        delete d.credentialSubject.identifier;
      },
    ],
    fail: [
      {
        change: (d) => {
          delete d.validFrom;
        },
        pointer: '/validFrom',
      },
      {
        change: (d) => {
          d.issuer = d.issuer.id;
        },
        pointer: '/issuer',
      },
      {
        change: (d) => {
          d.credentialSubject = [d.credentialSubject];
        },
        pointer: '/credentialSubject',
      },
      {
        change: (d) => {
          delete d.credentialSubject.achievement.description;
        },
        pointer: '/credentialSubject/achievement/description',
      },
      {
        change: (d) => {
          delete d.credentialSubject.achievement.alignment[0].targetUrl;
        },
        pointer: '/credentialSubject/achievement/alignment/0/targetUrl',
      },
    ],
  },
};
