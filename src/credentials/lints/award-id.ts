import type { LintRule } from './rule.ts';
import { faults } from './walk.ts';

const fault = faults('award-id');
const UUID = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** One award counts once in a stack, whatever its forms: the id is signed into each of them. */
export const awardId: LintRule = {
  id: 'award-id',
  source: 'ph context: awardId; RFC 9562 version 4',
  effective: '2026-01-01',
  check(document, context) {
    const { awardId: value } = document;
    if (!context.achievement.extension) {
      return value === undefined ? [] : [fault('/awardId', 'needs the extension of the achievement')];
    }
    if (typeof value === 'string' && UUID.test(value)) return [];
    return [fault('/awardId', 'must be urn:uuid: and a version 4 UUID')];
  },
  examples: {
    pass: [
      (d, c) => {
        c.achievement.extension = false;
        delete d.awardId;
      },
    ],
    fail: [
      {
        change: (d) => {
          delete d.awardId;
        },
        pointer: '/awardId',
      },
      {
        change: (_d, c) => {
          c.achievement.extension = false;
        },
        pointer: '/awardId',
      },
      {
        change: (d) => {
          d.awardId = 'urn:uuid:1';
        },
        pointer: '/awardId',
      },
    ],
  },
};
