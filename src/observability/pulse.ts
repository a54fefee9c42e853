/** How late this thread is with its work. */
export interface Pulse {
  /**
   * Milliseconds: the second worst of the last beats and what is overdue at this moment. Late once is a pause, such as for code
   * that is read for the first time; whoever has more to do than can be done is late again and again.
   */
  lateMs(): number;
  stop(): void;
}

/** Milliseconds between two beats. */
const BEAT = 100;
/** Beats that are remembered. */
const KEPT = 3;

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
    if (late.length > KEPT) late.shift();
    expected = now() + BEAT;
    onBeat(by);
  }, BEAT);
  timer.unref();
  return {
    lateMs: () => [0, 0, now() - expected, ...late].sort((a, b) => b - a)[1]!,
    stop: () => clearInterval(timer),
  };
}
