/** `npm run pictures`: runs the demonstration's world and photographs the pages that the documentation shows. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issueAwards } from '../../src/cli/demo/awards.ts';
import { choosePorts, startService } from '../../src/cli/demo/instances.ts';
import { anchorDid, buildWorld } from '../../src/cli/demo/world.ts';
import { launchBrowser } from '../support/browser.ts';
import { registerWorld } from '../support/register-world.ts';

const docs = join(import.meta.dirname, '..', '..', 'docs');
const all = process.argv.includes('--all');
const directory = mkdtempSync(join(tmpdir(), 'tatak-pictures-'));
const browser = await launchBrowser();
if (!browser) process.exit(1);
const page = await browser.newPage({ viewport: { width: 1000, height: 1120 }, colorScheme: 'light' });
mkdirSync(docs, { recursive: true });

async function shoot(name: string, address: string, base: string): Promise<void> {
  const response = await page.goto(new URL(address, base).href);
  if (response?.status() !== 200) throw new Error(`${address} answered ${response?.status()}`);
  const path = join(all ? directory : docs, `${name}.png`);
  await page.screenshot({ path });
  console.log(path);
}

// A register with a history of three years, which the demonstration's, set up in a minute, cannot have.
const history = await registerWorld();
await page.setViewportSize({ width: 1280, height: 1560 });
await shoot('register', '/institutions/specimen-coastal-college/accreditations', history.service.publicUrl);
await history.service.close();

const ports = await choosePorts({ port: 8480, tlsPort: 8483 });
const service = await startService(ports, directory, anchorDid(ports.tlsPort));
const world = await buildWorld(service.url, service.operatorKey!);
const awards = await issueAwards(world);

const verify = (url: string) => `/verify?url=${encodeURIComponent(url)}`;
const stack = (pathway: string, badges: readonly string[]) =>
  `${pathway}?${new URLSearchParams(badges.map((url): [string, string] => ['credential', url]))}`;
/** The whole drawing is taller than the other pages' first screen. */
const HEIGHTS: Readonly<Record<string, number>> = { pathway: 1735 };
const SHOTS: [string, string, boolean][] = [
  ['verify', verify(awards.cocs[0]!), true],
  ['credential', awards.cocs[0]!, all],
  ['verify-revoked', verify(awards.revoked), all],
  ['verify-lapsed', `${verify(awards.lapsed)}&lang=fil`, all],
  ['verify-form', '/verify', all],
  ['credential-revoked', awards.revoked, all],
  ['home', '/', all],
  ['registry', '/registry', all],
  ['authority-register', '/registry/specimen-higher-education-authority', all],
  ['institution-accreditations', '/institutions/specimen-open-university/accreditations', all],
  ['institution', '/institutions/specimen-open-university', all],
  ['pathway', stack(world.pathways.certificate, [...awards.courses.slice(0, 3), awards.courses[5]!]), true],
  ['pathway-empty', world.pathways.certificate, all],
  ['pathway-met', `${stack(world.pathways.nationalCertificate, awards.cocs)}&lang=fil`, all],
  ['framework', '/framework', all],
  ['crosswalk', '/framework/crosswalk', all],
  ['docs', '/docs', all],
];
for (const [name, address, wanted] of SHOTS) {
  if (!wanted) continue;
  await page.setViewportSize({ width: 1000, height: HEIGHTS[name] ?? 1120 });
  await shoot(name, address, service.url);
}

await browser.close();
await service.stop();
if (!all) rmSync(directory, { recursive: true, force: true });
