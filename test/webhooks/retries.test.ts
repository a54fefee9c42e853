import { describe, expect, it } from 'vitest';
import { PACE } from '#webhooks';
import { isGivenUp, nextAttempt, restAfter, secondsOf } from '../../src/webhooks/retries.ts';

const first = new Date('2026-03-14T08:00:00Z');
const plus = (seconds: number) => new Date(first.getTime() + seconds * 1_000);
const HOUR = 3_600;

describe('an event that was not taken', () => {
  it('is tried for three days, ever more seldom, and then given up', () => {
    const at: number[] = [0];
    for (let attempts = 1; ; attempts++) {
      const now = plus(at.at(-1)!);
      const next = nextAttempt({ attempts, first, now, spread: 0 }, PACE);
      if (!next) break;
      at.push((next.getTime() - first.getTime()) / 1_000);
    }
    const waits = at.slice(1).map((one, index) => one - at[index]!);
    expect(waits.slice(0, 4)).toEqual([5, 30, 120, 600]);
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(at.at(-1)).toBeGreaterThanOrEqual(72 * HOUR);
    expect(at.at(-2)).toBeLessThan(72 * HOUR);
    expect(at.length).toBeGreaterThan(12);
  });

  it('is not tried together with what failed together with it', () => {
    const waits = [0, 0.5, 0.99].map((spread) => nextAttempt({ attempts: 4, first, now: first, spread }, PACE));
    expect(waits.map((one) => Math.round((one!.getTime() - first.getTime()) / 1_000))).toEqual([600, 750, 897]);
  });

  it('waits as long as it was asked to, up to a day', () => {
    const wait = (asked: number) => nextAttempt({ attempts: 1, first, now: first, spread: 0, asked }, PACE);
    expect([wait(1), wait(60), wait(99 * HOUR)]).toEqual([plus(5), plus(60), plus(24 * HOUR)]);
  });
});

describe('an endpoint', () => {
  it('is trusted a little, and then rests longer and longer, an hour and a half at most', () => {
    const rest = (failures: number, spread = 0) => restAfter({ failures, now: first, spread }, PACE);
    expect([rest(0), rest(1), rest(2)]).toEqual([undefined, undefined, undefined]);
    expect([rest(3), rest(4), rest(99), rest(99, 1)]).toEqual([plus(120), plus(600), plus(HOUR), plus(1.5 * HOUR)]);
    expect(restAfter({ failures: 0, now: first, spread: 0, asked: 30 }, PACE)).toEqual(plus(30));
  });

  it('is given up after three days', () => {
    expect([isGivenUp(first, plus(72 * HOUR - 1), PACE), isGivenUp(first, plus(72 * HOUR), PACE)]).toEqual([
      false,
      true,
    ]);
  });
});

it.each([
  [undefined, 0],
  ['120', 120],
  ['Sat, 14 Mar 2026 08:01:00 GMT', 60],
  ['Sat, 14 Mar 2026 07:00:00 GMT', 0],
  ['-5', 0],
  ['soon', 0],
])('Retry-After %s is %i seconds', (text, seconds) => {
  expect(secondsOf(text, first)).toBe(seconds);
});
