import { expect, it } from 'vitest';
import { creditOf, resultOf } from '../../src/verifier/holding.ts';

it('credit in a system of any name is an amount', () => {
  const credit = ['toString', 'constructor', 'HE-UNIT-16', 'HE-UNIT-16'].map((system) => ({ system, value: '1.5' }));
  expect(creditOf({ credit, notionalHours: '40' })).toEqual(
    Object.fromEntries([
      ['toString', '1.5'],
      ['constructor', '1.5'],
      ['HE-UNIT-16', '3'],
      ['NOTIONAL-HOUR', '40'],
    ]),
  );
});

it('of several results it is the worst on the first scale, in whatever order they are written', () => {
  const scale = (id: string, direction: string) => ({
    id: `urn:r:${id}`,
    gradeScale: { id: `urn:scale:${id}`, direction },
  });
  const definition = { resultDescription: [scale('b', 'HigherBetter'), scale('a', 'LowerBetter')] };
  const results = [
    { resultDescription: 'urn:r:b', value: '90' },
    { resultDescription: 'urn:r:a', value: '1.25' },
    { resultDescription: 'urn:r:a', value: '2.75' },
    { resultDescription: 'urn:r:none', value: '1' },
  ];
  for (const order of [results, results.toReversed()]) {
    expect(resultOf(order, definition)).toEqual({ scale: 'urn:scale:a', direction: 'LowerBetter', value: '2.75' });
  }
  expect(resultOf([], definition)).toBeUndefined();
});
