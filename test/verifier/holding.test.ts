import { expect, it } from 'vitest';
import { creditOf } from '../../src/verifier/holding.ts';

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
