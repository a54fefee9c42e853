/**
 * `npm run long:flood [-- SECONDS]`: verifications at four times what the service can do (DS-2). First the peak, by clients that
 * wait for their answers; then four times that rate whatever is answered; then the peak again. Figures in
 * `data/long/flood.json`: goodput in the flood against the peak, how health answered meanwhile, and how long the way back took.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { issuingWorld, startProcess } from '../support/service-process.ts';
import { UNLIMITED_RATES } from '../support/unlimited-requests.ts';

const seconds = Number(process.argv[2] ?? 60);
const directory = join(import.meta.dirname, '..', '..', 'data', 'long');
const CLIENTS = 16;
/** More waiting than these are not sent: the generator is on the same machine. */
const OPEN = 2_000;
const service = await startProcess({ TATAK_RATE_LIMITS: UNLIMITED_RATES });
const { key, achievementId } = await issuingWorld(service);
const headers = { authorization: `Bearer ${key}` };
const issued = await service.ask('/v1/credentials', {
  ...{ method: 'POST', headers },
  body: JSON.stringify({ achievementId, recipients: [{ name: 'SPECIMEN Learner' }] }),
});
const [{ credential }] = (JSON.parse(issued.text) as { credentials: [{ credential: object }] }).credentials;
const verify = { method: 'POST', body: JSON.stringify({ credential }) };

interface Answers {
  good: number;
  refused: number;
  other: number;
}

async function ask(answers: Answers, agent: Agent): Promise<void> {
  const { status, headers: told } = await service.ask('/v1/verifications', { ...verify, agent });
  if (status === 200) answers.good++;
  else if ((status === 503 || status === 429) && told['retry-after'] !== undefined) answers.refused++;
  else answers.other++;
}

/** Good answers a second, from clients that each wait for the last answer. */
async function closed(forSeconds: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  const answers: Answers = { good: 0, refused: 0, other: 0 };
  const until = performance.now() + forSeconds * 1_000;
  const client = async () => {
    while (performance.now() < until) await ask(answers, agent);
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  agent.destroy();
  return answers.good / forSeconds;
}

await closed(10);
const peak = await closed(10);

const flood = { good: 0, refused: 0, other: 0, unsent: 0, broken: 0 };
const health: number[] = [];
const agent = new Agent({ keepAlive: true, maxSockets: OPEN });
const [from, until] = [performance.now(), performance.now() + seconds * 1_000];
let [sent, running] = [0, 0];
const looking = (async () => {
  while (performance.now() < until) {
    const asked = performance.now();
    await service.ask('/health/live');
    health.push(performance.now() - asked);
    await setTimeout(100);
  }
})();
while (performance.now() < until) {
  for (; sent < ((performance.now() - from) / 1_000) * 4 * peak; sent++) {
    if (running >= OPEN) {
      flood.unsent++;
      continue;
    }
    running++;
    ask(flood, agent)
      .catch(() => flood.broken++)
      .finally(() => running--);
  }
  await setTimeout(2);
}
await looking;
const goodput = flood.good / seconds;
agent.destroy();

let recoverySeconds = 0;
while (recoverySeconds < 30) {
  recoverySeconds++;
  if ((await closed(1)) >= 0.8 * peak) break;
}
health.sort((a, b) => a - b);
const figures = {
  ...{ peakPerSecond: Math.round(peak), goodputPerSecond: Math.round(goodput), share: goodput / peak, recoverySeconds },
  ...{ healthP99Ms: Math.round(health[Math.floor(health.length * 0.99)] ?? 0), seconds, sent, ...flood },
};
mkdirSync(directory, { recursive: true });
writeFileSync(join(directory, 'flood.json'), JSON.stringify(figures));
console.log(JSON.stringify(figures));
await service.remove();
process.exit(figures.share >= 0.8 && recoverySeconds <= 5 ? 0 : 1);
