import type { LintRule } from './rule.ts';
import { faults, parts, SUBJECT } from './walk.ts';

const fault = faults('subject-identified');

export const subjectIdentified: LintRule = {
  id: 'subject-identified',
  source: 'Open Badges 3.0 class AchievementSubject: id or at least one identifier; the schema does not enforce it',
  effective: '2026-01-01',
  check(document) {
    const { id, identifier } = parts(document).subject;
    if (typeof id === 'string' || (Array.isArray(identifier) && identifier.length > 0)) return [];
    return [fault(SUBJECT, 'must have an id or an identifier')];
  },
  examples: {
    pass: [
      (d) => {
        delete d.credentialSubject.id;
      },
    ],
    fail: [
      {
        change: (d) => {
          delete d.credentialSubject.id;
          delete d.credentialSubject.identifier;
        },
        pointer: '/credentialSubject',
      },
    ],
  },
};
