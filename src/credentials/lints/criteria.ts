import { isObject } from '#kernel';
import type { LintRule } from './rule.ts';
import { ACHIEVEMENT, faults, parts } from './walk.ts';

const fault = faults('criteria');

export const criteria: LintRule = {
  id: 'criteria',
  source: 'Open Badges 3.0 class Criteria; the reference validator wants id or narrative, the schema does not',
  effective: '2026-01-01',
  check(document) {
    const value = parts(document).achievement.criteria;
    if (isObject(value) && (typeof value.id === 'string' || typeof value.narrative === 'string')) return [];
    return [fault(`${ACHIEVEMENT}/criteria`, 'must hold an id or a narrative')];
  },
  examples: {
    pass: [
      (d) => {
        d.credentialSubject.achievement.criteria = { id: 'https://badges.example/criteria/1' };
      },
    ],
    fail: [
      {
        change: (d) => {
          d.credentialSubject.achievement.criteria = {};
        },
        pointer: '/credentialSubject/achievement/criteria',
      },
      {
        change: (d) => {
          d.credentialSubject.achievement.criteria = 'https://badges.example/criteria/1';
        },
        pointer: '/credentialSubject/achievement/criteria',
      },
    ],
  },
};
