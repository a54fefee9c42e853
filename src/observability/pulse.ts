/** How late this thread is with its work. */
export interface Pulse {
  /** Milliseconds: the worst of the last beats, or what is overdue at this moment when that is more. */
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
    lateMs: () => Math.max(0, now() - expected, ...late),
    stop: () => clearInterval(timer),
  };
}
