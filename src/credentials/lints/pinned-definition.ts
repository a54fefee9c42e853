import { isSameJson } from '#kernel';
import type { LintRule } from './rule.ts';
import { ACHIEVEMENT, faults, parts } from './walk.ts';

const fault = faults('pinned-definition');

/** What is signed is the version that was looked up once, whatever has been edited since. */
export const pinnedDefinition: LintRule = {
  id: 'pinned-definition',
  source: 'own rule: one immutable version of the achievement for one issuance',
  effective: '2026-01-01',
  check(document, context) {
    const { achievement } = parts(document);
    const pinned = context.achievement;
    const errors = [];
    if (!isSameJson(achievement, pinned.document)) {
      errors.push(fault(ACHIEVEMENT, 'is not the pinned version of the definition'));
    }
    if (achievement.id !== `${context.publicUrl}/achievements/${pinned.id}`) {
      errors.push(fault(`${ACHIEVEMENT}/id`, 'is not the address of the pinned definition'));
    }
    if (achievement.version !== String(pinned.version)) {
      errors.push(fault(`${ACHIEVEMENT}/version`, 'is not the pinned version'));
    }
    if (document.name !== achievement.name) errors.push(fault('/name', 'is not the name of the achievement'));
    return errors;
  },
  examples: {
    pass: [
      (d, c) => {
        d.credentialSubject.achievement.description = 'Other.';
        c.achievement.document.description = 'Other.';
      },
    ],
    fail: [
      {
        change: (d) => {
          d.credentialSubject.achievement.description = 'Other.';
        },
        pointer: '/credentialSubject/achievement',
      },
      {
        change: (_d, c) => {
          c.achievement.version = 2;
        },
        pointer: '/credentialSubject/achievement/version',
      },
      {
        change: (_d, c) => {
          c.achievement.id = '00000000000000000000000009';
        },
        pointer: '/credentialSubject/achievement/id',
      },
    ],
  },
};
