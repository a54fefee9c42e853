/**
 * `npm run long:guesses`: 10,000 guesses at one pre-authorized code that is in force, from one address under the limit that a
 * service has, and 10,000 from as many addresses as it takes to be let through. None may hit, the one address must be slowed
 * down, and afterwards the code is as good as before. Keeps the figures under `data/long`, and goes on where it was stopped.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { anOffer, openWorld, PRE_AUTHORIZED, redeem, SLUG } from '../oauth/support/world.ts';

const WANTED = 10_000;
const ROUND = 500;
/** Of one address in a minute, and one more that is found to be too many. */
const LIMIT = 61;
const directory = join(import.meta.dirname, '..', '..', 'data', 'long');
const file = join(directory, 'guesses.json');
mkdirSync(directory, { recursive: true });

interface Figures {
  /** By status. */
  one: Record<string, number>;
  many: Record<string, number>;
  minutes: number;
}
const figures: Figures = existsSync(file)
  ? (JSON.parse(readFileSync(file, 'utf8')) as Figures)
  : { one: {}, many: {}, minutes: 0 };
const count = (of: Record<string, number>) => Object.values(of).reduce((sum, one) => sum + one, 0);

const world = await openWorld();
const made = () => world.app.oauth.createPreAuthorizedCode({ tenant: SLUG, offerId: anOffer(), needsTxCode: false });
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Nearer than any stranger comes: all but the last three characters are right. */
function guess(code: string, n: number): string {
  const end = [n >> 12, n >> 6, n].map((one) => ALPHABET[one & 63]).join('');
  return code.endsWith(end) ? guess(code, n + 100_000) : code.slice(0, -3) + end;
}

async function tryOne(code: string, n: number, remoteAddress: string): Promise<number> {
  const form = { grant_type: PRE_AUTHORIZED, 'pre-authorized_code': guess(code, n) };
  const answer = await world.server.inject({
    ...{ method: 'POST', url: '/oauth/token', remoteAddress, payload: new URLSearchParams(form).toString() },
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  return answer.statusCode;
}

async function guessAll(of: Record<string, number>, addressOf: (n: number) => string): Promise<boolean> {
  let good = true;
  while (count(of) < WANTED) {
    const code = await made();
    const from = count(of);
    const started = Date.now();
    for (let n = from; n < Math.min(from + ROUND, WANTED); n += 1) {
      const status = await tryOne(code, n, addressOf(n));
      of[status] = (of[status] ?? 0) + 1;
    }
    good &&= (await redeem(world, code)).status === 200;
    figures.minutes += (Date.now() - started) / 60_000;
    writeFileSync(file, JSON.stringify(figures));
    console.log(`${count(of)} of ${WANTED}: ${JSON.stringify(of)}`);
  }
  return good;
}

// The counter of the minute is of this process, so the rounds of the one address are made without a pause.
const one = await guessAll(figures.one, () => '198.51.100.7');
const many = await guessAll(figures.many, (n) => `10.${n >> 13}.${(n >> 5) & 255}.1`);
await world.close();
rmSync(file);
const letThrough = figures.one['400'] ?? 0;
const most = LIMIT * (Math.ceil(figures.minutes) + 2);
console.log({ ...figures, 'let through from one address': letThrough, 'at most': most });
const hits = (figures.one['200'] ?? 0) + (figures.many['200'] ?? 0);
const allAsked = figures.many['400'] === WANTED;
process.exit(hits === 0 && letThrough <= most && allAsked && one && many ? 0 : 1);
