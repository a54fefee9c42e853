import { everyNode } from './every-node.ts';
import type { LintRule } from './rule.ts';
import { faults } from './walk.ts';

const fault = faults('proto-value');

/** As value of an id this text is written to the prototype of all objects by one JSON-LD library, before it refuses. */
export const protoValue: LintRule = {
  id: 'proto-value',
  source: 'digitalbazaar/jsonld.js issue 584 (prototype pollution in node map generation)',
  effective: '2026-01-01',
  check: everyNode(({ pointer, key, value }) =>
    value === '__proto__' || key === '__proto__' ? fault(pointer, '__proto__ is not allowed') : undefined,
  ),
  examples: {
    pass: [
      (d) => {
        d.name = 'about __proto__ in prose';
      },
    ],
    fail: [
      {
        change: (d) => {
          d.credentialSubject.achievement.tag = ['__proto__'];
        },
        pointer: '/credentialSubject/achievement/tag/0',
      },
    ],
  },
};
