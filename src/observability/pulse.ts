/** Whether this thread is late with its work. */
export interface Pulse {
  /**
   * Milliseconds that the work waited lately, unless that was once: one pause, such as for code that is read for the first time, is
   * no sign of more work than can be done, and counts as little as what was second to it.
   */
  lateMs(): number;
  stop(): void;
}

/** Milliseconds between two beats. */
const BEAT = 100;
/** Beats that tell how late it is now, */
const NOW = 3;
/** and among which whoever is late has been late before. */
const LATELY = 10;

/**
 * A timer that notes how late it ran: what a request waits for before anything looks at it. It does not keep the process
 * alive, and costs ten wake-ups a second.
 * @param now milliseconds that never jump
 */
export function startPulse(onBeat: (lateMs: number) => void = () => {}, now = () => performance.now()): Pulse {
  const late: number[] = [];
  let expected = now() + BEAT;
  const timer = setInterval(() => {
    const by = Math.max(0, now() - expected);
    late.push(by);
    if (late.length > LATELY) late.shift();
    expected = now() + BEAT;
    onBeat(by);
  }, BEAT);
  timer.unref();
  return {
    lateMs() {
      const overdue = Math.max(0, now() - expected);
      const [, second = 0] = [overdue, ...late].sort((a, b) => b - a);
      return Math.min(second, Math.max(overdue, ...late.slice(-NOW)));
    },
    stop: () => clearInterval(timer),
  };
}
