/**
 * `npm run long:soak [-- MINUTES RATE]`: issuing, verifying, revoking and reading lists at a steady rate against the service in
 * its own process (DS-6). Samples stand in `data/long/soak.jsonl` as they are taken, the verdict in `soak.json`: after a warm-up
 * of a third, the heap grows by less than 5 %, and descriptors stay.
 */
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { readScrape } from '../support/promql.ts';
import { issuingWorld, startProcess } from '../support/service-process.ts';
import { UNLIMITED_RATES } from '../support/unlimited-requests.ts';

const [minutes, rate] = [Number(process.argv[2] ?? 15), Number(process.argv[3] ?? 50)];
const directory = join(import.meta.dirname, '..', '..', 'data', 'long');
const samplesFile = join(directory, 'soak.jsonl');
/** Seconds between two samples. */
const EVERY = 10;
/** Of ten requests: what each is. */
const MIX = ['issue', 'verify', 'issue', 'list', 'issue', 'verify', 'revoke', 'list', 'issue', 'verify'] as const;

interface Sample {
  seconds: number;
  rss: number;
  heap: number;
  descriptors: number;
  answered: number;
  failed: number;
  late: number;
}

mkdirSync(directory, { recursive: true });
rmSync(samplesFile, { force: true });
const service = await startProcess({ TATAK_RATE_LIMITS: UNLIMITED_RATES });
const { key, achievementId } = await issuingWorld(service);
const agent = new Agent({ keepAlive: true, maxSockets: 32 });
const authorization = `Bearer ${key}`;
const issued: { id: string; credential: object; list: string }[] = [];
const done = { answered: 0, failed: 0, running: 0 };

async function post(path: string, body: object, secured: boolean): Promise<string> {
  const headers: Record<string, string> = secured ? { authorization } : {};
  const { status, text } = await service.ask(path, { method: 'POST', agent, headers, body: JSON.stringify(body) });
  if (status >= 300) throw new Error(`${path} answered ${status}`);
  return text;
}

const WORK: Record<(typeof MIX)[number], () => Promise<void>> = {
  async issue() {
    const text = await post('/v1/credentials', { achievementId, recipients: [{ name: 'SPECIMEN Learner' }] }, true);
    const [one] = (JSON.parse(text) as { credentials: { url: string; credential: { credentialStatus: unknown } }[] })
      .credentials;
    const [status] = [one!.credential.credentialStatus].flat() as { statusListCredential: string }[];
    const list = new URL(status!.statusListCredential).pathname;
    issued.push({ id: one!.url.split('/').at(-1)!, credential: one!.credential, list });
    // The load is steady, and so is what is remembered here.
    if (issued.length > 1_000) issued.shift();
  },
  async verify() {
    const one = issued.at(-1);
    if (one) await post('/v1/verifications', { credential: one.credential }, false);
  },
  async revoke() {
    const one = issued.shift();
    if (one) await post(`/v1/credentials/${one.id}/status`, { action: 'revoke', reason: 'Awarded in error' }, true);
  },
  async list() {
    const one = issued.at(-1);
    const { status } = one ? await service.ask(one.list, { agent }) : { status: 200 };
    if (status !== 200) throw new Error(`the list answered ${status}`);
  },
};

async function sample(seconds: number): Promise<Sample> {
  const { text } = await service.ask('/metrics', { headers: { authorization: `Bearer ${service.operatorKey}` } });
  const scrape = readScrape(text);
  const value = (name: string) => scrape.find((one) => one.name === name)?.value ?? Number.NaN;
  return {
    ...{ seconds, rss: value('process_resident_memory_bytes'), heap: value('nodejs_heap_size_used_bytes') },
    descriptors: value('process_open_fds'),
    ...{ answered: done.answered, failed: done.failed, late: done.running },
  };
}

const samples: Sample[] = [];
const started = performance.now();
const elapsed = () => (performance.now() - started) / 1_000;
let sent = 0;
while (elapsed() < minutes * 60) {
  while (sent < elapsed() * rate) {
    const what = MIX[sent++ % MIX.length]!;
    // Steady, but not without an end when the machine cannot.
    if (done.running > 10 * rate) continue;
    done.running++;
    WORK[what]()
      .then(() => done.answered++)
      .catch((error: unknown) => {
        done.failed++;
        if (done.failed <= 5) console.error(String(error));
      })
      .finally(() => done.running--);
  }
  if (elapsed() >= samples.length * EVERY) {
    const one = await sample(Math.round(elapsed()));
    samples.push(one);
    appendFileSync(samplesFile, `${JSON.stringify(one)}\n`);
  }
  await setTimeout(5);
}
const verdict = judge(samples);
writeFileSync(join(directory, 'soak.json'), JSON.stringify({ minutes, rate, ...verdict }));
console.log(JSON.stringify({ minutes, rate, ...verdict }));
agent.destroy();
await service.remove();
process.exit(verdict.holds ? 0 : 1);

/** The line through the heaps after the warm-up; of each minute the least, when its garbage was collected. */
function judge(all: readonly Sample[]) {
  const steady = all.filter(({ seconds }) => seconds >= (minutes * 60) / 3);
  const troughs = [...Map.groupBy(steady, ({ seconds }) => Math.floor(seconds / 60)).entries()].map(
    ([minute, of]) => [minute, Math.min(...of.map(({ heap }) => heap))] as const,
  );
  const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const [x, y] = [mean(troughs.map(([at]) => at)), mean(troughs.map(([, heap]) => heap))];
  const spread = troughs.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
  const slope = spread === 0 ? 0 : troughs.reduce((sum, [at, heap]) => sum + (at - x) * (heap - y), 0) / spread;
  const heapGrowth = (slope * ((troughs.at(-1)?.[0] ?? 0) - (troughs[0]?.[0] ?? 0))) / y;
  const half = (part: readonly Sample[]) => mean(part.map(({ descriptors }) => descriptors));
  const middle = Math.floor(steady.length / 2);
  const descriptorGrowth = half(steady.slice(middle)) - half(steady.slice(0, middle));
  const { answered = 0, failed = 0 } = all.at(-1) ?? {};
  return {
    // A line needs points: a short run shows that the script works, not that memory is flat.
    holds: troughs.length >= 5 && heapGrowth < 0.05 && Math.abs(descriptorGrowth) < 8 && failed === 0,
    ...{ heapGrowth, descriptorGrowth, answered, failed, minutesJudged: troughs.length },
    rssMiB: Math.round((all.at(-1)?.rss ?? 0) / 1_048_576),
  };
}
