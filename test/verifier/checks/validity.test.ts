import { describe, expect, it } from 'vitest';
import { LIMITS } from '#kernel';
import { checkValidity } from '../../../src/verifier/checks/validity.ts';

const NOW = new Date('2026-06-01T08:00:00.999Z');
const inSeconds = (seconds: number) =>
  new Date(NOW.getTime() - 999 + seconds * 1_000).toISOString().replace('.000', '');
const SKEW = LIMITS.clockSkew / 1_000;

describe('the period of a document', () => {
  it.each<[string, { validFrom?: string; validUntil?: string }, boolean, string]>([
    ['begun, without an end', { validFrom: '2026-01-01T00:00:00Z' }, false, 'pass in_period'],
    ['begun, not over', { validFrom: '2026-01-01T00:00:00Z', validUntil: inSeconds(60) }, false, 'pass in_period'],
    ['its last second', { validFrom: '2026-01-01T00:00:00Z', validUntil: inSeconds(0) }, false, 'pass in_period'],
    ['a second after', { validFrom: '2026-01-01T00:00:00Z', validUntil: inSeconds(-1) }, false, 'fail expired'],
    ['begins as far ahead as clocks may be', { validFrom: inSeconds(SKEW) }, false, 'pass in_period'],
    ['begins later than that', { validFrom: inSeconds(SKEW + 1) }, false, 'fail not_yet_valid'],
    ['a badge without a beginning', {}, false, 'fail unreadable_dates'],
    ['another credential without one', {}, true, 'pass in_period'],
    ['that ends', { validUntil: inSeconds(-1) }, true, 'fail expired'],
    ['a beginning that is no instant', { validFrom: '2026-01-01' }, true, 'fail unreadable_dates'],
    ['an end that is none', { validFrom: '2026-01-01T00:00:00Z', validUntil: 'never' }, false, 'fail unreadable_dates'],
    ['an end that is none, no beginning', { validUntil: 'never' }, true, 'fail unreadable_dates'],
  ])('%s', (_, period, unbounded, expected) => {
    const { check, result, code, evidence } = checkValidity(period, NOW, unbounded);
    expect(`${result} ${code}`).toBe(expected);
    expect(check).toBe('validity');
    expect(evidence).toEqual({ validFrom: undefined, validUntil: undefined, ...period, now: '2026-06-01T08:00:00Z' });
  });

  it('without an end says so in its words', () => {
    const says = (validUntil?: string) =>
      checkValidity({ validFrom: '2026-01-01T00:00:00Z', ...(validUntil ? { validUntil } : {}) }, NOW).message.en;
    expect(says()).not.toBe(says(inSeconds(60)));
  });
});
