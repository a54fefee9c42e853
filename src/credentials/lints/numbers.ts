import { isExactDouble } from '#kernel';
import { everyNode } from './every-node.ts';
import type { LintRule } from './rule.ts';
import { faults } from './walk.ts';

const fault = faults('numbers');

function numberFault(value: number): string | undefined {
  if (!Number.isFinite(value)) return 'is not a finite number';
  if (Object.is(value, -0)) return 'is negative zero';
  const text = String(value);
  if (/e/i.test(text)) return 'has an exponent in its decimal text';
  if (Number.isInteger(value)) return Number.isSafeInteger(value) ? undefined : 'is beyond 2^53 - 1';
  // The canonical form of an xsd:double in RDF conversion has 16 significant digits.
  return isExactDouble(value) ? undefined : 'has more digits than its canonical form keeps';
}

/** The canonical form of some numbers is that of another, or zero: two values would share one signature. */
export const numbers: LintRule = {
  id: 'numbers',
  source: 'JSON-LD 1.1 API section 8.6 (number to literal); XML Schema 1.1 canonical double',
  effective: '2026-01-01',
  check: everyNode(({ pointer, value }) => {
    const wrong = typeof value === 'number' ? numberFault(value) : undefined;
    return wrong ? fault(pointer, wrong) : undefined;
  }),
  examples: {
    pass: [3, 0.25, 9007199254740991].map((value) => (d) => {
      d.credentialSubject.creditsEarned = value;
    }),
    fail: [1e-7, 1e21, 9007199254740992, 0.30000000000000004, -0, Number.NaN, Number.POSITIVE_INFINITY].map(
      (value) => ({
        change: (d) => {
          d.credentialSubject.creditsEarned = value;
        },
        pointer: '/credentialSubject/creditsEarned',
      }),
    ),
  },
};
