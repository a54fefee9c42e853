/**
 * `npm run demo`: the main job on real input. Starts the service, sets up a specimen world through the REST API, issues
 * a class list from a CSV, and lets a second instance, which knows one trust anchor, judge what was issued.
 * `--once` ends with 0, or with 1 and the first thing that went wrong; without it everything stays up to be looked at.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { stackAcrossSectors } from './across-sectors/award.ts';
import { issueAwards } from './awards.ts';
import { checkAsEmployer } from './employer-checks.ts';
import { choosePorts, type Instance, startEmployer, startService } from './instances.ts';
import { printResult, say } from './print.ts';
import { showWalletTo, takeByWallet } from './wallet.ts';
import { anchorDid, buildWorld } from './world.ts';

const DATA = join(import.meta.dirname, '..', '..', '..', 'demo-data');
const once = process.argv.includes('--once');
const running: Instance[] = [];

async function demo(): Promise<void> {
  const started = Date.now();
  // Always from nothing: the demonstration shows a first start.
  rmSync(DATA, { recursive: true, force: true });
  const ports = await choosePorts({ port: 8480, tlsPort: 8483 });
  const anchor = anchorDid(ports.tlsPort);

  say('Starting the service on an embedded database');
  const service = await startService(ports, join(DATA, 'service'), anchor);
  running.push(service);
  if (!service.operatorKey) throw new Error('the first start printed no operator key');

  say('Setting up specimen authorities, institutions, accreditations, definitions and pathways');
  const world = await buildWorld(service.url, service.operatorKey);

  say('Issuing a class list from a CSV, and the badges of two learners');
  const awards = await issueAwards(world);

  say('Sending a learner the claim links of three class lists by mail, and taking the badges with a wallet');
  const taken = await takeByWallet(world, join(DATA, 'service'));

  say('Stacking badges of three sectors and one from the job into an award, and revoking a part of it');
  const across = await stackAcrossSectors(world);

  say('Starting the employer: a second instance, an empty database, one trust anchor');
  // Chosen only now: half a minute ago is long enough for another process to take them.
  const employerPorts = await choosePorts({ port: 8490, tlsPort: 8493 });
  const employer = await startEmployer(employerPorts, join(DATA, 'employer'), anchor, service);
  running.push(employer);
  const result = await checkAsEmployer(employer.url, world, awards);
  await showWalletTo(employer.url, taken);
  printResult({
    service,
    employer,
    world,
    awards,
    across,
    taken,
    result,
    seconds: (Date.now() - started) / 1000,
    stays: !once,
  });
}

async function stopAll(): Promise<void> {
  await Promise.all(running.map((instance) => instance.stop()));
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => stopAll().then(() => process.exit(once ? 1 : 0)));
}
try {
  await demo();
  if (once) await stopAll();
  else console.log('\nEverything stays up. Stop with Ctrl+C.');
} catch (error) {
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
  console.error(`\nThe demonstration stopped: ${error instanceof Error ? error.message : String(error)}${cause}`);
  await stopAll();
  process.exit(1);
}
