/**
 * `npm run bench`: start-up, idle memory, and how fast issuing and verifying are compared with the reference library in
 * the same run; accreditation and stacking. Ratios are reference time / our time for the whole job: issuing includes validation, lint, two durable
 * commits and the check of our own output; verifying is the whole report with status list and registers.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openService } from '../support/service.ts';
import { measureAccreditation } from './accreditation.ts';
import { measurePoison } from './poison.ts';
import { referenceIssue, referenceVerify } from './reference.ts';
import { measureStacking, type StackingFigures, type Undecided } from './stacking.ts';

const CACHE = join(import.meta.dirname, '../../node_modules/.cache/tatak');
/** Those of `npm start`, which also keeps compiled code in `CACHE` from one start to the next. */
const START_FLAGS = (
  JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as { scripts: { start: string } }
).scripts.start
  .split(' ')
  .filter((word) => word.startsWith('--'));
const json = process.argv.includes('--json');
const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

async function startOnce(directory: string, port: number): Promise<{ ms: number; rssMiB: number }> {
  const began = performance.now();
  const child = spawn(process.execPath, [...START_FLAGS, join(import.meta.dirname, '../../src/main.ts')], {
    env: {
      TATAK_DATA: directory,
      TATAK_PORT: String(port),
      TATAK_TLS_PORT: String(port + 1),
      TATAK_LOG_LEVEL: 'silent',
      NODE_COMPILE_CACHE: CACHE,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((done, reject) => {
    child.stdout.on('data', (chunk) => String(chunk).includes('Tatak is at') && done());
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
  });
  const health = await fetch(`http://localhost:${port}/health`);
  if (!health.ok) throw new Error(`health answered ${health.status}`);
  const ms = performance.now() - began;
  await new Promise((later) => setTimeout(later, 3_000));
  const rssMiB = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))![1]) / 1024;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await ended;
  return { ms, rssMiB };
}

async function measureStart() {
  const directory = mkdtempSync(join(tmpdir(), 'tatak-bench-'));
  // The first start of all compiles everything; it is shown beside the others, not hidden among them.
  rmSync(CACHE, { recursive: true, force: true });
  const first = await startOnce(directory, 21_478);
  const runs: { ms: number; rssMiB: number }[] = [];
  for (let run = 0; run < 3; run++) runs.push(await startOnce(directory, 21_480 + run * 2));
  rmSync(directory, { recursive: true, force: true });
  return { ms: median(runs.map((run) => run.ms)), rssMiB: median(runs.map((run) => run.rssMiB)), first };
}

async function time(count: number, work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  for (let i = 0; i < count; i++) await work();
  return (performance.now() - began) / count;
}

async function measureRatios() {
  const service = await openService();
  const { issuer } = await service.institution('specimen-bench');
  const achievement = {
    name: 'SPECIMEN Bench',
    description: 'A badge to measure with.',
    criteria: { narrative: 'Measured.' },
    achievementType: 'MicroCredential',
    awardType: 'HeiMicroCredential',
    regime: 'CHED',
    pqfLevel: 6,
    pqfLevelStatus: 'ProviderClaimed',
    credit: [{ system: 'HE-UNIT-18', value: '3', kind: 'lecture' }],
    assessmentType: ['Project'],
  };
  const defined = await service.call<{ achievementId: string }>('POST', '/v1/achievements', {
    key: issuer,
    body: { achievement },
  });
  if (defined.status !== 201) throw new Error(defined.text);
  const issue = async (count: number) => {
    const answer = await service.call<{ credentials: { url: string; credential: { id: string } }[] }>(
      'POST',
      '/v1/credentials',
      {
        key: issuer,
        body: { achievementId: defined.body.achievementId, recipients: Array.from({ length: count }, () => ({})) },
      },
    );
    if (answer.status !== 201) throw new Error(answer.text);
    return answer.body.credentials.map((row) => row.credential);
  };
  const [sample] = await issue(20);
  const context = readFileSync(join(import.meta.dirname, '../../contexts/ph-v1-draft.json'), 'utf8');
  const reference = { context: JSON.parse(context) as object, contextUrl: `${service.publicUrl}/contexts/ph/v1-draft` };
  const issueReference = await referenceIssue(sample as never, reference);
  const verifyReference = await referenceVerify(sample as never, reference, service);
  const verify = async () => {
    const answer = await service.call<{ verdict: string }>('POST', '/v1/verifications', {
      body: { credential: sample },
    });
    if (answer.body.verdict !== 'valid') throw new Error(answer.text);
  };
  for (const warm of [issueReference, verifyReference, verify]) await time(20, warm);
  // Turn about, so that a slow moment of the machine falls on both.
  const ratios = { issue: [] as number[], verify: [] as number[] };
  for (let round = 0; round < 5; round++) {
    const theirs = await time(40, issueReference);
    const ours = (await time(1, async () => void (await issue(100)))) / 100;
    ratios.issue.push(theirs / ours);
    ratios.verify.push((await time(40, verifyReference)) / (await time(40, verify)));
  }
  await service.close();
  return { issue: median(ratios.issue), verify: median(ratios.verify) };
}

