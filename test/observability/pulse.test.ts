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
  beat(400);
  expect(pulse.lateMs()).toBe(0);
  beat(0);
  beat(300);
  expect(pulse.lateMs()).toBe(300);
  expect(beats).toEqual([400, 0, 300]);
});

it('what is overdue at this moment counts as well', () => {
  beat(400);
  now += 100 + 350;
  expect(pulse.lateMs()).toBe(350);
  now += 250;
  expect(pulse.lateMs()).toBe(400);
});

it('is on time again when three beats were', () => {
  beat(500);
  beat(600);
  expect(pulse.lateMs()).toBe(500);
  for (let count = 0; count < 3; count++) beat(0);
  expect(pulse.lateMs()).toBe(0);
});
