import { timingOf } from '../attack/support/timing.ts';

const SAMPLES = 20_000;
const LIMIT = 4.5;
const t = timingOf(SAMPLES);
// A comparison that stops at the first difference, to see that the measurement would notice one.
const leaky = timingOf(SAMPLES, (guess, _, secret) => {
  for (let at = 0; at < secret.length; at++) if (guess.charCodeAt(at) !== secret.charCodeAt(at)) return false;
  return true;
});
console.log(
  `KP-13: t ${t.toFixed(2)} over ${SAMPLES} samples of each kind (limit ${LIMIT}); a leaking one gives ${leaky.toFixed(1)}`,
);
process.exitCode = Math.abs(t) < LIMIT ? 0 : 1;