const start = await measureStart();
// Before a service runs in this process: evaluation is pure, and asks for no store.
const stacking = measureStacking();
const poison = await measurePoison(3);
const ratios = await measureRatios();
const accreditation = await measureAccreditation();
const round = (value: number, digits = 2) => Number(value.toFixed(digits));
const figures = {
  'start.ms': round(start.ms, 0),
  'idle.rssMiB': round(start.rssMiB, 1),
  'issue.ratio': round(ratios.issue),
  'verify.ratio': round(ratios.verify),
  'accreditation.ms': round(accreditation.ms),
  'accreditation.gate.ms': round(accreditation.gateMs),
  'stack.ms': round(stacking.largest.ms, 1),
  'stack.p99.ms': round(stacking.largest.p99, 1),
  'poison.cpu.ms': round(poison.cpuMs, 0),
  'poison.others.p99.ms': round(poison.p99, 0),
};
const stack = ({ ms, p99, cold, told }: StackingFigures) =>
  `${round(ms, 1)} ms (p99 ${round(p99, 1)}, the first ${round(cold, 0)}; ${told})`;
const notDecided = ({ of, verdict, objective, tieBreak, slowest, open }: Undecided) =>
  `of ${of}: not decided ${verdict} times${open ? ` (then ${open.found} open in the best found, ${open.bound} at least)` : ''}, ` +
  `objective not proved ${objective} times, tie-break ${tieBreak}; the slowest ${round(slowest, 0)} ms`;
if (json) console.log(JSON.stringify(figures));
else
  console.log(`start-up        ${figures['start.ms']} ms (median of 3, to the first healthy answer; the first start of all ${round(start.first.ms, 0)} ms)
idle memory     ${figures['idle.rssMiB']} MiB resident (the first start of all ${round(start.first.rssMiB, 1)} MiB)
issue.ratio     ${figures['issue.ratio']} x the reference library's speed (whole request, lists of 100)
verify.ratio    ${figures['verify.ratio']} x the reference library's speed (whole report)
accreditation   ${figures['accreditation.ms']} ms for one question over 100,000 grants in SQLite (${figures['accreditation.gate.ms']} ms for an issuing gate once warm)
stack           ${stack(stacking.largest)} for 2,000 holdings and 500 nodes, explanations included
                ${stack(stacking.learner)} for 20 holdings and 200 pathways in all
                ${stack(stacking.loose)} for one loose credit component of 2,000 holdings
                ${stack(stacking.adversarial)} for 200 holdings in tight neighbouring credit demands
                24 holdings in 4 neighbouring credit demands, ${notDecided(stacking.small)}
                60 holdings in 10, ${notDecided(stacking.middle)}
                200 holdings in 30 at 95 % of what they bring, ${notDecided(stacking.tight)}
poison graphs   ${figures['poison.cpu.ms']} ms of CPU for the slowest of ${poison.documents} (${poison.slowest}); other requests meanwhile p99 ${figures['poison.others.p99.ms']} ms`);
process.exit(0);
