import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Pulse, startPulse } from '#observability';

let now = 0;
let pulse: Pulse;
const beats: number[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  now = 0;
  beats.length = 0;
  pulse = startPulse(
    (lateMs) => beats.push(lateMs),
    () => now,
  );
});
afterEach(() => {
  pulse.stop();
  vi.useRealTimers();
});

/** The next beat comes so much later than it should. */
function beat(late: number): void {
  now += 100 + late;
  vi.advanceTimersByTime(100);
}

it('a thread is late when it is late twice, and not for one pause, however long', () => {
  expect(pulse.lateMs()).toBe(0);
  beat(0);
  beat(9_000);
  expect(pulse.lateMs()).toBe(0);
  beat(0);
  beat(300);
  expect(pulse.lateMs()).toBe(300);
  expect(beats).toEqual([0, 9_000, 0, 300]);
});

it('what is overdue at this moment counts as well', () => {
  beat(400);
  now += 100 + 350;
  expect(pulse.lateMs()).toBe(350);
  now += 250;
  expect(pulse.lateMs()).toBe(400);
});

it('what waits behind long turns that come again and again is late all the time, also after some that were short', () => {
  beat(5_000);
  for (let turn = 0; turn < 20; turn++) {
    for (const late of [0, 0, 1_000]) {
      beat(late);
      if (turn > 0) expect(pulse.lateMs()).toBeGreaterThanOrEqual(1_000);
    }
  }
});

it('is on time again when the last three beats were, and one pause a second later is one again', () => {
  beat(500);
  beat(600);
  expect(pulse.lateMs()).toBe(500);
  beat(0);
  beat(0);
  expect(pulse.lateMs()).toBe(500);
  beat(0);
  expect(pulse.lateMs()).toBe(0);
  for (let count = 0; count < 7; count++) beat(0);
  beat(700);
  expect(pulse.lateMs()).toBe(0);
});

it('was late as long ago as a second', () => {
  beat(500);
  for (let count = 0; count < 8; count++) beat(0);
  beat(700);
  expect(pulse.lateMs()).toBe(500);
});
