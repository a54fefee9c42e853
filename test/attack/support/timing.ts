import { randomBytes } from 'node:crypto';
import { hashSecret, matchesHash } from '../../../src/auth/key-text.ts';

/**
 * Welch's t between the times of guesses that differ from the secret in the first and in the last character. Both kinds come
 * in a random order in one run, each time is the mean of a few comparisons, and the slowest twentieth, which the machine and
 * not the comparison made, is left out of both alike.
 * @param samples of each kind
 */
export function timingOf(samples: number, compare: Compare = matchesHash): number {
  const secret = randomBytes(32).toString('base64url');
  const sha256 = hashSecret(secret);
  const other = (character: string | undefined) => (character === 'A' ? 'B' : 'A');
  const guesses = [other(secret[0]) + secret.slice(1), secret.slice(0, -1) + other(secret.at(-1))];
  const times: [number[], number[]] = [[], []];
  for (let n = 0; n < 2_000; n++) compare(guesses[n % 2]!, sha256, secret);
  const order = randomBytes(samples * 2);
  for (let n = 0; n < samples * 2; n++) {
    const kind = (order[n]! & 1) as 0 | 1;
    const began = process.hrtime.bigint();
    for (let again = 0; again < 4; again++) compare(guesses[kind]!, sha256, secret);
    times[kind].push(Number(process.hrtime.bigint() - began));
  }
  const limit = [...times[0], ...times[1]].sort((a, b) => a - b)[Math.floor(samples * 2 * 0.95)]!;
  const [a, b] = times.map((all) => momentsOf(all.filter((time) => time <= limit))) as [Moments, Moments];
  return (a.mean - b.mean) / Math.sqrt(a.variance / a.count + b.variance / b.count);
}

type Compare = (guess: string, sha256: string, secret: string) => boolean;

interface Moments {
  count: number;
  mean: number;
  variance: number;
}

function momentsOf(values: readonly number[]): Moments {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { count: values.length, mean, variance };
}
